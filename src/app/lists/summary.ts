import type { Analysis } from "../../core/decision/index.js";
import type { Viewer } from "../access/viewer.js";
import { latestAnalysis } from "../installation/latest-analysis.js";
import type { Installation } from "../installation/installation.js";
import { viewCounts } from "./find-cases.js";

type Told = Pick<Analysis, "unknowns" | "rejected">;

/** What stands over every list: the numbers that reconcile, how old the estate is, what is unknown and what was rejected. */
export interface Summary {
  readonly now: string;
  readonly analysed: boolean;
  readonly generatedAt?: string;
  readonly estate: {
    readonly observedAt?: string;
    readonly oldestAt?: string;
    readonly ageMinutes?: number;
    readonly documents: number;
    readonly accounts: number;
    readonly identities: number;
    readonly auditLogDays: number;
  };
  readonly findings: Omit<Analysis["stats"]["findings"], "failingAccess" | "failingConfiguration"> & {
    readonly access: number;
    readonly plain: number;
    readonly exposures: number;
    readonly cases: number;
  };
  readonly unknowns: Told["unknowns"][number][];
  readonly rejected: Told["rejected"][number][];
  readonly cases: {
    readonly open: number;
    readonly mine: number;
    readonly waiting: number;
    readonly nobody: number;
    readonly unknown: number;
    readonly incidents: number;
    readonly total: number;
  };
  readonly catalogueVersion: number;
}

export async function summaryFor(installation: Installation, viewer: Viewer): Promise<Summary> {
  const { store, now } = installation;
  const analysis = await latestAnalysis(installation);
  const { open, mine, waiting, nobody, unknown, incidents } = await viewCounts(installation, viewer);
  const at = now();
  return {
    now: at,
    analysed: analysis !== undefined,
    ...(analysis === undefined ? {} : { generatedAt: analysis.generatedAt }),
    estate: estateOf(analysis, at),
    findings: findingsOf(analysis),
    unknowns: [...(analysis?.unknowns ?? [])],
    rejected: [...(analysis?.rejected ?? [])],
    cases: {
      open,
      mine,
      waiting,
      nobody,
      unknown,
      incidents,
      total: await store.cases.count({ visible: viewer.visible }),
    },
    catalogueVersion: (await store.catalogues.current())?.version ?? 0,
  };
}

function estateOf(analysis: Analysis | undefined, now: string): Summary["estate"] {
  const inputs = analysis?.inputs.filter(({ role }) => role === "estate") ?? [];
  const times = inputs
    .flatMap(({ observedAt }) => observedAt ?? [])
    .sort((a, b) => Date.parse(a) - Date.parse(b));
  const [oldest, newest] = [times[0], times.at(-1)];
  return {
    ...(newest === undefined
      ? {}
      : {
          observedAt: newest,
          // A document of a clock that runs ahead is not younger than now.
          ageMinutes: Math.max(0, Math.floor((Date.parse(now) - Date.parse(newest)) / 60_000)),
        }),
    ...(oldest === undefined ? {} : { oldestAt: oldest }),
    documents: inputs.length,
    accounts: analysis?.stats.accounts ?? 0,
    identities: analysis?.stats.identities ?? 0,
    auditLogDays: analysis?.stats.auditLogDays ?? 0,
  };
}

function findingsOf(analysis: Analysis | undefined): Summary["findings"] {
  const { failingAccess, failingConfiguration, ...counts } = analysis?.stats.findings ?? nothing;
  return {
    ...counts,
    access: failingAccess,
    plain: failingConfiguration,
    exposures: analysis?.stats.exposures ?? 0,
    cases: analysis?.stats.cases ?? 0,
  };
}

const nothing: Analysis["stats"]["findings"] = {
  files: 0,
  rows: 0,
  passed: 0,
  muted: 0,
  manual: 0,
  stale: 0,
  notApplicable: 0,
  rejected: 0,
  failing: 0,
  failingAccess: 0,
  failingConfiguration: 0,
};

import type { FindingEvent } from "../../core/findings/index.js";
import type { FindingFilter, HeldFinding, PageRequest } from "../../store/index.js";
import { placesInSight, placesOfCase, type Looker } from "../access/sight.js";
import { splitTerms } from "../cases/case-listing.js";
import { findingsCountedOnce } from "../lists/counted-once.js";
import { latestAnalysis } from "../installation/latest-analysis.js";
import type { Installation } from "../installation/installation.js";

export interface FindingQuery {
  readonly q?: string;
  readonly tool?: string;
  readonly weakness?: string;
  readonly account?: string;
  readonly state?: HeldFinding["record"]["state"];
  readonly open?: boolean;
  readonly muted?: "true" | "unowned";
  readonly repeat?: boolean;
  /** Id of the case whose exposures they are about. */
  readonly case?: string;
}

/** A finding as lists show it. */
export interface FindingLine {
  readonly fingerprint: string;
  readonly tool: string;
  readonly check: string;
  readonly title: string;
  readonly weakness: string;
  readonly class: string;
  readonly resource: string;
  readonly resourceName: string;
  readonly resourceKind: string;
  readonly account?: string;
  readonly region?: string;
  readonly severity: string;
  readonly state: HeldFinding["record"]["state"];
  readonly open: boolean;
  readonly returned: number;
  readonly firstSeen?: string;
  readonly lastSeen: string;
  readonly passedAt?: string;
  readonly muted?: {
    readonly by?: string;
    readonly reason?: string;
    readonly until?: string;
    readonly owner: boolean;
  };
  readonly case?: string;
  readonly also: string[];
  readonly document: string;
  readonly digest: string;
  readonly pointer?: string;
  readonly line?: number;
}

export async function findFindings(
  installation: Installation,
  looker: Looker,
  { q, muted, repeat, case: of, ...same }: FindingQuery,
  page: PageRequest,
): Promise<{ items: FindingLine[]; next?: string; total: number }> {
  const { store } = installation;
  const places = await (of === undefined
    ? placesInSight(installation, looker)
    : placesOfCase(installation, looker, of));
  const terms = q === undefined ? [] : splitTerms(q).slice(0, 10);
  const filter: FindingFilter = {
    ...same,
    ...(places === undefined ? {} : { places }),
    ...(terms.length === 0 ? {} : { terms }),
    ...(muted === undefined ? {} : { state: "muted-external" }),
    ...(muted === "unowned" ? { unowned: true } : {}),
    ...(repeat === true ? { returned: true } : {}),
  };
  const found = await store.findings.list(filter, page);
  const cases = await casesOf(installation);
  const items = found.items.map((held) => lineOf(held, cases.get(placeOf(held.record))));
  const total = await findingsCountedOnce(store, "count", filter, () => store.findings.count(filter));
  return { items, total, ...(found.next === undefined ? {} : { next: found.next }) };
}

export interface FindingsSummary {
  readonly total: number;
  readonly open: number;
  readonly muted: number;
  readonly mutedUnowned: number;
  readonly repeated: number;
  readonly tools: { value: string; count: number }[];
  readonly states: { value: string; count: number }[];
  readonly weaknesses: { value: string; count: number }[];
}

export async function findingsSummary(installation: Installation, looker: Looker): Promise<FindingsSummary> {
  const { store } = installation;
  const places = await placesInSight(installation, looker);
  const seen = places === undefined ? {} : { places };
  return findingsCountedOnce(store, "summary", seen, () => summarise(store, seen));
}

async function summarise(
  { findings }: Installation["store"],
  seen: Pick<FindingFilter, "places">,
): Promise<FindingsSummary> {
  const mostValues = 200;
  const values = async (column: "tool" | "state" | "weakness") =>
    (await findings.values(column, seen)).slice(0, mostValues).map((item) => ({ ...item }));
  return {
    total: await findings.count(seen),
    open: await findings.count({ ...seen, open: true }),
    muted: await findings.count({ ...seen, state: "muted-external" }),
    mutedUnowned: await findings.count({ ...seen, state: "muted-external", unowned: true }),
    repeated: await findings.count({ ...seen, returned: true }),
    tools: await values("tool"),
    states: await values("state"),
    weaknesses: await values("weakness"),
  };
}

/** Undefined where there is no such finding in sight. */
export async function findingEvents(
  installation: Installation,
  looker: Looker,
  fingerprint: string,
): Promise<readonly FindingEvent[] | undefined> {
  const { store } = installation;
  const found = await store.findings.find(fingerprint);
  if (found === undefined) return undefined;
  const places = await placesInSight(installation, looker);
  if (places?.some((place) => placeOf(place) === placeOf(found.record)) === false) return undefined;
  return (await store.findings.events({ fingerprint }, { limit: 1000 })).items;
}

const placeOf = ({ resource, weakness }: { readonly resource: string; readonly weakness: string }): string =>
  `${resource} ${weakness}`;

interface Shown {
  readonly case: string;
  readonly tools: readonly string[];
}

/** The case of the last analysis that an exposure belongs to, and who reports it. */
async function casesOf(installation: Installation): Promise<ReadonlyMap<string, Shown>> {
  const analysis = await latestAnalysis(installation);
  return new Map(
    (analysis?.cases ?? []).flatMap(({ id, exposures }) =>
      exposures.map((exposure) => [
        placeOf(exposure),
        { case: id, tools: [...new Set(exposure.findings.map(({ tool }) => tool))].sort() },
      ]),
    ),
  );
}

function lineOf({ record, latest }: HeldFinding, shown: Shown | undefined): FindingLine {
  const { origin } = latest;
  const { muting } = latest;
  return {
    fingerprint: record.fingerprint,
    tool: record.tool,
    check: record.check,
    title: latest.title,
    weakness: record.weakness,
    class: record.class,
    resource: record.resource,
    resourceName: latest.resourceName,
    resourceKind: latest.resourceKind,
    ...(record.account === undefined ? {} : { account: record.account }),
    ...(record.region === undefined ? {} : { region: record.region }),
    severity: latest.severity,
    state: record.state,
    open: record.state !== "fixed" && record.state !== "gone",
    returned: record.recurrences,
    firstSeen: record.firstSeen,
    lastSeen: record.lastSeen,
    ...(record.state === "fixed" ? { passedAt: record.since } : {}),
    ...(muting === undefined
      ? {}
      : {
          muted: {
            ...(muting.by === undefined ? {} : { by: muting.by }),
            reason: muting.reason,
            owner: muting.by !== undefined,
          },
        }),
    ...(shown === undefined ? {} : { case: shown.case }),
    also: (shown?.tools ?? []).filter((tool) => tool !== record.tool),
    document: origin.source.path,
    digest: origin.source.digest,
    ...(origin.pointer === undefined ? {} : { pointer: origin.pointer }),
    ...(origin.line === undefined ? {} : { line: origin.line }),
  };
}

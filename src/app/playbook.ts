import { createOwnerFinder, type OwnershipScope, type Role } from "../core/accountability/index.js";
import {
  analyse,
  casePlaybook,
  drillOf,
  type Analysis,
  type Case,
  type Drill,
  type PlaybookDocument,
  type WorkloadPart,
} from "../core/decision/index.js";
import { emptyCounts } from "../core/findings/index.js";
import type { Estate, Workload } from "../core/estate/index.js";
import { analyzeLoaded, type AnalyzeOptions } from "./analyze-files.js";
import { loadInputs, type LoadedInputs } from "./load-inputs.js";
import { becomeOf } from "./questions.js";
import { reachFinder } from "./summed-reach.js";

/** The playbook of a case of an analysis. */
export function playbookOfCase(analysis: Analysis, item: Case): PlaybookDocument {
  return { ...made(analysis), ...casePlaybook(item, analysis.generatedAt) };
}

const made = ({ generatedAt, inputs, rejected, policyVersion }: Analysis) => ({
  schema: "remit.playbook/1" as const,
  generatedAt,
  inputs,
  rejected,
  policyVersion,
});

/** The playbook of a workload: decided as if it were in strange hands now, before it is (R39, R48). */
export async function playbookOfWorkload(name: string, options: AnalyzeOptions) {
  const loaded = await loadInputs(options);
  if (loaded.inputs.length === 0) return { kind: "nothing-readable", rejected: loaded.rejected } as const;
  return playbookIn(loaded, name, options.now, () => analyzeLoaded(loaded, options));
}

/** The same of an estate that was read once. `today`: its analysis as it is, asked for where there is such a workload. */
export async function playbookIn(
  loaded: LoadedInputs,
  name: string,
  now: string,
  today: () => Analysis | Promise<Analysis>,
) {
  const found = drillOf(loaded.estate, loaded.catalogue, name, now);
  if (found.kind === "unknown") return { kind: "unknown-workload", near: found.near } as const;
  const { drill } = found;
  const supposed = analyseDrill(drill, loaded, now);
  const item = supposed.cases.find((one) =>
    one.exposures.some(
      ({ resource, weakness }) => resource === drill.resource && weakness === drill.weakness,
    ),
  );
  // The supposed exposure is judged like any other: without a case there is nothing to follow.
  if (item === undefined) throw new Error(`no case for the supposed incident on \`${name}\``);
  return {
    kind: "answer",
    document: {
      ...made({ ...supposed, inputs: loaded.inputs }),
      ...casePlaybook(
        { ...item, id: `workload:${drill.workload.id}`, title: `${drill.workload.name} is in strange hands` },
        now,
        "workload",
      ),
      workload: workloadPart(drill, loaded, await today(), now),
    } satisfies PlaybookDocument,
  } as const;
}

/** Lower case, with what there is instead. */
export const unknownWorkload = (name: string, near: readonly string[]): string =>
  `there is no workload \`${name}\`${near.length === 0 ? "; name it in the catalogue, or state it in the estate" : `: there are ${near.map((one) => `\`${one}\``).join(", ")}`}`;

function analyseDrill({ estate, workload }: Drill, loaded: LoadedInputs, now: string): Analysis {
  const { catalogue, reference } = loaded;
  // Only the supposed exposure is asked about; what is stated of others would cost and say nothing here.
  const own = estate.exposures.filter(({ resource }) => resource === `workload:${workload.id}`);
  const asked: Estate = { ...estate, exposures: own };
  return analyse({
    estate: asked,
    exposures: [],
    counts: emptyCounts,
    findingFiles: 0,
    catalogue,
    engine: { actions: reference.actions, managedPolicies: reference.managedPolicies },
    checks: reference.checks,
    owners: (become) => createOwnerFinder({ estate: asked, catalogue, engine: become.engine, now }),
    now,
    inputs: loaded.inputs,
    rejected: loaded.rejected,
    includeConfiguration: false,
  });
}

const planes: readonly (readonly [string, Role])[] = [
  ["build", "BUILD_OWNER"],
  ["runtime", "RUNTIME_OWNER"],
  ["incident", "INCIDENT_OWNER"],
];

function workloadPart(
  { estate, workload }: Drill,
  loaded: LoadedInputs,
  today: Analysis,
  now: string,
): WorkloadPart {
  const { catalogue, reference } = loaded;
  const engine = { actions: reference.actions, managedPolicies: reference.managedPolicies };
  const become = becomeOf(estate, { engine, catalogue, now });
  const owners = createOwnerFinder({ estate, catalogue, engine: become.engine, now });
  const scope = scopeOf(workload, estate);
  const about = new Set<string>([`workload:${workload.id}`, ...workload.resources]);
  return {
    workload: workload.id,
    name: workload.name,
    ...(workload.account === undefined ? {} : { account: workload.account }),
    planes: planes.map(([plane, role]) => {
      const answer = owners.owners(role, scope);
      const [first] = answer.answerables;
      const who = first?.person ?? first?.team;
      return who === undefined
        ? { plane, role, who: "(nobody found)", via: answer.gap ?? "nobody is named" }
        : { plane, role, who: `${first?.inferred === true ? "~" : ""}${who}`, via: first?.via ?? "" };
    }),
    identities: workload.runsAs,
    reach: reachFinder(estate, become)(workload.runsAs, workload.resources),
    credentials: estate.credentials
      .filter(
        (item) =>
          workload.runsAs.includes(item.holder) ||
          item.consumers.some((one) => one === workload.id || one === `workload:${workload.id}`) ||
          item.copies.some(({ place }) => place === `workload:${workload.id}`),
      )
      .map((item) => ({
        id: item.id,
        kind: item.kind,
        holder: item.holder,
        status: item.status,
        ...(item.lastUsedAt === undefined ? {} : { lastUsedAt: item.lastUsedAt }),
        consumers: item.consumers,
        copies: [...new Set(item.copies.map(({ place }) => place))],
      })),
    cases: today.cases
      .filter((item) => item.exposures.some(({ resource }) => about.has(resource)))
      .map(({ id, title, recreation }) => ({ id, title, words: recreation.words })),
  };
}

/** The workload as a question of ownership. */
export function scopeOf(workload: Workload, estate: Estate): OwnershipScope {
  const accounts = [
    ...(workload.account === undefined ? [] : [workload.account]),
    ...workload.runsAs.flatMap((id) => estate.principal(id)?.account ?? []),
  ];
  return {
    accounts: [...new Set(accounts)],
    resources: [`workload:${workload.id}`, ...workload.resources],
    principals: workload.runsAs,
    workloads: [workload.id],
    files: [],
    credentials: workload.runsAs.flatMap((id) => estate.credentialsOf(id).map((item) => item.id)),
  };
}

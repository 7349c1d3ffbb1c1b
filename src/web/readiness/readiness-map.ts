import type { ReadinessDocument } from "../../contract/index.js";
import type { ReadinessSearch } from "./readiness-search.js";

export type WorkloadRow = ReadinessDocument["workloads"][number];
export type Cell = WorkloadRow["cells"][number];
export type Gap = ReadinessDocument["gaps"][number];
export type DutyId = Cell["duty"];

/** What a cell says, in the order of the legend: what is well first, what was not asked for last. */
export const cellKinds = ["proven", "inferred", "nobody", "cannot act", "unknown", "not asked"] as const;
export type CellKind = (typeof cellKinds)[number];

export const glyphs: Readonly<Record<CellKind, string>> = {
  proven: "●",
  inferred: "~",
  nobody: "!",
  "cannot act": "×",
  unknown: "?",
  "not asked": "–",
};

/** Named and able, or named where no call is needed, counts as proven; a name without a proof does not. */
export function kindOf({ state, who, authority }: Cell): CellKind {
  if (state === "-") return "not asked";
  if (authority?.verdict === "cannot" && who !== undefined) return "cannot act";
  if (state === "gap") return "nobody";
  if (state === "open") return who === undefined ? "nobody" : "inferred";
  if (authority?.verdict === "unknown") return "unknown";
  return "proven";
}

/** Columns in the groups that they are unfolded by. */
export const layers: readonly { readonly name: string; readonly duties: readonly DutyId[] }[] = [
  { name: "Planes", duties: ["patch", "run", "respond"] },
  { name: "Access", duties: ["identity", "runtime-authority", "access-decisions", "privilege-change"] },
  { name: "Cut off", duties: ["revoke", "emergency", "command"] },
  { name: "Sign", duties: ["compensating-control", "residual-risk"] },
];

export const dutyNames: Readonly<Record<DutyId, string>> = {
  patch: "patch",
  run: "run",
  respond: "respond",
  identity: "identity",
  "runtime-authority": "runtime",
  "access-decisions": "access",
  "privilege-change": "privilege",
  revoke: "revoke",
  emergency: "emergency",
  command: "command",
  "compensating-control": "control",
  "residual-risk": "risk",
};

/** What could not be done today where nobody able is named. */
const holes: Readonly<Record<DutyId, string>> = {
  patch: "could not be patched today: nobody named answers for what is built",
  run: "have nobody who answers for what runs",
  respond: "have nobody who answers when something happens",
  identity: "have nobody who answers for their identity",
  "runtime-authority": "have nobody who decides over their account",
  "access-decisions": "have nobody who decides over access",
  "privilege-change": "have nobody who may agree to a change of privileges",
  revoke: "could not be contained today: nobody named can revoke",
  emergency: "have nobody who may agree to an emergency cut-off",
  command: "have nobody to command an incident",
  "compensating-control": "have nobody who may agree to a compensating control",
  "residual-risk": "have nobody who may sign what risk remains",
};

export const isHole = (kind: CellKind): boolean => kind === "nobody" || kind === "cannot act";

/** The one sentence: the duty that most workloads lack, of several the first in the order of the columns. */
export function biggestHole(workloads: readonly WorkloadRow[]) {
  const counts = layers
    .flatMap(({ duties }) => duties)
    .map((duty) => ({
      duty,
      count: workloads.filter(({ cells }) => cells.some((cell) => cell.duty === duty && isHole(kindOf(cell))))
        .length,
    }));
  const [worst] = counts.toSorted((a, b) => b.count - a.count);
  return worst === undefined || worst.count === 0
    ? undefined
    : {
        duty: worst.duty,
        text: `${String(worst.count)} of ${String(workloads.length)} workloads ${holes[worst.duty]}`,
      };
}

/** How many cells say what; the sum is workloads × duties. */
export function tally(workloads: readonly WorkloadRow[]): Readonly<Record<CellKind, number>> {
  const counts: Record<CellKind, number> = {
    proven: 0,
    inferred: 0,
    nobody: 0,
    "cannot act": 0,
    unknown: 0,
    "not asked": 0,
  };
  for (const { cells } of workloads) for (const cell of cells) counts[kindOf(cell)] += 1;
  return counts;
}

/** Worst first: holes, then tier, then name. */
export function shownWorkloads(
  workloads: readonly WorkloadRow[],
  { tier, account, duty, workload }: ReadinessSearch,
): readonly WorkloadRow[] {
  return workloads
    .filter((row) => tier === undefined || String(row.tier) === tier)
    .filter((row) => account === undefined || row.account === account)
    .filter((row) => workload === undefined || row.workload === workload)
    .filter(
      (row) => duty === undefined || row.cells.some((cell) => cell.duty === duty && isHole(kindOf(cell))),
    )
    .map((row) => ({ row, holes: row.cells.filter((cell) => isHole(kindOf(cell))).length }))
    .sort(
      (a, b) =>
        b.holes - a.holes ||
        b.row.tier - a.row.tier ||
        (a.row.name < b.row.name ? -1 : a.row.name > b.row.name ? 1 : 0),
    )
    .map(({ row }) => row);
}

export const dutiesShown = (
  duty: string | undefined,
): readonly { readonly name: string; readonly duties: readonly DutyId[] }[] =>
  duty === undefined
    ? layers
    : layers
        .map(({ name, duties }) => ({ name, duties: duties.filter((id) => id === duty) }))
        .filter(({ duties }) => duties.length > 0);

/** Gaps of a cell: those that name the workload and the duty. */
export const gapsOf = (gaps: readonly Gap[], workload: string, duty: string): readonly Gap[] =>
  gaps.filter((gap) => gap.duty === duty && (gap.scope === workload || gap.scope === `workload:${workload}`));

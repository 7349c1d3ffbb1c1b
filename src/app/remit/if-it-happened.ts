import type { Readiness, ReadinessCell } from "../../core/decision/index.js";
import type { Installation } from "../installation/installation.js";
import { readyAnswer } from "./ready-answer.js";

type DutyState = "carried" | "cannot" | "unknown" | "lapsed";

/** What somebody would answer for if something happened today (R48). duties = carried + cannot + unknown + lapsed. */
export interface IfItHappened {
  readonly at: string;
  readonly workloads: number;
  readonly duties: number;
  readonly carried: number;
  readonly cannot: number;
  readonly unknown: number;
  readonly lapsed: number;
  readonly withoutDeputy: string[];
  readonly rows: {
    readonly workload: string;
    readonly name: string;
    readonly tier: number;
    readonly duty: string;
    readonly state: DutyState;
    readonly deputy?: string;
    readonly proof: string[];
  }[];
}

const mostRows = 500;

/** Undefined until the estate is read. */
export async function whatIfItHappened(
  installation: Installation,
  whose: { readonly kind: "me" | "team"; readonly id: string; readonly teams: readonly string[] },
): Promise<IfItHappened | undefined> {
  const readiness = await readyAnswer<Readiness & { readonly generatedAt: string }>(installation, {
    kind: "readiness",
  });
  if (readiness === undefined) return undefined;
  const names = new Set([whose.id, ...whose.teams]);
  const rows = readiness.workloads.flatMap(({ workload, name, tier, cells }) =>
    cells
      .filter(({ who }) => who !== undefined && names.has(who))
      .map((cell) => ({
        workload,
        name,
        tier,
        duty: cell.duty,
        state: stateOf(cell),
        ...(cell.deputy === undefined ? {} : { deputy: cell.deputy }),
        proof: [...(cell.authority?.proof ?? [])],
      })),
  );
  const own = new Set(rows.map(({ workload, duty }) => `workload:${workload} ${duty}`));
  const workloads = new Map(rows.map(({ workload, name }) => [`workload:${workload}`, name]));
  const alone = readiness.gaps.flatMap(({ kind, scope, duty }) =>
    kind === "no-deputy" && own.has(`${scope} ${duty ?? ""}`) ? (workloads.get(scope) ?? []) : [],
  );
  const count = (state: DutyState): number => rows.filter((row) => row.state === state).length;
  return {
    at: readiness.generatedAt,
    workloads: workloads.size,
    duties: rows.length,
    carried: count("carried"),
    cannot: count("cannot"),
    unknown: count("unknown"),
    lapsed: count("lapsed"),
    withoutDeputy: [...new Set(alone)].sort(),
    rows: rows.slice(0, mostRows),
  };
}

function stateOf({ state, authority }: ReadinessCell): DutyState {
  if (authority?.verdict === "cannot") return "cannot";
  if (state === "gap") return "lapsed";
  if (state === "can") return "carried";
  // Named, and no call is needed for it; where one is, its verdict is known or it is not.
  if (state === "named" && authority === undefined) return "carried";
  return "unknown";
}

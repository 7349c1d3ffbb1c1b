import type { Evidence } from "../estate/index.js";
import { isWideGrant, type Hop, type HopCause, type Path } from "../access/index.js";
import type { CaseView } from "./case-view.js";
import { isIdentityItself } from "./identity-exposure.js";

/** A row of decision-rules.md, table C. */
export type Row = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15;

const rowOfCause: Readonly<Record<HopCause, Row>> = {
  secret: 1,
  federation: 2,
  grant: 3,
  "account-trust": 4,
  flaw: 5,
  guardrail: 6,
  code: 7,
  human: 8,
  root: 9,
  ci: 10,
  setting: 11,
};

export const rowOf = (hop: Hop): Row => rowOfCause[hop.cause];

/** Rows that are hops of a path; 6 and 11 to 15 are not (decision-rules.md D). */
export const isHopRow = (row: Row): boolean => row <= 5 || (row >= 7 && row <= 10);

/** A cause that needs a durable fix: one hop, or one thing that stands beside the path. */
export interface Cause {
  readonly row: Row;
  /** Equal keys are the same thing to fix, on however many paths it lies. */
  readonly key: string;
  readonly hop: Hop;
  /** Where it lies: path index in the case and hop index; absent for the exposure's own path. */
  readonly at?: { readonly path: number; readonly hop: number };
  /** Paths (indices in the case) that run through it. */
  readonly paths: readonly number[];
}

/** What a hop is fixed by: the statement, key or file it rests on; hops with equal evidence are one cause. */
export function hopKey(hop: Hop): string {
  const [first] = hop.evidence;
  const where = first === undefined ? `${hop.from}|${hop.to}` : placeOf(first);
  return `${hop.cause}|${hop.cause === "secret" ? hop.from : where}`;
}

const placeOf = (evidence: Evidence): string =>
  `${evidence.digest}#${evidence.pointer ?? ""}#${evidence.inner ?? ""}#${String(evidence.line ?? "")}`;

/**
 * One cause per hop over the counted paths (R11), then what the use of the exposure rests on and no path covers, then
 * rights to manage permissions of the identities that it hands out (R8).
 */
export function causesOf(view: CaseView): readonly Cause[] {
  const found = new Map<string, Cause & { paths: number[] }>();
  view.input.paths.forEach((path, index) => {
    if (!view.counted.includes(path)) return;
    path.hops.forEach((hop, position) => {
      if (!needsFix(hop, path, view)) return;
      const key = hopKey(hop);
      const known = found.get(key);
      if (known === undefined) {
        found.set(key, { row: rowOf(hop), key, hop, at: { path: index, hop: position }, paths: [index] });
      } else if (!known.paths.includes(index)) known.paths.push(index);
    });
  });
  for (const hop of [...view.use, ...excessHops(view)]) {
    const key = hopKey(hop);
    if (!found.has(key)) found.set(key, { row: rowOf(hop), key, hop, paths: [] });
  }
  return [...found.values()];
}

/**
 * Compute that runs as its role, or a pipeline behind a gate, is how work is meant to start: what is wrong is the
 * grant behind it. A pipeline is a cause of its own where its workflow is at fault.
 */
function needsFix(hop: Hop, path: Path, view: CaseView): boolean {
  // Whatever merely applies the code is not what has to change.
  if (hop.cause === "code" && path.hops.findLast((other) => other.cause === "code") !== hop) return false;
  if (goesWithItsEntry(hop, path, view)) return false;
  if (hop !== path.hops[0] || path.hops.length < 2) return true;
  if (hop.cause === "grant") return path.kind !== "inherited-role";
  if (hop.cause !== "ci") return true;
  const pipeline = view.context.estate.pipelines.find((item) => item.id === hop.from);
  if (pipeline === undefined) return true;
  const { gate, uses, secrets } = pipeline;
  return (
    secrets.length > 0 ||
    uses.some((use) => use.pinned === false) ||
    gate.protectedRef === false ||
    gate.reviewRequired === false ||
    gate.adminBypass === true
  );
}

/**
 * What an application was let in for, on things that are named one by one, ends with the application (row 2); so does
 * what a login or key opens where that login or key is the exposure.
 */
function goesWithItsEntry(hop: Hop, path: Path, view: CaseView): boolean {
  const first = path.hops[0]?.cause;
  const itself = isIdentityItself(view.input.weakness) && (first === "human" || first === "secret");
  if (hop.cause !== "grant" || (first !== "federation" && !itself)) return false;
  const grants = view.context.estate.grants.filter(
    (grant) => grant.holder === hop.from && grant.effect === "Allow",
  );
  return grants.length > 0 && !grants.some(isWideGrant);
}

/** R8: excess rights combined with an exposure. One hop per statement that grants them. */
export function excessHops(view: CaseView): readonly Hop[] {
  if (view.exposedIdentities.length === 0) return [];
  const { become, estate } = view.context;
  const deploying = deployers(view);
  return view.exposedIdentities.flatMap((id) => {
    if (deploying.has(id)) return [];
    const byStatement = new Map<string, { actions: string[]; evidence: Evidence }>();
    for (const { action, evidence } of become.privileges(id)) {
      const known = byStatement.get(placeOf(evidence));
      if (known === undefined) byStatement.set(placeOf(evidence), { actions: [action], evidence });
      else known.actions.push(action);
    }
    return [...byStatement.values()].map(({ actions, evidence }): Hop => {
      const [action = "*", ...rest] = actions;
      const more = rest.length > 2 ? ` and ${String(rest.length - 2)} more` : "";
      return {
        from: id,
        to: estate.principal(id)?.account ?? id,
        via: `may ${[action, ...rest.slice(0, 2)].join(", ")}${more}`,
        action,
        evidence: [evidence],
        cause: "grant",
      };
    });
  });
}

/** A pipeline, or the supplier that runs it, deploys: that its identity manages permissions is row 10, not a grant too many. */
function deployers(view: CaseView): ReadonlySet<string | undefined> {
  const { estate } = view.context;
  const { resources } = view.scope;
  const secrets = new Set<string>([
    ...estate.pipelines.flatMap((item) => (resources.includes(item.id) ? item.secrets : [])),
    ...estate.links.flatMap((link) =>
      link.kind === "secret-copy" && resources.includes(link.from) && link.from.startsWith("vendor:")
        ? [link.to]
        : [],
    ),
  ]);
  if (secrets.size === 0) return new Set();
  return new Set(estate.credentials.flatMap((item) => (secrets.has(item.id) ? [item.holder] : [])));
}

/** The paths that decide the lead: worst band, certain before conditional (decision-rules.md D). */
export function decisivePaths(paths: readonly Path[]): readonly Path[] {
  const [worst] = [...paths].sort(
    (a, b) =>
      a.band - b.band || Number(a.certainty === "conditional") - Number(b.certainty === "conditional"),
  );
  return worst === undefined
    ? []
    : paths.filter((path) => path.band === worst.band && path.certainty === worst.certainty);
}

import type { MissingFact } from "../estate/index.js";
import type { Path, Recreation, RecreationQuestion, SharedCause } from "../access/index.js";

/** What a check that shares nothing with the engine says of one path. */
export interface Vouched {
  /** holds: worked out anew; not-followed: nothing speaks against it; fails: the documents say otherwise. */
  readonly outcome: "holds" | "not-followed" | "fails";
  readonly text: string;
}

export type Vouch = (question: RecreationQuestion, path: Path) => Vouched;

/**
 * An answer whose paths have passed an independent check. One that fails is a fault of ours: it is named as a fact that
 * is missing and is not shown as proven (issue 3: every path shown to a user has passed it).
 */
export function vouchedAnswer(answer: Recreation, question: RecreationQuestion, vouch: Vouch): Recreation {
  const faults: MissingFact[] = [];
  const paths = answer.paths.map((path) => vouchedPath(path, vouch(question, path), faults));
  if (faults.length === 0) return { ...answer, paths };
  const missing = [...answer.missing, ...faults];
  const wouldDecide = [
    ...answer.wouldDecide,
    ...faults.map((fact) => ({ fact, ifTrue: "the route counts", ifFalse: "the route is gone" })),
  ];
  const proven = paths.some((path) => isCounted(path) && path.verdict === true);
  return {
    ...answer,
    ...(answer.verdict === "possible" && !proven ? { verdict: "unknown" as const } : {}),
    paths,
    missing,
    wouldDecide,
  };
}

export function vouchedCause(cause: SharedCause, vouch: Vouch): SharedCause {
  if (cause.paths === undefined) return cause;
  const question = { resource: cause.account, weakness: "iam.standing-administrators", subLocator: "" };
  return {
    ...cause,
    paths: cause.paths.map((path) =>
      cause.kind === "administrators"
        ? vouchedPath(path, vouch(question as RecreationQuestion, path), [])
        : path,
    ),
  };
}

const isCounted = (path: Path): boolean => path.band <= 2 && path.colluding !== true && !path.governed;

function vouchedPath(path: Path, { outcome, text }: Vouched, faults: MissingFact[]): Path {
  if (outcome === "holds") return path;
  if (outcome === "not-followed") return { ...path, unchecked: text };
  const fault: MissingFact = {
    key: `proof|${path.route}`,
    fact: `whether the route ${path.because} holds: a second evaluation of the documents disagrees (${text})`,
    collect: "an internal fault: report it with the file of `remit explain CASE --proof FILE`",
  };
  faults.push(fault);
  return { ...path, verdict: "unknown", missing: [...path.missing, fault] };
}

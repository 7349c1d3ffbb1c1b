/**
 * yes: holds for every request; if: some request decides (`conditions` says which); unknown: a document would have to
 * say and does not; no: refused whatever is asked.
 */
export type Answer = "yes" | "if" | "unknown" | "no";

const rank: Readonly<Record<Answer, number>> = { no: 0, unknown: 1, if: 2, yes: 3 };

export const both = (left: Answer, right: Answer): Answer => (rank[left] <= rank[right] ? left : right);
export const either = (left: Answer, right: Answer): Answer => (rank[left] >= rank[right] ? left : right);
export const all = (answers: readonly Answer[]): Answer => answers.reduce(both, "yes");
export const any = (answers: readonly Answer[]): Answer => answers.reduce(either, "no");

/** What is left when something that matches so far forbids it. */
export const unless = (denied: Answer): Answer =>
  denied === "yes" ? "no" : denied === "no" ? "yes" : denied;

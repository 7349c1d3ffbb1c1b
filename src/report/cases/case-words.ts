import type { Approval, CaseEvent, CaseState, FollowUpName, Work } from "../../core/cases/index.js";
import { visible } from "../visible-text.js";

/** `S3` of a step, `F2` of an item: as moves name them. */
export const stepNumber = ({ plan }: CaseState, id: string): string =>
  `S${String(plan.steps.findIndex((step) => step.id === id) + 1)}`;
export const itemNumber = ({ plan }: CaseState, id: string): string =>
  `F${String(plan.fix.findIndex((item) => item.id === id) + 1)}`;

export const followUpWords: Readonly<Record<FollowUpName, string>> = {
  accessReview: "access-review",
  secretRotation: "secret-rotation",
  privilegeReduction: "privilege-reduction",
};

/** `contain`, `trace`, `fix F2`. */
export const placeWords = (state: CaseState, { track, item }: Pick<Work, "track" | "item">): string =>
  item === undefined ? track : `${track} ${itemNumber(state, item)}`;

export function askedWords(state: CaseState, { asked, of }: Pick<Approval, "asked" | "of">): string {
  if (asked.kind !== "step") return `${asked.kind.replace("-", " ")} by ${of}: ${visible(asked.text)}`;
  const step = state.plan.steps.find(({ id }) => id === asked.step);
  return `${of} for ${stepNumber(state, asked.step)}${step === undefined ? "" : ` ${visible(step.title)}`}`;
}

/** What happened, in a few words: the kind, what it is about, and what was said. */
export function eventWords(state: CaseState, { fact }: CaseEvent): string {
  const said = [
    "track" in fact ? placeWords(state, fact) : undefined,
    "step" in fact && typeof fact.step === "string" ? stepNumber(state, fact.step) : undefined,
    "approval" in fact ? fact.approval : undefined,
    "order" in fact ? fact.order : undefined,
    "dispute" in fact ? fact.dispute : undefined,
    "name" in fact ? fact.name : undefined,
    "person" in fact ? fact.person : undefined,
    "of" in fact ? `of ${fact.of}` : undefined,
    "causes" in fact ? fact.causes.map(({ what, id }) => `${what} ${id}`).join(", ") : undefined,
    "outcome" in fact
      ? (["contained", "revoked", "fixed", "durable"] as const)
          .map((name) => `${name} ${triWord(fact.outcome[name])}`)
          .join(", ")
      : undefined,
    "text" in fact ? quoted(fact.text) : undefined,
    "reason" in fact ? quoted(fact.reason) : undefined,
  ].filter((part) => part !== undefined);
  return visible([fact.kind.replaceAll("-", " "), ...said].join(" · "));
}

const quoted = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : `“${text}”`;

export const triWord = (value: boolean | "unknown"): string =>
  value === true ? "yes" : value === false ? "no" : "unknown";

export const byWords = ({ by }: Pick<CaseEvent, "by">): string =>
  by.kind === "system" ? by.job : `${visible(by.person)}${by.as === "MEMBER" ? "" : ` (${by.as})`}`;

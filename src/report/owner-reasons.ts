import type { OwnerExplanation } from "../core/accountability/index.js";
import type { Case } from "../core/decision/index.js";
import type { PageBlock, PageLine, PageOptions } from "./page-block.js";
import { padEnd, wrap } from "./text-width.js";
import { visible } from "./visible-text.js";

/** Why the owners of a case are its owners; empty where it was not asked. */
export type Reasons = (item: Case) => readonly OwnerExplanation[];

const mostBeside = 2;
const mostRejected = 2;

/** Why each owner is the owner, who else was weighed, and who was not taken (ownership.md 6b). */
export function ownerReasonLines(
  reasons: readonly OwnerExplanation[],
  width: number,
  verbose: boolean,
): readonly string[] {
  if (reasons.length === 0) return [];
  const room = Math.max(8, ...reasons.map(({ role }) => role.length)) + 2;
  return [
    "",
    "WHY THESE OWNERS",
    ...reasons.flatMap((reason) =>
      sentences(reason, verbose).flatMap((sentence, at) =>
        wrap(visible(sentence), width - room).map((line, index) =>
          at === 0 && index === 0 ? padEnd(reason.role, room) + line : " ".repeat(room) + line,
        ),
      ),
    ),
  ];
}

/** The same as a block of the page, for Markdown and HTML. */
export function ownersBlock({ owners = [], verbose }: PageOptions): readonly PageBlock[] {
  if (owners.length === 0) return [];
  const lines = owners.flatMap((reason) =>
    sentences(reason, verbose).map((text, at): PageLine => ({
      label: at === 0 ? reason.role : "",
      text: visible(text),
      sources: [],
    })),
  );
  return [{ name: "owners", title: "Why these owners", lines }];
}

function sentences(reason: OwnerExplanation, verbose: boolean): readonly string[] {
  const { candidates, named, rejected, raise, decidedBy } = reason;
  const [first, ...others] = candidates;
  const words = (candidate: OwnerExplanation["candidates"][number]): string => {
    const counted = candidate.evidence.filter(({ capped }) => capped === undefined);
    const why = counted.map(({ source, weight, ageDays }) => {
      const age = ageDays === undefined || ageDays === 0 ? "" : `, ${String(ageDays)} days old`;
      return `${source} ${weight.toFixed(2)}${age}`;
    });
    return `${candidate.candidate} ${candidate.score.toFixed(2)} (${why.join("; ")})`;
  };
  const beside = decidedBy === "evidence" ? others : candidates;
  const shown = verbose ? beside : beside.slice(0, mostBeside);
  const refused = verbose ? rejected : rejected.slice(0, mostRejected);
  const more = (all: readonly unknown[], some: readonly unknown[]): string =>
    all.length > some.length ? `; +${String(all.length - some.length)} (--verbose)` : "";
  return [
    decidedBy === "catalogue"
      ? `the catalogue: ${named.join("; ")}`
      : decidedBy === "evidence" && first !== undefined
        ? `likely, by evidence: ${words(first)}`
        : candidates.length + raise.length === 0
          ? "unowned: an appointment, for which nobody is guessed"
          : "unowned: no document names anybody well enough",
    ...(shown.length === 0 ? [] : [`considered: ${shown.map(words).join("; ")}${more(beside, shown)}`]),
    ...(refused.length === 0
      ? []
      : [
          `not taken: ${refused.map(({ candidate, reason: why }) => `${candidate}, ${why}`).join("; ")}${more(rejected, refused)}`,
        ]),
    ...(decidedBy === "catalogue" || raise.length === 0 ? [] : [`would raise it: ${raise.join(", ")}`]),
  ];
}

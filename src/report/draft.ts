import type { DraftCatalogue } from "../core/accountability/index.js";
import { wrap } from "./text-width.js";
import { visible } from "./visible-text.js";
import { count, counted } from "./wording.js";

const gapLimit = 12;

/** What was drafted, and what no document says: the people who know have to. */
export function renderDraftSummary(
  draft: DraftCatalogue,
  path: string,
  /** What checks or uses it. */
  next: string,
  width: number,
): string {
  const room = Math.max(60, Math.min(width, 160));
  const gaps = gapsOf(draft);
  const lines = [
    ...wrap(
      `drafted ${path}: ${[
        counted(draft.people.length, "person", "people"),
        counted(draft.teams.length, "team"),
        counted(draft.accounts.length, "account"),
        counted(draft.workloads.length, "workload"),
        counted(draft.workloadIdentities.length, "identity", "identities"),
        counted(draft.thirdParties.length, "outside account"),
      ].join(", ")}`,
      room,
    ),
    ...wrap(
      "Nothing in it is attested: as long as an entry says `source: remit-init`, whoever it names counts as likely, never as the owner.",
      room,
    ),
    ...(draft.cut.length === 0 ? [] : wrap(`Left out, too much: ${draft.cut.join("; ")}`, room)),
    "",
    `TODO     ${count(gaps.length)}`,
    ...gaps.slice(0, gapLimit).flatMap((gap) => {
      const [first = "", ...rest] = wrap(gap, room - 4);
      return [`  · ${first}`, ...rest.map((line) => `    ${line}`)];
    }),
    ...(gaps.length > gapLimit ? [`    +${count(gaps.length - gapLimit)} more, each in the file`] : []),
    "",
    `NEXT     ${next}`,
  ];
  return `${lines.map((line) => visible(line).trimEnd()).join("\n")}\n`;
}

/** The gaps that everybody has first: one line for all workloads says more than one for each. */
function gapsOf(draft: DraftCatalogue): readonly string[] {
  return [
    "authorities: who may revoke, sign and approve is in no document (R58 to R60, R63, R64)",
    "commanders: who takes command in an incident that spans teams (R70)",
    ...draft.accounts.flatMap(({ gaps }) => gaps),
    ...draft.workloads.flatMap(({ gaps }) => gaps),
    ...draft.workloadIdentities.flatMap(({ gaps }) => gaps),
    ...draft.teams.flatMap(({ gaps }) => gaps),
    ...draft.thirdParties.flatMap(({ gaps }) => gaps),
    ...draft.people.flatMap(({ gaps }) => gaps),
  ];
}

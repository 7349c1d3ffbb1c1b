import {
  draftSource,
  type DraftCatalogue,
  type Proposal,
  type Reason,
} from "../core/accountability/index.js";
import { visible } from "./visible-text.js";

const mostReasons = 3;

/**
 * A drafted catalogue as YAML for people to go through: evidence and what is missing stand as comments over each
 * line, and whatever is too weak to be written is there as a comment only.
 */
export function renderDraft(draft: DraftCatalogue, day: string, from: readonly string[]): string {
  const lines = [
    `# Drafted by remit init for ${day} from ${from.length === 0 ? "nothing" : from.join(", ")}.`,
    "# Nothing in it is attested: as long as an entry says `source: remit-init`, whoever it names counts as likely,",
    "# never as the owner. Go through it, mend what is wrong, answer each TODO, and remove that mark line by line.",
    ...draft.cut.map((text) => `# Left out, because there is too much of it: ${comment(text)}.`),
    "version: 1",
    "",
    "policy:",
    "  # TODO: are follow-ups (access review, rotation, privilege reduction) mandatory here? true or false (R38)",
    "  regulated: unknown",
    ...section("people", draft.people, (person) => [
      ...why(person.reasons),
      ...todo(person.gaps),
      `  - id: ${scalar(person.id)}`,
      ...(person.name === undefined ? [] : [`    name: ${scalar(person.name)}`]),
      ...(person.active ? [] : ["    active: false"]),
      ...(person.leftAt === undefined ? [] : [`    leftAt: ${person.leftAt}`]),
      ...(person.manager === undefined ? [] : [`    manager: ${scalar(person.manager)}`]),
      ...list("principals", person.principals, 4),
      `    source: ${scalar(person.source)}`,
    ]),
    ...section("teams", draft.teams, (team) => [
      ...why(team.reasons),
      ...todo(team.gaps),
      `  - id: ${scalar(team.id)}`,
      ...(team.roles.length === 0 ? [] : [`    # perhaps roles: [${team.roles.join(", ")}]`]),
      ...list("members", team.members, 4),
      mark,
    ]),
    ...section("accounts", draft.accounts, (account) => [
      ...todo(account.gaps),
      `  - id: ${scalar(account.id)}`,
      ...(account.name === undefined ? [] : [`    name: ${scalar(account.name)}`]),
      ...named("runtimeAuthority", account.runtimeAuthority, 4),
      mark,
    ]),
    ...section("workloads", draft.workloads, (workload) => [
      ...why(workload.reasons),
      ...todo(workload.gaps),
      `  - id: ${scalar(workload.id)}`,
      ...block(
        "match",
        [
          ...list("resources", workload.resources, 6),
          ...list("principals", workload.principals, 6),
          ...list("repositories", workload.repositories, 6),
        ],
        4,
      ),
      ...block("planes", [...named("build", workload.build, 6), ...named("runtime", workload.runtime, 6)], 4),
      ...named("workloadIdentity", workload.workloadIdentity, 4),
      mark,
    ]),
    ...identitySection(draft),
    ...section("thirdParties", draft.thirdParties, (party) => [
      ...why(party.reasons),
      ...todo(party.gaps),
      `  - id: ${scalar(party.id)}`,
      `    match: { accounts: [${party.accounts.map(scalar).join(", ")}] }`,
      mark,
    ]),
    "",
    "# TODO: authorities are given by people; no document shows them (R58 to R60, R63, R64). One line of each kind, with",
    '# scope (`aws:ACCOUNT`, `workload:ID` or "*"), holder, deputy and end:',
    "# authorities:",
    ...draft.authorities.map(
      (kind) => `#   - { kind: ${kind}, scope: "*", holder: PERSON, deputy: PERSON, until: DATE }`,
    ),
    "",
    "# TODO: who takes command in an incident that spans teams (R70):",
    "# commanders:",
    "#   - { person: PERSON, deputy: PERSON }",
  ];
  return `${lines.join("\n")}\n`;
}

const mark = `    source: ${draftSource}`;

/** An owner cannot be left out of an identity's entry, so one without a clear owner is a comment as a whole. */
function identitySection(draft: DraftCatalogue): readonly string[] {
  const written = draft.workloadIdentities.filter(({ owner }) => owner[0]?.written === true);
  const open = draft.workloadIdentities.filter((item) => !written.includes(item));
  const entry = (item: DraftCatalogue["workloadIdentities"][number], holder: string): readonly string[] => [
    `  - principal: ${scalar(item.principal)}`,
    `    owner: ${holder}`,
    `    proof: ${item.proof}`,
    mark,
  ];
  return [
    ...section("workloadIdentities", written, (item) => [
      ...why([...item.reasons, ...(item.owner[0]?.reasons ?? [])]),
      ...entry(item, scalar(item.owner[0]?.holder ?? "")),
    ]),
    ...open.flatMap((item) => [
      "",
      ...why(item.reasons),
      ...todo(item.gaps),
      ...entry(item, "PERSON").map((line) => `#${line}`),
    ]),
  ];
}

function section<Item>(
  name: string,
  items: readonly Item[],
  linesOf: (item: Item) => readonly string[],
): readonly string[] {
  if (items.length === 0) return [];
  return ["", `${name}:`, ...items.flatMap(linesOf)];
}

const why = (reasons: readonly Reason[]): readonly string[] =>
  reasons.slice(0, mostReasons).map((reason) => `  # ${reasonText(reason)}`);

const reasonText = ({ text, place }: Reason): string =>
  comment(place === undefined ? text : `${text} [${place}]`);

const todo = (gaps: readonly string[]): readonly string[] => gaps.map((gap) => `  # TODO: ${comment(gap)}`);

/** The proposal as a line where it stands out, the others as comments, each with its confidence and evidence. */
function named(field: string, proposals: readonly Proposal[], indent: number): readonly string[] {
  const room = " ".repeat(indent);
  return proposals.flatMap((proposal) => {
    const words = `${proposal.confidence.toFixed(2)}: ${proposal.reasons.map(reasonText).join("; ")}`;
    return proposal.written
      ? [`${room}# ${words}`, `${room}${field}: ${scalar(proposal.holder)}`]
      : [`${room}# perhaps ${field}: ${comment(proposal.holder)} (${words})`];
  });
}

function list(field: string, items: readonly string[], indent: number): readonly string[] {
  const room = " ".repeat(indent);
  return items.length === 0 ? [] : [`${room}${field}:`, ...items.map((item) => `${room}  - ${scalar(item)}`)];
}

/** A mapping of which only comments are left has to stand in a comment itself. */
function block(field: string, lines: readonly string[], indent: number): readonly string[] {
  if (lines.length === 0) return [];
  const room = " ".repeat(indent);
  const said = lines.some((line) => !line.trimStart().startsWith("#"));
  return said ? [`${room}${field}:`, ...lines] : lines.map((line) => line.slice(2));
}

/** What stands in a comment stays in it: one line, no control characters. */
const comment = (text: string): string => visible(text).replace(/\s+/g, " ").trim();

const scalar = (text: string): string =>
  /^[A-Za-z_][\w.-]*(?:\/[\w.-]+)*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : // What an editor would obey instead of show is written out.
      JSON.stringify(text).replace(
        /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );

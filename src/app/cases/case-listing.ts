import { answerersFor, awaitedOf, openDuties, planeOfRole, type CaseState } from "../../core/cases/index.js";
import { audienceOf } from "../access/audience.js";
import type { Role } from "../../core/accountability/index.js";
import { comesBackOrder, type Case } from "../../core/decision/index.js";
import type { CaseListing } from "../../store/index.js";

/** A name as lists show it; `~` stands before an inferred one. Absent: nobody was found. */
export interface ShownName {
  readonly name?: string;
  readonly inferred: boolean;
}

/** What a line is about: the first exposure, what is wrong with it, and how many more there are. */
export interface ExposedLine {
  readonly kind: string;
  readonly name: string;
  readonly weakness: string[];
  readonly more: number;
  readonly account?: string;
}

/** A line of a list. People are pseudonyms where they come from the ledger. */
export interface CaseLine {
  readonly id: string;
  readonly title: string;
  readonly exposed?: ExposedLine;
  readonly kind: Case["kind"];
  readonly status: CaseState["status"];
  readonly verdict: Case["recreation"]["verdict"];
  readonly words: string;
  readonly because: string;
  readonly severity: Case["severity"];
  readonly tier: number;
  readonly tierIfUnknown: number;
  readonly level: number;
  readonly lead: string;
  readonly leadName: ShownName;
  readonly contain: string;
  readonly containName: ShownName;
  readonly plane: "build" | "runtime" | "incident";
  readonly weakness: string;
  readonly owner?: string;
  readonly account?: string;
  readonly incident: boolean;
  readonly awaited: number;
  readonly dueAt?: string;
  readonly updatedAt: string;
}

const words: readonly string[] = comesBackOrder;

/** 7: comes back by itself … 0: cannot. */
export const backOf = (word: string): number => words.length - 1 - Math.max(words.indexOf(word), 0);
export const wordOf = (back: number): string => words[words.length - 1 - back] ?? "unknown";

/** What lists show, filter and count of a case. */
export function caseListingOf(
  state: CaseState,
  decided: Case,
  row: { readonly owner?: string; readonly account?: string; readonly dueAt?: string },
): CaseListing {
  const line = lineOf(state, decided, row);
  const awaited = awaitedOf(state, state.at);
  return {
    line: JSON.stringify(line),
    back: backOf(line.words),
    contain: line.contain,
    plane: line.plane,
    weakness: line.weakness,
    incident: line.incident,
    nobody: line.leadName.name === undefined || line.containName.name === undefined,
    holders: unique(
      openDuties(state, state.at).flatMap(({ person, role }) =>
        person === undefined ? keysOf(state, role) : [person],
      ),
    ),
    asked: unique(
      awaited.flatMap(({ person, of, by }) =>
        person !== undefined
          ? [person]
          : of === undefined
            ? []
            : // Who asks does not answer (R58 to R64).
              keysOf(state, of).filter((key) => key !== by),
      ),
    ),
    terms: termsOf(decided),
    audience: audienceOf(state, decided),
  };
}

/** The key of a team among those who have work; people stand there by their pseudonyms. */
export const teamKey = (team: string): string => `team:${team}`;

const keysOf = (state: CaseState, role: Role): readonly string[] => {
  const { people, teams } = answerersFor(state, role);
  return [...people, ...teams.map(teamKey)];
};

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

function lineOf(
  state: CaseState,
  decided: Case,
  { owner, account, dueAt }: { readonly owner?: string; readonly account?: string; readonly dueAt?: string },
): CaseLine {
  const { recreation, contain } = decided;
  return {
    id: state.id,
    title: decided.title,
    ...exposedOf(decided),
    kind: decided.kind,
    status: state.status,
    verdict: recreation.verdict,
    words: recreation.words,
    because: recreation.because,
    severity: decided.severity,
    tier: decided.tier,
    tierIfUnknown: decided.tierIfUnknown,
    level: state.level,
    lead: decided.lead,
    leadName: leadNameOf(decided),
    contain: contain.lead,
    containName: nameAmong(contain.answerable.filter(({ role }) => role === contain.lead)),
    plane: planeOfRole(decided.lead),
    weakness: decided.exposures[0]?.weakness ?? "",
    ...(owner === undefined ? {} : { owner }),
    ...(account === undefined ? {} : { account }),
    incident: state.incident !== undefined && state.status !== "closed",
    awaited: awaitedOf(state, state.at).length,
    ...(dueAt === undefined ? {} : { dueAt }),
    updatedAt: state.at,
  };
}

type Answerables = Case["contain"]["answerable"];

/** Of the items that the leading role is accountable for, the first with a name; as the report says it. */
export function leadNameOf({ lead, fix, contain, trace }: Case): ShownName {
  if (lead === "not decided yet") return { inferred: false };
  const own = fix.filter((item) => item.accountable === lead || item.lead === lead);
  return nameAmong(
    [...own.map(({ answerable }) => answerable), contain.answerable, trace.answerable]
      .flat()
      .filter(({ role }) => role === lead),
  );
}

function nameAmong(answerables: Answerables): ShownName {
  const found = answerables.find(({ person, team }) => (person ?? team) !== undefined);
  const name = found?.person ?? found?.team;
  return { ...(name === undefined ? {} : { name }), inferred: found?.inferred ?? false };
}

function exposedOf({ exposures }: Case): { readonly exposed?: ExposedLine } {
  const [first] = exposures;
  if (first === undefined) return {};
  const same = exposures.filter(({ resource }) => resource === first.resource);
  return {
    exposed: {
      kind: first.resourceKind,
      name: first.resourceName,
      weakness: [...new Set(same.map(({ weaknessTitle }) => weaknessTitle))],
      more: new Set(exposures.map(({ resource }) => resource)).size - 1,
      ...(first.accountName === undefined ? {} : { account: first.accountName }),
    },
  };
}

/** Bounds on what one case may put into the index. */
const mostTerms = 400;
const longestTerm = 60;

function termsOf({ id, title, recreation, exposures, lead, contain, controlPoint }: Case): readonly string[] {
  return splitTerms(
    [
      id,
      title,
      recreation.words,
      recreation.because,
      lead,
      contain.lead,
      controlPoint.label,
      ...exposures.flatMap(({ resourceName, resource, weaknessTitle, weakness, accountName }) => [
        resourceName,
        weaknessTitle,
        weakness,
        resource,
        accountName ?? "",
      ]),
    ].join(" "),
  ).slice(0, mostTerms);
}

/** Words as they are searched: lower case, letters and digits only. */
export const splitTerms = (text: string): readonly string[] => [
  ...new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .flatMap((word) => (word === "" ? [] : [word.slice(0, longestTerm)])),
  ),
];

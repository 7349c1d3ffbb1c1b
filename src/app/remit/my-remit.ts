import { emptyCatalogue, holderResolver, type Catalogue } from "../../core/accountability/index.js";
import {
  answerersFor,
  awaitedOf,
  openDuties,
  type Awaited,
  type CaseState,
  type OpenDuty,
} from "../../core/cases/index.js";
import type { Case } from "../../core/decision/index.js";
import type { CaseFilter } from "../../store/index.js";
import { memberOf } from "../access/member.js";
import type { Viewer } from "../access/viewer.js";
import type { OnCall } from "../asking/question.js";
import { teamKey } from "../cases/case-listing.js";
import { caseRecordOf, type CaseRecord } from "../cases/case-row.js";
import { currentCatalogue } from "../installation/catalogue.js";
import type { Installation } from "../installation/installation.js";
import { pseudonymsFor, withNames } from "../installation/people.js";
import { readyAnswer } from "./ready-answer.js";
import { whatIfItHappened, type IfItHappened } from "./if-it-happened.js";

/** Cases of which everything is listed, those due first; more are counted. Each is opened whole, which the page waits for. */
const mostCases = 100;

interface OfCase {
  readonly case: string;
  readonly title: string;
  readonly words: string;
  readonly because: string;
  readonly tier: number;
}

export interface ListedAwaited extends OfCase {
  readonly kind: Awaited["kind"];
  readonly id: string;
  readonly what: string;
  readonly reason?: string;
  readonly by?: string;
  readonly of?: string;
  readonly since: string;
  readonly until?: string;
  readonly late: boolean;
  readonly own: boolean;
  readonly others: string[];
}

export interface ListedDuty extends OfCase {
  readonly track: OpenDuty["track"];
  readonly item?: string;
  readonly what: string;
  readonly role: string;
  readonly person?: string;
  readonly state: OpenDuty["state"];
  readonly due?: string;
  readonly late: boolean;
  readonly today: boolean;
}

export interface MyRemit {
  readonly as: {
    readonly kind: "me" | "team";
    readonly id: string;
    readonly name?: string;
    readonly teams: string[];
    readonly roles: string[];
    readonly known: boolean;
    readonly onCall?: { readonly until: string; readonly schedule: string };
  };
  readonly now: string;
  readonly counts: {
    readonly waiting: number;
    readonly late: number;
    readonly today: number;
    readonly later: number;
    readonly undated: number;
    readonly total: number;
  };
  readonly waiting: ListedAwaited[];
  readonly yours: ListedDuty[];
  readonly ifItHappened?: IfItHappened;
  readonly more: number;
}

/** Whose remit is asked for. */
interface Whose {
  readonly kind: "me" | "team";
  readonly id: string;
  readonly name?: string;
  readonly known: boolean;
  readonly teams: readonly string[];
  readonly roles: readonly string[];
  /** Pseudonyms: themselves, or the members of the team. */
  readonly people: ReadonlySet<string>;
  /** Of who asks. */
  readonly self: string;
}

/** What waits for a decision of somebody, what is theirs by clock, and what would be. Undefined: no such team. */
export async function myRemit(
  installation: Installation,
  { person, visible }: Viewer,
  as: string,
): Promise<MyRemit | undefined> {
  const { store, now } = installation;
  const at = now();
  const catalogue = (await currentCatalogue(store, at))?.catalogue ?? emptyCatalogue;
  const whose = await whoseOf(installation, catalogue, person, as, at);
  if (whose === undefined) return undefined;
  const keys = [...whose.people, ...whose.teams.map(teamKey)];
  const [held, asked] = [
    await recordsOf(installation, { holders: keys, visible }),
    await recordsOf(installation, { asked: keys, visible }),
  ];
  const own = isTheirs(whose);
  const waiting = asked.records
    .flatMap(({ state, decided }) =>
      awaitedOf(state, at).flatMap((item): readonly ListedAwaited[] => {
        const answers = answersOf(state, item);
        if (!own(answers)) return [];
        return [{ ...ofCase(state, decided), ...listed(item, answers.people, whose.self, at) }];
      }),
    )
    .sort((a, b) => Number(a.own) - Number(b.own) || compare(a.since, b.since) || compare(a.case, b.case));
  const yours = held.records
    .flatMap(({ state, decided }) =>
      openDuties(state, at).flatMap((duty): readonly ListedDuty[] =>
        own(duty.person === undefined ? answerersFor(state, duty.role) : { people: [duty.person], teams: [] })
          ? [{ ...ofCase(state, decided), ...duty, ...clockOf(duty.due, at) }]
          : [],
      ),
    )
    .sort(
      (a, b) =>
        compare(a.due ?? "9999", b.due ?? "9999") ||
        b.tier - a.tier ||
        compare(a.case, b.case) ||
        compare(a.track, b.track),
    );
  const count = (test: (duty: ListedDuty) => boolean): number => yours.filter(test).length;
  const late = count((duty) => duty.late);
  const today = count((duty) => duty.today && !duty.late);
  const undated = count(({ due }) => due === undefined);
  const happened = await whatIfItHappened(installation, whose);
  const shift = await shiftOf(installation, whose, at);
  return withNames(store, {
    as: {
      kind: whose.kind,
      id: whose.id,
      ...(whose.name === undefined ? {} : { name: whose.name }),
      teams: [...whose.teams],
      roles: [...whose.roles],
      known: whose.known,
      ...(shift === undefined ? {} : { onCall: shift }),
    },
    now: at,
    counts: {
      waiting: waiting.length,
      late,
      today,
      later: yours.length - late - today - undated,
      undated,
      total: waiting.length + yours.length,
    },
    waiting,
    yours,
    ...(happened === undefined ? {} : { ifItHappened: happened }),
    more: held.more + asked.more,
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function whoseOf(
  { store }: Installation,
  catalogue: Catalogue,
  person: string,
  as: string,
  now: string,
): Promise<Whose | undefined> {
  const self = await store.people.pseudonymOf(person);
  if (as === "me" || as === person) {
    const member = memberOf(catalogue, person, now);
    return {
      kind: "me",
      id: person,
      ...(member === undefined ? {} : { name: member.name }),
      known: member !== undefined,
      teams: member?.teams ?? [],
      roles: member?.roles ?? [],
      people: new Set([self]),
      self,
    };
  }
  const team = catalogue.teams.find(({ id }) => id === as);
  if (team === undefined) return undefined;
  const members = holderResolver(catalogue, now)(team.id).people.map(({ id }) => id);
  const pseudonym = await pseudonymsFor(store, members);
  return {
    kind: "team",
    id: team.id,
    name: team.id,
    known: true,
    teams: [team.id],
    roles: [...team.roles].sort(),
    people: new Set(members.map(pseudonym)),
    self,
  };
}

async function recordsOf(
  { store }: Installation,
  filter: CaseFilter,
): Promise<{ readonly records: readonly CaseRecord[]; readonly more: number }> {
  const page = await store.cases.list({ open: true, ...filter }, { limit: mostCases }, "due");
  const more = page.next === undefined ? 0 : (await store.cases.count({ open: true, ...filter })) - mostCases;
  return { records: page.items.map(caseRecordOf), more };
}

type Answers = ReturnType<typeof answerersFor>;

const isTheirs =
  ({ people, teams }: Whose) =>
  (answers: Answers): boolean =>
    answers.people.some((person) => people.has(person)) || answers.teams.some((team) => teams.includes(team));

const answersOf = (state: CaseState, { person, of }: Awaited): Answers =>
  person !== undefined
    ? { people: [person], teams: [] }
    : of === undefined
      ? { people: [], teams: [] }
      : answerersFor(state, of);

const ofCase = (state: CaseState, { title, recreation, tier }: Case): OfCase => ({
  case: state.id,
  title,
  words: recreation.words,
  because: recreation.because,
  tier,
});

function listed(
  { kind, id, what, reason, by, of, since, until }: Awaited,
  people: readonly string[],
  self: string,
  now: string,
): Omit<ListedAwaited, keyof OfCase> {
  return {
    kind,
    id,
    what,
    ...(reason === undefined ? {} : { reason }),
    ...(by === undefined ? {} : { by }),
    ...(of === undefined ? {} : { of }),
    since,
    ...(until === undefined ? {} : { until }),
    late: kind === "order" && until !== undefined && Date.parse(until) < Date.parse(now),
    // Who asks does not answer (R58 to R64); a hand-over is theirs to take.
    own: by === self,
    others: people.filter((person) => person !== self && person !== by).slice(0, 5),
  };
}

const clockOf = (
  due: string | undefined,
  now: string,
): { readonly late: boolean; readonly today: boolean } => ({
  late: due !== undefined && Date.parse(due) < Date.parse(now),
  today: due?.slice(0, 10) === now.slice(0, 10),
});

/** The shift that somebody, or anybody of a team, has now. */
async function shiftOf(
  installation: Installation,
  { kind, id }: Whose,
  now: string,
): Promise<{ readonly until: string; readonly schedule: string } | undefined> {
  const shifts = await readyAnswer<readonly OnCall[]>(installation, {
    kind: "on-call",
    at: `${now.slice(0, 16)}:00.000Z`,
  });
  const own = shifts?.find(({ person, team }) => (kind === "me" ? person === id : team === id));
  return own === undefined ? undefined : { until: own.until, schedule: own.schedule };
}

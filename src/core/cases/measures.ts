import type { Role } from "../accountability/index.js";
import { agreementsOf } from "./commands/step-moves.js";
import { runningClocks } from "./clocks/notices.js";
import { openPlaces } from "./clocks/open-places.js";
import type { PersonId } from "./person.js";
import type { CaseState, Round } from "./state.js";
import { samePlace } from "./fold/fold-work.js";
import { roundOf } from "./fold/fold-verification.js";

/** How long something took; `said` by people, `seen` by snapshots, which alone prove it. Hours; absent: not yet. */
export interface Took {
  readonly said?: number;
  readonly seen?: number;
}

/** Times of one round of a case (R42): attackers chain access quickly, so containing and revoking are told apart. */
export interface RoundMeasures {
  readonly since: string;
  readonly ended?: string;
  readonly by?: Round["by"];
  readonly contain: Took;
  readonly revoke: Took;
  readonly fix: Took;
  readonly durable: Took;
}

/** Work that is late now, per owner and plane (R56). */
export interface Delay {
  readonly clock: string;
  readonly task: string;
  readonly item?: string;
  readonly role: Role;
  readonly plane: "build" | "runtime" | "incident";
  readonly person?: PersonId;
  readonly hours: number;
}

/** What it costs that several have to act together (R73). */
export interface Coordination {
  /** Roles that lead a task, are accountable for an item or were ordered to act. */
  readonly roles: readonly Role[];
  /** People who did anything. */
  readonly people: number;
  readonly handOffs: number;
  readonly orders: number;
  readonly refusedOrders: number;
  readonly silences: number;
  readonly disputes: number;
  /** Hours that the longest answered request waited; absent: none was answered. */
  readonly longestWait?: number;
  /** Agreements that containment waits for: none means that its path is short. */
  readonly containmentWaitsFor: readonly Role[];
}

export interface Measures {
  readonly rounds: readonly RoundMeasures[];
  readonly delays: readonly Delay[];
  readonly coordination: Coordination;
}

const hoursBetween = (from: string, to: string): number =>
  Math.round(((Date.parse(to) - Date.parse(from)) / 3_600_000) * 100) / 100;

export function measuresOf(state: CaseState, now: string): Measures {
  const rounds = state.rounds.map(roundMeasures);
  if (state.status !== "closed") {
    const { ended: _ended, by: _by, ...running } = roundMeasures(roundOf(state, now, "closed"));
    rounds.push(running);
  }
  return { rounds, delays: delaysOf(state, now), coordination: coordinationOf(state) };
}

function roundMeasures(round: Round): RoundMeasures {
  const { since, proven } = round;
  const took = (said: string | undefined, seen: string | undefined): Took => ({
    ...(said === undefined ? {} : { said: hoursBetween(since, said) }),
    // A snapshot that was observed before the round began shows it from the first hour on.
    ...(seen === undefined ? {} : { seen: Math.max(0, hoursBetween(since, seen)) }),
  });
  return {
    since,
    ended: round.ended,
    by: round.by,
    contain: took(round.saidContained, proven.contained),
    revoke: took(round.saidRevoked, proven.revoked),
    fix: took(round.saidFixed, proven.fixed),
    durable: took(undefined, proven.durable),
  };
}

/** Rows of decision-rules C and tasks, by the plane that they lie on (R44 to R46). */
const planeOf: Readonly<Partial<Record<Role, Delay["plane"]>>> = {
  APP: "build",
  BUILD_OWNER: "build",
  VENDOR: "build",
  VENDOR_MGR: "build",
  SECOPS: "incident",
  INCIDENT_OWNER: "incident",
  IC: "incident",
  REVOKER: "incident",
};

/** On which plane the work of a role lies. */
export const planeOfRole = (role: Role | "not decided yet"): Delay["plane"] =>
  role === "not decided yet" ? "runtime" : (planeOf[role] ?? "runtime");

function delaysOf(state: CaseState, now: string): readonly Delay[] {
  const late = runningClocks(state, now).filter(
    ({ due }) => due !== null && Date.parse(due) < Date.parse(now),
  );
  return late.flatMap((clock) =>
    openPlaces(state, clock).map(({ place, role }): Delay => {
      const work = state.work.find((item) => place !== undefined && samePlace(item, place));
      return {
        clock: clock.id,
        task: clock.task,
        ...(place?.item === undefined ? {} : { item: place.item }),
        role,
        plane: clock.task === "contain" ? "incident" : planeOfRole(role),
        ...(work?.person === undefined ? {} : { person: work.person }),
        hours: hoursBetween(clock.due ?? now, now),
      };
    }),
  );
}

function coordinationOf(state: CaseState): Coordination {
  const { plan } = state;
  const roles = new Set<Role>([
    ...[plan.contain.lead, plan.trace.lead].flatMap((lead) => (lead === "not decided yet" ? [] : [lead])),
    ...plan.contain.also,
    ...plan.fix.map(({ accountable }) => accountable),
    ...state.orders.map(({ to }) => to),
  ]);
  const people = new Set<PersonId>([
    ...state.fixers,
    ...state.work.flatMap(({ person, finishedBy }) => [
      ...(person === undefined ? [] : [person]),
      ...(finishedBy === undefined ? [] : [finishedBy]),
    ]),
    ...state.approvals.flatMap(({ requester, answeredBy }) => [
      requester,
      ...(answeredBy === undefined ? [] : [answeredBy]),
    ]),
    ...state.orders.flatMap(({ by, answeredBy }) => [by, ...(answeredBy === undefined ? [] : [answeredBy])]),
    ...state.disputes.flatMap(({ by, answer }) => [by, ...(answer === undefined ? [] : [answer.by])]),
    ...state.followUps.flatMap(({ done, waived }) => [
      ...(done === undefined ? [] : [done.person]),
      ...(waived === undefined ? [] : [waived.signer]),
    ]),
    ...(state.commander === undefined ? [] : [state.commander.person]),
    ...state.pastTerms.map(({ person }) => person),
  ]);
  const waits = state.approvals.flatMap(({ requestedAt, answeredAt }) =>
    answeredAt === undefined ? [] : [hoursBetween(requestedAt, answeredAt)],
  );
  const open = plan.steps.filter(
    ({ id, phase }) =>
      (phase === "stop" || phase === "revoke") && !state.steps.some(({ step }) => step === id),
  );
  return {
    roles: [...roles].sort(),
    people: people.size,
    handOffs: state.handOffs,
    orders: state.orders.length,
    refusedOrders: state.orders.filter((order) => order.state === "refused").length,
    silences: state.orders.reduce((sum, { silences }) => sum + silences, 0),
    disputes: state.disputes.length,
    ...(waits.length === 0 ? {} : { longestWait: Math.max(...waits) }),
    containmentWaitsFor: [...new Set(open.flatMap((step) => agreementsOf(step)))].sort(),
  };
}

import { stillHolds } from "../../accountability/index.js";
import { due } from "../clocks/due.js";
import { nextOnLadder } from "../clocks/notices.js";
import type { Notice } from "../clocks/notice.js";
import { canonical } from "../chain/canonical.js";
import type { CaseFact } from "../events/event.js";
import { redecided } from "../fold/fold-opening.js";
import type { PersonId } from "../person.js";
import type { Plan } from "../plan.js";
import { planCheck } from "../plan-check.js";
import { firstOf, refuse } from "../refusal.js";
import type { CaseState } from "../state.js";
import type { Acting } from "./acting.js";
import { made, type Move } from "./move.js";
import { hoursAfter, nameCheck } from "./text-checks.js";
import { mayDo } from "./work-moves.js";

export function open(plan: Plan): Move {
  return planCheck(plan) ?? made("MEMBER", { kind: "opened", plan });
}

/** A newer analysis. The same decision again writes nothing, so that a scan a day costs no event a day. */
export function redecide(state: CaseState, plan: Plan, acting: Acting): Move {
  if (Date.parse(plan.decidedAt) < Date.parse(state.plan.decidedAt))
    return refuse(
      "same-case",
      `the analysis of ${plan.decidedAt} is older than the one in force, of ${state.plan.decidedAt}`,
      "analyse the newest snapshot",
    );
  const wrong = planCheck(plan);
  if (wrong !== undefined) return wrong;
  if (state.clocksOf === state.sinceSequence && substance(plan, state) === substance(state.plan, state))
    return made("MEMBER");
  const after = redecided(state, plan);
  const released = after.work.flatMap((work): readonly CaseFact[] => {
    const standing = work.person === undefined ? undefined : acting.standing(work.person);
    if (standing === undefined || work.finishedAt !== undefined) return [];
    const { track, item } = work;
    const place = item === undefined ? { track } : { track, item };
    return mayDo(after, place, standing, acting.now) === undefined
      ? []
      : [{ kind: "released", ...place, person: standing.person, because: "role-changed" }];
  });
  return made("MEMBER", { kind: "redecided", plan }, ...released);
}

/** What of a plan is worth an event: not which analysis said it, nor a clock that would only run longer. */
function substance(plan: Plan, state: CaseState): string | undefined {
  const { analysis: _analysis, snapshot: _snapshot, decidedAt: _decidedAt, ...rest } = plan;
  const after = redecided(state, plan);
  return canonical({
    ...rest,
    exposures: after.plan.exposures,
    clocks: plan.clocks.length === 0 ? [] : after.clocks,
  });
}

export function mirror(system: string, key: string, status: string): Move {
  const wrong = firstOf(nameCheck("system", system), nameCheck("key", key), nameCheck("status", status));
  return wrong ?? made("MEMBER", { kind: "mirrored", system, key, status });
}

/** Who has left holds nothing from that instant on (ownership 6c). */
export function strip(state: CaseState, person: PersonId, acting: Acting): Move {
  const facts: CaseFact[] = [];
  // What they finished too: it would be theirs again when the case recurs.
  for (const { track, item, person: holder } of state.work)
    if (holder === person)
      facts.push({
        kind: "released",
        track,
        ...(item === undefined ? {} : { item }),
        person,
        because: "departed",
      });
  for (const item of state.approvals)
    if (item.requester === person && item.state === "requested")
      facts.push({ kind: "approval-withdrawn", approval: item.id });
  for (const order of state.orders)
    if (order.person === person && order.state === "waiting") facts.push(silent(state, order.id, acting));
  if (state.commander?.person === person) facts.push({ kind: "term-ended", person, because: "departed" });
  return made("MEMBER", ...facts);
}

function silent(state: CaseState, id: string, acting: Acting): CaseFact {
  const order = state.orders.find((item) => item.id === id);
  const next = order === undefined ? undefined : nextOnLadder(state, order.to, order.person, acting.now);
  return {
    kind: "order-silent",
    order: id,
    ...(next === undefined ? {} : { next }),
    answerBy: hoursAfter(acting.now, acting.policy.orderSilenceMinutes / 60),
  };
}

/** Carries out a notice. What is not due any more, or was carried out, writes nothing: delivery may repeat. */
export function tick(state: CaseState, id: string, acting: Acting): Move {
  const notice = due(state, acting.now, acting.policy).find((item) => item.id === id);
  return notice === undefined ? made("MEMBER") : made("MEMBER", ...factsOf(state, notice, acting));
}

function factsOf(state: CaseState, notice: Notice, acting: Acting): readonly CaseFact[] {
  switch (notice.kind) {
    case "reminder":
    case "ending":
      return [{ kind: "reminded", notice: notice.id, to: notice.to }];
    case "late":
    case "unanswered":
      return [{ kind: "escalated", notice: notice.id, role: notice.role, to: notice.to }];
    case "silence":
      return [silent(state, notice.about, acting)];
    case "lapse":
      return lapsed(state, acting.now);
  }
}

/** Everything that has ended by `now`, as facts: written before any other fact, so that no move rests on it. */
export function lapsed(state: CaseState, now: string): readonly CaseFact[] {
  const facts: CaseFact[] = [];
  for (const item of state.approvals) {
    if (stillHolds(item.until, now)) continue;
    if (item.state === "requested") facts.push({ kind: "approval-lapsed", approval: item.id });
    else if (item.state === "granted")
      facts.push({
        kind: item.asked.kind === "residual-risk" ? "risk-lapsed" : "approval-lapsed",
        approval: item.id,
      });
  }
  const { commander } = state;
  if (commander !== undefined && !stillHolds(commander.until, now))
    facts.push({ kind: "term-ended", person: commander.person, because: "expired" });
  return facts;
}

import type { Role } from "../../accountability/index.js";
import { roles } from "../../accountability/index.js";
import { agreedAt, isBlocked } from "../approvals.js";
import { isChange, type FollowUpName, type PlanStepRef } from "../plan.js";
import { firstOf, refuse, type Check, type Refusal } from "../refusal.js";
import type { CaseState } from "../state.js";
import {
  anyHat,
  authorityOf,
  caseOpen,
  hatAmong,
  isRefusal,
  namedFor,
  notYours,
  type Acting,
} from "./acting.js";
import { made, type Move } from "./move.js";
import { isUnowned } from "./places.js";
import { textCheck } from "./text-checks.js";
import { notSigner } from "./work-moves.js";

export function stepOf(state: CaseState, id: string): PlanStepRef | Refusal {
  return (
    state.plan.steps.find((step) => step.id === id) ??
    refuse(
      "known-thing",
      `the plan has no step \`${id}\``,
      `name one of its steps: ${state.plan.steps.map((step) => `\`${step.id}\``).join(", ") || "there is none"}`,
    )
  );
}

const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

/** Roles whose agreement a step needs. */
export const agreementsOf = (step: PlanStepRef): readonly Role[] => step.requires.filter(isRole);

/** A step is out of the way when people say it was run, or when a named authority refused its agreement. */
const isSettled = (state: CaseState, id: string): boolean => {
  if (state.steps.some(({ step }) => step === id)) return true;
  const step = state.plan.steps.find((each) => each.id === id);
  return step === undefined || agreementsOf(step).some((role) => isBlocked(state, id, role));
};

/** "I ran it": kept as said. The order of work and the agreements that a step needs are checked here. */
export function attest(state: CaseState, id: string, text: string, acting: Acting): Move {
  const step = stepOf(state, id);
  if (isRefusal(step)) return step;
  const may = stepRoles(state, step);
  const as = hatAmong(acting, may);
  if (as === undefined) return notYours(state, acting, may, `step \`${step.title}\``);
  const stop = firstOf(
    caseOpen(state),
    textCheck("text", text),
    state.steps.some((said) => said.step === id)
      ? refuse("said-once", `step \`${step.title}\` is said to be done`, "the next snapshot verifies it")
      : undefined,
    isChange(state, id) ? notSigner(state, { track: "contain" }, acting.person, acting.now) : undefined,
    inOrder(state, step),
    agreed(state, step, acting),
  );
  return stop ?? made(as, { kind: "attested", step: id, text });
}

const stepRoles = (state: CaseState, step: PlanStepRef): readonly Role[] =>
  isUnowned(state, step.role) ? [step.role, "RUNTIME_OWNER"] : [step.role];

function inOrder(state: CaseState, step: PlanStepRef): Check {
  const open = step.after.filter((id) => !isSettled(state, id));
  if (open.length === 0) return undefined;
  const first = state.plan.steps.find(({ id }) => id === open[0]);
  return refuse(
    "order-of-work",
    `step \`${step.title}\` waits for \`${first?.title ?? ""}\`${open.length > 1 ? ` and ${String(open.length - 1)} more` : ""}`,
    "do that first; only a named authority can block it",
    first === undefined ? {} : { roles: [first.role], people: namedFor(state, [first.role]) },
  );
}

/** An authority agrees through an approval of this step; another role by running it, by approval, or by an order. */
function agreed(state: CaseState, step: PlanStepRef, acting: Acting): Check {
  const missing = agreementsOf(step).filter(
    (role) =>
      !agreedAt(state, step.id, role, acting.now) &&
      !(authorityOf[role] === undefined && acting.hats.includes(role)) &&
      !isGlassBroken(state, step.id, acting),
  );
  return missing.length === 0
    ? undefined
    : refuse(
        "agreement-needed",
        `step \`${step.title}\` needs the agreement of ${missing.join(", ")}`,
        "request it; if it cannot wait, break the glass with a reason",
        { roles: missing, people: namedFor(state, missing, [acting.person]) },
      );
}

const isGlassBroken = (state: CaseState, step: string, acting: Acting): boolean =>
  state.glass.some(
    (item) =>
      item.step === step &&
      item.person === acting.person &&
      item.sequence > state.sinceSequence &&
      item.review === undefined,
  );

/** R63: acting before the authority agreed, for containment that cannot wait. Seen by everybody, reviewed by another. */
export function breakGlass(state: CaseState, id: string, reason: string, acting: Acting): Move {
  const step = stepOf(state, id);
  if (isRefusal(step)) return step;
  const may = [...stepRoles(state, step), "IC", "SECOPS"] as const;
  const as = hatAmong(acting, may);
  if (as === undefined) return notYours(state, acting, may, `step \`${step.title}\``);
  const needed = agreementsOf(step);
  const refused = needed.find((role) => isBlocked(state, id, role));
  const stop = firstOf(
    caseOpen(state),
    textCheck("reason", reason),
    notSigner(state, { track: "contain" }, acting.person, acting.now),
    step.phase !== "stop" && step.phase !== "revoke"
      ? refuse(
          "emergency-only",
          `step \`${step.title}\` is no containment`,
          "request the agreement that it needs",
        )
      : undefined,
    needed.length === 0 || needed.every((role) => agreedAt(state, id, role, acting.now))
      ? refuse("emergency-only", `step \`${step.title}\` waits for no agreement`, "run it and say so")
      : undefined,
    refused === undefined
      ? undefined
      : refuse(
          "emergency-only",
          `${refused} refused step \`${step.title}\``,
          "ask again with new facts: what a named authority refused is not overridden",
          { roles: [refused], people: namedFor(state, [refused], [acting.person]) },
        ),
    isGlassBroken(state, id, acting)
      ? refuse("said-once", "you broke the glass for this step already", "run the step and say so")
      : undefined,
  );
  if (stop !== undefined) return stop;
  const notice = [...new Set<Role>([...needed, "EMERGENCY_APPROVER", "IC", "SECOPS"])];
  return made(as, {
    kind: "glass-broken",
    glass: `G${String(state.glass.length + 1)}`,
    step: id,
    reason,
    notice,
  });
}

export function reviewGlass(
  state: CaseState,
  id: string,
  justified: boolean,
  reason: string,
  acting: Acting,
): Move {
  const glass = state.glass.find((item) => item.id === id);
  if (glass === undefined)
    return refuse("known-thing", `no glass \`${id}\` was broken`, "name one that the case shows");
  const as = hatAmong(acting, ["EMERGENCY_APPROVER"]);
  if (as === undefined)
    return notYours(state, acting, ["EMERGENCY_APPROVER"], "the review of a broken glass");
  const stop = firstOf(
    textCheck("reason", reason),
    glass.review === undefined
      ? undefined
      : refuse("said-once", `\`${id}\` was reviewed`, "nothing is left to do"),
    glass.person === acting.person
      ? refuse(
          "requester-not-approver",
          "you broke it, so somebody else reviews it",
          "ask another approver",
          {
            roles: ["EMERGENCY_APPROVER"],
            people: namedFor(state, ["EMERGENCY_APPROVER"], [acting.person]),
          },
        )
      : undefined,
  );
  return stop ?? made(as, { kind: "glass-reviewed", glass: id, justified, reason });
}

/** A triage or a notification of a rule book: people say that it was done. */
export function finishDuty(state: CaseState, id: string, text: string, acting: Acting): Move {
  const clock = state.clocks.find((each) => each.id === id);
  if (clock === undefined || (clock.task !== "triage" && clock.task !== "notify"))
    return refuse(
      "known-thing",
      `no triage or notification has the clock \`${id}\``,
      "contain, fix and decide are computed; name a clock of the case that is none of these",
    );
  const as = hatAmong(acting, ["IC", "SECOPS", "INCIDENT_OWNER"]) ?? anyHat(acting);
  if (as === undefined) return notYours(state, acting, ["SECOPS"], "this duty");
  const stop = firstOf(
    caseOpen(state),
    textCheck("text", text),
    clock.doneAt === undefined
      ? undefined
      : refuse("said-once", "it is said to be done", "nothing is left to do"),
  );
  return stop ?? made(as, { kind: "duty-done", clock: id, text });
}

const openFollowUp = (state: CaseState, name: FollowUpName): Check => {
  const found = state.followUps.find((item) => item.name === name);
  return found?.done !== undefined || found?.waived !== undefined
    ? refuse("said-once", `\`${name}\` is settled already`, "nothing is left to do")
    : undefined;
};

export function finishFollowUp(state: CaseState, name: FollowUpName, evidence: string, acting: Acting): Move {
  const planned = state.plan.followUps.find((item) => item.name === name);
  if (planned === undefined) return noFollowUp(state, name);
  const may = isUnowned(state, planned.owner) ? ([planned.owner, "RUNTIME_OWNER"] as const) : [planned.owner];
  const as = hatAmong(acting, may);
  if (as === undefined) return notYours(state, acting, may, `\`${name}\``);
  const stop = firstOf(caseOpen(state), textCheck("evidence", evidence), openFollowUp(state, name));
  return stop ?? made(as, { kind: "follow-up-done", name, evidence });
}

/** R38: a mandatory follow-up is waived by a signer, with a reason; "not applicable" needs one too (D12). */
export function waiveFollowUp(state: CaseState, name: FollowUpName, reason: string, acting: Acting): Move {
  const planned = state.plan.followUps.find((item) => item.name === name);
  if (planned === undefined) return noFollowUp(state, name);
  const as = hatAmong(acting, ["RISK_SIGNER"]);
  if (as === undefined) return notYours(state, acting, ["RISK_SIGNER"], `waiving \`${name}\``);
  const others = {
    roles: ["RISK_SIGNER"],
    people: namedFor(state, ["RISK_SIGNER"], [acting.person]),
  } as const;
  const stop = firstOf(
    caseOpen(state),
    textCheck("reason", reason),
    openFollowUp(state, name),
    acting.hats.includes(planned.owner)
      ? refuse(
          "waiver-signed",
          `you hold ${planned.owner}, which owns \`${name}\``,
          "another signer waives it",
          others,
        )
      : undefined,
    state.fixers.includes(acting.person)
      ? refuse("fixer-not-signer", "you worked on the fix of this case", "another signer waives it", others)
      : undefined,
  );
  return (
    stop ??
    made(as, { kind: "follow-up-waived", name, reason, notApplicable: planned.notApplicable !== undefined })
  );
}

const noFollowUp = (state: CaseState, name: string): Refusal =>
  refuse(
    "known-thing",
    `the case has no follow-up \`${name}\``,
    `name one of ${state.plan.followUps.map((item) => `\`${item.name}\``).join(", ")}`,
  );

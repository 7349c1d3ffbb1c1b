import type { Role } from "../../accountability/index.js";
import { controlsAt, signaturesAt } from "../approvals.js";
import type { Asked } from "../events/authority-events.js";
import { firstOf, refuse, type Check, type Refusal } from "../refusal.js";
import type { Approval, CaseState } from "../state.js";
import { anyHat, caseOpen, hatAmong, isRefusal, namedFor, notYours, type Acting } from "./acting.js";
import { made, type Move } from "./move.js";
import { agreementsOf, stepOf } from "./step-moves.js";
import { endCheck, textCheck } from "./text-checks.js";

const dayHours = 24;

/** Whose agreement a request takes. */
export const roleAsked = (asked: Asked): Role => {
  switch (asked.kind) {
    case "step":
      return asked.of;
    case "control":
      return "CC_APPROVER";
    case "privilege-change":
      return "PRIV_APPROVER";
    case "residual-risk":
      return "RISK_SIGNER";
  }
};

export function request(state: CaseState, asked: Asked, reason: string, until: string, acting: Acting): Move {
  const as = anyHat(acting);
  if (as === undefined) return notYours(state, acting, [roleAsked(asked)], "a request");
  const days = asked.kind === "residual-risk" ? acting.policy.riskMaxDays : acting.policy.approvalMaxDays;
  const stop = firstOf(
    caseOpen(state),
    textCheck("reason", reason),
    asked.kind === "step" ? stepNeeds(state, asked.step, asked.of) : textCheck("asked", asked.text),
    endCheck("until", until, acting.now, days * dayHours),
    state.approvals.some((item) => item.state === "requested" && sameAsked(item.asked, asked))
      ? refuse(
          "said-once",
          "the same was asked already and waits for an answer",
          "wait, or withdraw that request",
        )
      : undefined,
  );
  const approval = `A${String(state.approvals.length + 1)}`;
  return (
    stop ?? made(as, { kind: "approval-requested", approval, asked, of: roleAsked(asked), reason, until })
  );
}

function stepNeeds(state: CaseState, id: string, of: Role): Check {
  const step = stepOf(state, id);
  if (isRefusal(step)) return step;
  const needed = agreementsOf(step);
  return needed.includes(of)
    ? undefined
    : refuse(
        "known-thing",
        `step \`${step.title}\` does not need the agreement of ${of}`,
        needed.length === 0 ? "run it and say so" : `ask ${needed.join(", ")}`,
        { roles: needed },
      );
}

const sameAsked = (a: Asked, b: Asked): boolean => JSON.stringify(a) === JSON.stringify(b);

/** An open request, by its id. */
function waiting(state: CaseState, id: string): Approval | Refusal {
  const found = state.approvals.find((item) => item.id === id);
  if (found === undefined)
    return refuse("known-thing", `no request is called \`${id}\``, "name one that the case shows");
  return found.state === "requested"
    ? found
    : refuse("bound-approval", `request \`${id}\` was answered: ${found.state}`, "make a new request");
}

/** Held, unexpired, by somebody else than who asked; at tier 2 and above not the other signer (PR.AA-05, AC-5). */
function mayAnswer(state: CaseState, approval: Approval, acting: Acting): Check {
  if (approval.requester === acting.person)
    return refuse(
      "requester-not-approver",
      `you asked for \`${approval.id}\`, so you cannot answer it`,
      "somebody else who holds the authority answers",
      { roles: [approval.of], people: namedFor(state, [approval.of], [acting.person]) },
    );
  return state.steps.some(({ step, person }) => person === acting.person && isStep(approval.asked, step))
    ? refuse(
        "requester-not-approver",
        "you ran this step, so somebody else agrees to it",
        "ask another approver",
        {
          roles: [approval.of],
          people: namedFor(state, [approval.of], [acting.person]),
        },
      )
    : undefined;
}

const isStep = (asked: Asked, step: string): boolean => asked.kind === "step" && asked.step === step;

export function approve(state: CaseState, id: string, until: string | undefined, acting: Acting): Move {
  const approval = waiting(state, id);
  if (isRefusal(approval)) return approval;
  if (approval.asked.kind === "residual-risk")
    return refuse(
      "known-thing",
      `\`${id}\` asks for a signature of residual risk`,
      "sign it with `sign-risk`",
      {
        roles: ["RISK_SIGNER"],
      },
    );
  const as = hatAmong(acting, [approval.of]);
  if (as === undefined) return notYours(state, acting, [approval.of], `\`${id}\``);
  const end = until ?? approval.until;
  const stop = firstOf(
    caseOpen(state),
    mayAnswer(state, approval, acting),
    notBeyond(approval, end),
    endCheck("until", end, acting.now, acting.policy.approvalMaxDays * dayHours),
    approval.asked.kind === "control"
      ? notBothSigners(state, acting, signaturesAt(state, acting.now))
      : undefined,
  );
  return stop ?? made(as, { kind: "approval-granted", approval: id, until: end });
}

const notBeyond = (approval: Approval, until: string): Check =>
  Date.parse(until) > Date.parse(approval.until)
    ? refuse(
        "bound-approval",
        `\`${until}\` is later than was asked: ${approval.until}`,
        "grant it until then at the most; more takes a new request",
      )
    : undefined;

/** Tier 2 and above: who answers for the control and who signs the risk are two people. */
const notBothSigners = (state: CaseState, acting: Acting, others: readonly Approval[]): Check =>
  state.plan.tier >= 2 && others.some(({ answeredBy }) => answeredBy === acting.person)
    ? refuse(
        "two-people",
        "at tier 2 and above one person does not answer for both the control and the risk",
        "another holder signs",
        {
          roles: ["CC_APPROVER", "RISK_SIGNER"],
          people: namedFor(state, ["CC_APPROVER", "RISK_SIGNER"], [acting.person]),
        },
      )
    : undefined;

export function refuseRequest(state: CaseState, id: string, reason: string, acting: Acting): Move {
  const approval = waiting(state, id);
  if (isRefusal(approval)) return approval;
  const as = hatAmong(acting, [approval.of]);
  if (as === undefined) return notYours(state, acting, [approval.of], `\`${id}\``);
  const stop = firstOf(textCheck("reason", reason), mayAnswer(state, approval, acting));
  return stop ?? made(as, { kind: "approval-refused", approval: id, reason });
}

export function withdraw(state: CaseState, id: string, acting: Acting): Move {
  const approval = waiting(state, id);
  if (isRefusal(approval)) return approval;
  return approval.requester === acting.person
    ? made(anyHat(acting) ?? "MEMBER", { kind: "approval-withdrawn", approval: id })
    : refuse(
        "role-needed",
        `\`${approval.requester}\` asked for \`${id}\``,
        "who asked withdraws; who decides refuses",
        {
          people: [approval.requester],
        },
      );
}

/** R60, R61, D13: bound to the case and an end, on a control in force, by somebody who neither asked nor fixed. */
export function signRisk(
  state: CaseState,
  command: {
    readonly approval: string;
    readonly reason: string;
    readonly compensating: readonly string[];
    readonly until?: string;
  },
  acting: Acting,
): Move {
  const { approval: id, reason, compensating } = command;
  const approval = waiting(state, id);
  if (isRefusal(approval)) return approval;
  if (approval.asked.kind !== "residual-risk")
    return refuse(
      "known-thing",
      `\`${id}\` asks for an approval, not a signature`,
      "answer it with `approve`",
    );
  const as = hatAmong(acting, ["RISK_SIGNER"]);
  if (as === undefined) return notYours(state, acting, ["RISK_SIGNER"], "signing residual risk");
  const until = command.until ?? approval.until;
  const signers = {
    roles: ["RISK_SIGNER"],
    people: namedFor(state, ["RISK_SIGNER"], [acting.person, ...state.fixers]),
  } as const;
  const stop = firstOf(
    caseOpen(state),
    textCheck("reason", reason),
    mayAnswer(state, approval, acting),
    state.fixers.includes(acting.person)
      ? refuse(
          "fixer-not-signer",
          "you made the fix, so someone else signs what remains",
          "ask another signer",
          signers,
        )
      : undefined,
    notBeyond(approval, until),
    endCheck("until", until, acting.now, acting.policy.riskMaxDays * dayHours),
    containedFirst(state),
    () => controlled(state, compensating, until, acting),
  );
  return (
    stop ??
    made(as, { kind: "risk-signed", approval: id, until, reason, compensating: [...new Set(compensating)] })
  );
}

/** D7: while intruders may be inside, nobody signs instead of containing. */
function containedFirst(state: CaseState): Check {
  const incident = state.incident !== undefined || state.plan.fired.includes("D7");
  return incident && state.verified?.outcome.contained !== true
    ? refuse(
        "contain-first",
        "the case is exploited or declared an incident, and no snapshot shows it contained",
        "contain it first; the next snapshot verifies it",
        { roles: state.plan.contain.lead === "not decided yet" ? [] : [state.plan.contain.lead] },
      )
    : undefined;
}

function controlled(state: CaseState, compensating: readonly string[], until: string, acting: Acting): Check {
  const inPlace = controlsAt(state, acting.now);
  const unknown = compensating.find((id) => !inPlace.some((item) => item.id === id));
  if (unknown !== undefined)
    return refuse(
      "control-first",
      `\`${unknown}\` is no compensating control that is in force`,
      `name one that is: ${inPlace.map(({ id }) => `\`${id}\``).join(", ") || "there is none, request one"}`,
      { roles: ["CC_APPROVER"] },
    );
  if (compensating.length === 0)
    return refuse(
      "control-first",
      "the signature rests on no compensating control",
      "request one, have it approved, and name it",
      { roles: ["CC_APPROVER"], people: namedFor(state, ["CC_APPROVER"], [acting.person]) },
    );
  const named = inPlace.filter((item) => compensating.includes(item.id));
  const short = named.find((item) => Date.parse(item.until) < Date.parse(until));
  return short === undefined
    ? notBothSigners(state, acting, named)
    : refuse(
        "bound-approval",
        `control \`${short.id}\` ends ${short.until}, before the signature would`,
        "sign until then at the most: without the control nothing compensates",
      );
}

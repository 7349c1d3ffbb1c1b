import type { CommandKind } from "./commands/command.js";
import type { CaseEventKind } from "./events/event.js";
import type { RuleName } from "./rules.js";

/** A move as people look it up. What is listed is what the code does: random sequences of moves are held against it. */
export interface MoveEntry {
  readonly does: string;
  /** Whose move it is. */
  readonly who: string;
  readonly writes: readonly CaseEventKind[];
  /** Rules that may stop it, beyond those that stop any move. */
  readonly stoppedBy: readonly RuleName[];
}

/** Rules that may stop any move. */
export const commonRules: readonly RuleName[] = [
  "case-exists",
  "known-move",
  "known-thing",
  "plain-text",
  "readable-time",
  "case-size",
  "case-open",
  "active-person",
  "role-needed",
  "product-only",
  "said-once",
];

/** Written before any move, where something has ended by then. */
export const clockFacts: readonly CaseEventKind[] = ["approval-lapsed", "risk-lapsed", "term-ended"];

const worker = "who leads the track or executes it; of a fix item: the accountable or a responsible role";
const risk = "RISK_SIGNER";

export const moves: Readonly<Record<CommandKind, MoveEntry>> = {
  open: entry("begins a case from a decision", "the product", ["opened"], ["plan-complete"]),
  redecide: entry(
    "takes a newer decision; clocks never get longer; work passes on where a role changed",
    "the product",
    ["redecided", "released"],
    ["same-case", "plan-complete"],
  ),
  verify: entry(
    "computes contained, revoked, fixed, durable from a snapshot; reopens what came back",
    "the product",
    ["verified", "recurred", "reopened"],
    ["newer-snapshot"],
  ),
  mirror: entry("keeps what a ticket elsewhere says; changes nothing", "the product", ["mirrored"], []),
  strip: entry(
    "takes work, requests, orders and command from who has left",
    "the product",
    ["released", "approval-withdrawn", "order-silent", "term-ended"],
    [],
  ),
  tick: entry(
    "carries out a notice that is due, once",
    "the product",
    ["reminded", "escalated", "order-silent"],
    [],
  ),
  claim: entry("takes work", worker, ["claimed"], ["fixer-not-signer"]),
  assign: entry(
    "gives work to somebody who holds a role for it",
    "who answers for the work, the lead, RUNTIME_OWNER; never the commander",
    ["assigned"],
    ["accountable-stays", "not-theirs", "fixer-not-signer"],
  ),
  "give-back": entry("gives work back", "who holds it", ["released"], []),
  start: entry(
    "starts work, and takes it where nobody has",
    worker,
    ["claimed", "started"],
    ["fixer-not-signer"],
  ),
  "finish-contain": entry(
    "says that containment is done",
    worker,
    ["claimed", "finished"],
    ["fixer-not-signer"],
  ),
  "finish-trace": entry("ends the trace with named causes", worker, ["claimed", "traced"], []),
  "sign-cause-unknown": entry(
    "ends the trace without a name, and answers for it",
    risk,
    ["cause-unknown-signed"],
    ["authority-needed", "fixer-not-signer"],
  ),
  "finish-fix": entry(
    "says that an item of the fix is done",
    worker,
    ["claimed", "finished"],
    ["trace-before-fix", "fixer-not-signer"],
  ),
  attest: entry(
    "says that a step of the plan was run",
    "the role of the step",
    ["attested"],
    ["order-of-work", "agreement-needed", "authority-needed", "fixer-not-signer"],
  ),
  "finish-duty": entry(
    "says that a triage or notification is done",
    "IC, SECOPS, INCIDENT_OWNER, else any role of the case",
    ["duty-done"],
    [],
  ),
  "finish-follow-up": entry("settles a follow-up with evidence", "its owner", ["follow-up-done"], []),
  "waive-follow-up": entry(
    "waives a follow-up, with a reason",
    risk,
    ["follow-up-waived"],
    ["authority-needed", "waiver-signed", "fixer-not-signer"],
  ),
  request: entry(
    "asks for an agreement, a control, a privilege change or a signature",
    "any role of the case",
    ["approval-requested"],
    ["authority-needed"],
  ),
  approve: entry(
    "agrees until an end",
    "the role that is asked",
    ["approval-granted"],
    ["authority-needed", "requester-not-approver", "bound-approval", "two-people"],
  ),
  refuse: entry(
    "does not agree, with a reason",
    "the role that is asked",
    ["approval-refused"],
    ["authority-needed", "requester-not-approver", "bound-approval"],
  ),
  withdraw: entry("takes a request back", "who asked", ["approval-withdrawn"], ["bound-approval"]),
  "sign-risk": entry(
    "signs residual risk until a day; the case rests until then",
    risk,
    ["risk-signed"],
    [
      "authority-needed",
      "requester-not-approver",
      "fixer-not-signer",
      "two-people",
      "bound-approval",
      "control-first",
      "contain-first",
    ],
  ),
  "break-glass": entry(
    "lets a step of containment go ahead of its agreement; others are told",
    "the role of the step, IC, SECOPS",
    ["glass-broken"],
    ["emergency-only", "fixer-not-signer"],
  ),
  "review-glass": entry(
    "says whether that was right",
    "EMERGENCY_APPROVER, not who broke it",
    ["glass-reviewed"],
    ["authority-needed", "requester-not-approver"],
  ),
  "declare-incident": entry(
    "declares an incident; the next analysis takes it as a fact",
    "any role of the case",
    ["incident-declared"],
    [],
  ),
  "appoint-commander": entry(
    "appoints a commander for a term",
    "SECOPS, INCIDENT_OWNER, RUNTIME_OWNER, or the roster",
    ["commander-appointed"],
    ["one-commander", "commander-on-roster"],
  ),
  "hand-over": entry(
    "offers the command to another of the roster",
    "the commander",
    ["handover-offered"],
    ["commander-orders", "commander-on-roster", "one-commander"],
  ),
  "accept-hand-over": entry(
    "takes the command over",
    "to whom it is offered",
    ["handover-accepted"],
    ["handover-accepted", "commander-on-roster"],
  ),
  "end-term": entry("ends the term", "the commander, or who appoints", ["term-ended"], []),
  order: entry(
    "orders an action in any domain",
    "the commander",
    ["ordered"],
    ["commander-orders", "order-addressed"],
  ),
  "acknowledge-order": entry(
    "says that an order was heard",
    "whom it asks",
    ["order-acknowledged"],
    ["order-addressed"],
  ),
  "refuse-order": entry(
    "refuses an order, with a reason",
    "whom it asks",
    ["order-refused"],
    ["order-addressed"],
  ),
  "finish-order": entry(
    "says that an order was carried out",
    "whom it asks",
    ["order-done"],
    ["order-addressed"],
  ),
  "withdraw-order": entry("takes an order back", "the commander", ["order-withdrawn"], ["commander-orders"]),
  dispute: entry(
    "says not mine, wrong verdict, or brings counter-evidence",
    "anybody of the organisation",
    ["disputed", "released"],
    [],
  ),
  "answer-dispute": entry(
    "answers a dispute; an answer may pass the work on",
    "of work: who gives it out; of a verdict: IDGOV, SEC_ENG, in an incident SECOPS; of evidence: the lead of the trace, IDGOV, SECOPS",
    ["dispute-answered", "assigned"],
    ["dispute-answerer", "accountable-stays", "not-theirs", "fixer-not-signer"],
  ),
  note: entry("adds a remark; changes nothing", "anybody of the organisation", ["noted"], []),
  close: entry(
    "closes the case",
    "the lead of the case, of containment or of the trace; RISK_SIGNER",
    ["closed"],
    [
      "proof-to-close",
      "trace-to-close",
      "follow-ups-to-close",
      "glass-reviewed",
      "nothing-pending",
      "two-people",
    ],
  ),
  reopen: entry("reopens a closed case, with a reason", "any role of the case", ["reopened"], []),
};

function entry(
  does: string,
  who: string,
  writes: readonly CaseEventKind[],
  stoppedBy: readonly RuleName[],
): MoveEntry {
  return { does, who, writes, stoppedBy };
}

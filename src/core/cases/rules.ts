/**
 * The rules that forbid moves, by the names that refusals carry. Names are fixed: a later version may add, never
 * rename. `source` names the requirement, the rule of decision-rules, or says that the reading is ours.
 */
export const caseRules = {
  "case-exists": { text: "a move needs a case that was opened, and a case is opened once", source: "R40" },
  "known-move": {
    text: "a command is one of the known moves, with the fields that it needs",
    source: "ours",
  },
  "known-thing": {
    text: "a move names work, steps, requests, orders and people that the case has",
    source: "ours",
  },
  "plain-text": { text: "text is there, readable, and not longer than its limit", source: "ours" },
  "readable-time": { text: "times are ISO instants, and an end lies ahead within its limit", source: "ours" },
  "case-size": { text: "a case keeps a bounded number of events", source: "ours" },
  "plan-complete": {
    text: "every task has an owner, and every item of the fix exactly one accountable",
    source: "R25, R30, R11",
  },
  "same-case": {
    text: "an analysis decides the case that it names, and none from before the last one",
    source: "R40",
  },
  "case-open": { text: "work, approvals and orders need a case that is open", source: "R40" },
  "active-person": { text: "who has left holds no live authority and no work", source: "PS-4, ownership 6c" },
  "role-needed": {
    text: "each move belongs to the roles that the decision names for it",
    source: "R30, R47",
  },
  "product-only": {
    text: "what is computed is never ticked: only the product writes it",
    source: "R36, R40",
  },
  "authority-needed": {
    text: "an approval needs a recorded authority of its kind that has not expired",
    source: "R58 to R64",
  },
  "requester-not-approver": { text: "who asks does not approve", source: "PR.AA-05, AC-5" },
  "fixer-not-signer": {
    text: "who makes the fix does not sign the residual risk, and the other way round",
    source: "PR.AA-05, AC-5",
  },
  "two-people": {
    text: "at tier 2 and above the control and the risk have two signers, and who fixed does not close",
    source: "PR.AA-05, AC-5; tiers",
  },
  "bound-approval": {
    text: "an approval is bound to case, scope and end, and is answered once",
    source: "R62",
  },
  "control-first": {
    text: "residual risk is signed on a compensating control that is in force",
    source: "D13, R59, R60",
  },
  "contain-first": {
    text: "what is exploited or declared is contained before its risk can be signed",
    source: "D7, D13",
  },
  "accountable-stays": {
    text: "work goes to who holds the accountable role; orders move no accountability",
    source: "R72, R16, R24",
  },
  "not-theirs": {
    text: "work is not put back on who disputed it before the dispute is answered",
    source: "R47",
  },
  "trace-before-fix": {
    text: 'the fix cannot end while the trace has neither a named cause nor a signed "cause unknown"',
    source: "R34",
  },
  "order-of-work": {
    text: "stop, revoke, trace, rotate, narrow, retest, review: a step waits for those before it",
    source: "order of work",
  },
  "agreement-needed": {
    text: "a step that cuts others off waits for the authority that it names",
    source: "R63, R64, T3",
  },
  "said-once": { text: "what is done, taken or answered already is not done again", source: "ours" },
  "one-commander": { text: "one commander at a time", source: "R70" },
  "commander-on-roster": {
    text: "a commander is on the roster and is appointed for a bounded term",
    source: "R70, T5",
  },
  "commander-orders": { text: "only the commander in term orders", source: "R70, R71" },
  "order-addressed": { text: "an order is answered by whom it asks", source: "R71" },
  "handover-accepted": { text: "a hand-over counts once the other accepts", source: "R70" },
  "waiver-signed": {
    text: "a mandatory follow-up is waived only by a signer who does not own it, with a reason",
    source: "R38",
  },
  "dispute-answerer": {
    text: "a dispute is answered by the role that it concerns, not by who raised it",
    source: "ownership 6b",
  },
  "emergency-only": {
    text: "breaking the glass is for steps of containment that wait for an agreement",
    source: "R63",
  },
  "glass-reviewed": {
    text: "a broken glass is reviewed by somebody else before the case closes",
    source: "R63",
  },
  "newer-snapshot": {
    text: "a verification rests on a snapshot from after the opening and after the last one",
    source: "R36",
  },
  "proof-to-close": {
    text: "a case closes only on a snapshot that shows it contained, fixed and durable",
    source: "R36, R37, R40",
  },
  "trace-to-close": {
    text: 'a case closes with a named cause or a signed "cause unknown"',
    source: "R33, R34",
  },
  "follow-ups-to-close": {
    text: "mandatory follow-ups are done or waived before a case closes",
    source: "R38, D12",
  },
  "nothing-pending": {
    text: "a case closes with no order, request or dispute unanswered",
    source: "R71, R62",
  },
} as const satisfies Readonly<Record<string, { readonly text: string; readonly source: string }>>;

export type RuleName = keyof typeof caseRules;

import { roles } from "../../accountability/index.js";
import { planShape } from "../plan-shape.js";
import {
  count,
  fields,
  list,
  oneOf,
  optional,
  tagged,
  text,
  tri,
  truth,
  type FieldsOf,
  type Shape,
} from "../shape.js";
import type { Asked } from "./authority-events.js";
import type { Place } from "./envelope.js";
import type { CaseEventKind, CaseFact } from "./event.js";
import type { Cause } from "./work-events.js";
import type { Outcome, Retest, RetestedExposure } from "./verification-events.js";

export const role: Shape = oneOf(...roles);
export const track: Shape = oneOf("contain", "trace", "fix");

const shapeOf = <Type>(shapes: FieldsOf<Type>): Shape => fields(shapes);

export const placeShape: Shape = shapeOf<Place>({ track, item: optional(text) });

type AskedOf<Kind extends Asked["kind"]> = Extract<Asked, { readonly kind: Kind }>;
const worded = <Kind extends "control" | "privilege-change" | "residual-risk">(kind: Kind): Shape =>
  shapeOf<AskedOf<Kind>>({ kind: oneOf(kind), text } as unknown as FieldsOf<AskedOf<Kind>>);

export const askedShape: Shape = tagged({
  step: shapeOf<AskedOf<"step">>({ kind: oneOf("step"), step: text, of: role }),
  control: worded("control"),
  "privilege-change": worded("privilege-change"),
  "residual-risk": worded("residual-risk"),
});

export const causeShape: Shape = shapeOf<Cause>({
  what: oneOf("role", "secret", "federated-identity", "service-principal", "person", "flaw", "setting"),
  id: text,
});

export const followUpName: Shape = oneOf("accessReview", "secretRotation", "privilegeReduction");

export const retestShape: Shape = shapeOf<Retest>({
  snapshot: text,
  analysis: text,
  observedAt: text,
  exposures: list(
    shapeOf<RetestedExposure>({
      id: text,
      state: oneOf("open", "fixed", "gone", "muted-external", "unknown"),
      verdict: oneOf("none", "governed", "possible", "unknown"),
    }),
  ),
  revoked: list(fields({ step: text, done: tri })),
  durable: list(text),
  missing: list(text),
});

const outcomeShape: Shape = shapeOf<Outcome>({
  contained: tri,
  revoked: tri,
  fixed: tri,
  durable: tri,
  because: list(text),
});

export const disputeGround: Shape = oneOf("not-mine", "wrong-verdict", "counter-evidence");

type Fact<Kind extends CaseEventKind> = Extract<CaseFact, { readonly kind: Kind }>;
type ShapesOfFacts = { readonly [Kind in CaseEventKind]: Omit<FieldsOf<Fact<Kind>>, "kind"> };

const item = optional(text);

/** The fields of every kind of event, version 1. The type makes sure that no kind and no field is left out. */
const facts: ShapesOfFacts = {
  opened: { plan: planShape },
  redecided: { plan: planShape },
  "incident-declared": { reason: text },
  noted: { text },
  mirrored: { system: text, key: text, status: text },
  claimed: { track, item, person: text },
  assigned: { track, item, person: text, from: optional(text) },
  released: {
    track,
    item,
    person: text,
    because: oneOf("given-back", "not-theirs", "departed", "role-changed"),
  },
  started: { track, item },
  finished: { track, item, text },
  traced: { causes: list(causeShape) },
  "cause-unknown-signed": { reason: text },
  attested: { step: text, text },
  "duty-done": { clock: text, text },
  "follow-up-done": { name: followUpName, evidence: text },
  "follow-up-waived": { name: followUpName, reason: text, notApplicable: truth },
  "approval-requested": { approval: text, asked: askedShape, of: role, reason: text, until: text },
  "approval-granted": { approval: text, until: text },
  "approval-refused": { approval: text, reason: text },
  "approval-withdrawn": { approval: text },
  "approval-lapsed": { approval: text },
  "risk-signed": { approval: text, until: text, reason: text, compensating: list(text) },
  "risk-lapsed": { approval: text },
  "glass-broken": { glass: text, step: text, reason: text, notice: list(role) },
  "glass-reviewed": { glass: text, justified: truth, reason: text },
  "commander-appointed": { person: text, until: text },
  "handover-offered": { to: text },
  "handover-accepted": { person: text },
  "term-ended": { person: text, because: oneOf("ended", "expired", "departed") },
  ordered: {
    order: text,
    to: role,
    person: optional(text),
    action: text,
    step: optional(text),
    answerBy: text,
  },
  "order-acknowledged": { order: text },
  "order-refused": { order: text, reason: text },
  "order-done": { order: text, text },
  "order-silent": { order: text, next: optional(text), answerBy: text },
  "order-withdrawn": { order: text },
  disputed: {
    dispute: text,
    ground: disputeGround,
    reason: text,
    place: optional(placeShape),
    should: optional(role),
    evidence: optional(text),
  },
  "dispute-answered": { dispute: text, upheld: truth, reason: text, person: optional(text) },
  verified: { retest: retestShape, outcome: outcomeShape },
  closed: { reason: text, signer: text, accessPathKey: text },
  reopened: { because: oneOf("way-back", "person"), reason: text },
  recurred: { level: count, signer: optional(text) },
  reminded: { notice: text, to: list(text) },
  escalated: { notice: text, role, to: list(text) },
};

/** Names of all kinds of events, sorted. */
export const eventKinds: readonly CaseEventKind[] = (Object.keys(facts) as CaseEventKind[]).sort();

export const factShape: Shape = tagged(
  Object.fromEntries(
    Object.entries(facts).map(([kind, shapes]) => [kind, fields({ kind: oneOf(kind), ...shapes })]),
  ),
);

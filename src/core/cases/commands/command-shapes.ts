import {
  askedShape,
  causeShape,
  disputeGround,
  followUpName,
  placeShape,
  retestShape,
  role,
  track,
} from "../events/fact-shapes.js";
import { planShape } from "../plan-shape.js";
import { fields, list, oneOf, optional, tagged, text, truth, type FieldsOf, type Shape } from "../shape.js";
import type { Command, CommandKind } from "./command.js";

type Of<Kind extends CommandKind> = Extract<Command, { readonly kind: Kind }>;
type ShapesOfCommands = { readonly [Kind in CommandKind]: Omit<FieldsOf<Of<Kind>>, "kind"> };

const place = { track, item: optional(text) };

/** The fields of every command. The type makes sure that no command and no field is left out. */
const commands: ShapesOfCommands = {
  open: { plan: planShape },
  redecide: { plan: planShape },
  verify: { retest: retestShape },
  mirror: { system: text, key: text, status: text },
  strip: { person: text },
  tick: { notice: text },
  claim: place,
  assign: { ...place, person: text },
  "give-back": place,
  start: place,
  "finish-contain": { text },
  "finish-trace": { causes: list(causeShape) },
  "sign-cause-unknown": { reason: text },
  "finish-fix": { item: text, text },
  attest: { step: text, text },
  "finish-duty": { clock: text, text },
  "finish-follow-up": { name: followUpName, evidence: text },
  "waive-follow-up": { name: followUpName, reason: text },
  request: { asked: askedShape, reason: text, until: text },
  approve: { approval: text, until: optional(text) },
  refuse: { approval: text, reason: text },
  withdraw: { approval: text },
  "sign-risk": { approval: text, reason: text, compensating: list(text), until: optional(text) },
  "break-glass": { step: text, reason: text },
  "review-glass": { glass: text, justified: truth, reason: text },
  "declare-incident": { reason: text },
  "appoint-commander": { person: text, until: text },
  "hand-over": { to: text },
  "accept-hand-over": {},
  "end-term": {},
  order: { to: role, person: optional(text), action: text, step: optional(text), answerBy: optional(text) },
  "acknowledge-order": { order: text },
  "refuse-order": { order: text, reason: text },
  "finish-order": { order: text, text },
  "withdraw-order": { order: text },
  dispute: {
    ground: disputeGround,
    reason: text,
    place: optional(placeShape),
    should: optional(role),
    evidence: optional(text),
  },
  "answer-dispute": { dispute: text, upheld: truth, reason: text, person: optional(text) },
  note: { text },
  close: { reason: text },
  reopen: { reason: text },
};

/** Names of all commands, sorted. */
export const commandKinds: readonly CommandKind[] = (Object.keys(commands) as CommandKind[]).sort();

const shape: Shape = tagged(
  Object.fromEntries(
    Object.entries(commands).map(([kind, shapes]) => [kind, fields({ kind: oneOf(kind), ...shapes })]),
  ),
);

/** Why a value is no command; undefined: it is one. */
export const commandProblem = (value: unknown): string | undefined => shape(value, "");

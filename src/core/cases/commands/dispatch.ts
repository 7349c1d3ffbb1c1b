import { refuse, type Refusal } from "../refusal.js";
import type { CaseState } from "../state.js";
import type { Acting } from "./acting.js";
import { approve, refuseRequest, request, signRisk, withdraw } from "./authority-moves.js";
import { close, note, reopen, verify } from "./closing-moves.js";
import type { Command } from "./command.js";
import {
  acceptHandOver,
  acknowledge,
  appoint,
  declareIncident,
  endTerm,
  finishOrder,
  handOver,
  order,
  refuseOrder,
  withdrawOrder,
} from "./commander-moves.js";
import { answerDispute, dispute } from "./dispute-moves.js";
import type { Move } from "./move.js";
import { attest, breakGlass, finishDuty, finishFollowUp, reviewGlass, waiveFollowUp } from "./step-moves.js";
import { mirror, open, redecide, strip, tick } from "./system-moves.js";
import {
  assign,
  claim,
  finishContain,
  finishFix,
  finishTrace,
  giveBack,
  signCauseUnknown,
  start,
} from "./work-moves.js";

export const noCase = (id: string): Refusal =>
  refuse("case-exists", `case \`${id}\` was not opened`, "an analysis opens it");

/** Moves of the product itself. */
export function systemMove(state: CaseState | undefined, command: Command, acting: Acting): Move {
  if (command.kind === "open")
    return state === undefined
      ? open(command.plan)
      : refuse("case-exists", `case \`${state.id}\` is there already`, "decide it again");
  if (state === undefined) return noCase("");
  switch (command.kind) {
    case "redecide":
      return redecide(state, command.plan, acting);
    case "verify":
      return verify(state, command.retest, acting);
    case "mirror":
      return mirror(command.system, command.key, command.status);
    case "strip":
      return strip(state, command.person, acting);
    case "tick":
      return tick(state, command.notice, acting);
    default:
      return refuse(
        "role-needed",
        `\`${command.kind}\` is a person's move`,
        "send it as the person who makes it",
      );
  }
}

/** Moves of people. */
export function personMove(state: CaseState | undefined, command: Command, acting: Acting): Move {
  if (state === undefined) return noCase("");
  const place = { track: "trace" as const, ...("track" in command ? placeOf(command) : {}) };
  switch (command.kind) {
    case "open":
    case "redecide":
    case "verify":
    case "mirror":
    case "strip":
    case "tick":
      return refuse(
        "product-only",
        `\`${command.kind}\` is computed, not ticked`,
        "import a snapshot: the product verifies it",
      );
    case "claim":
      return claim(state, place, acting);
    case "assign":
      return assign(state, place, command.person, acting);
    case "give-back":
      return giveBack(state, place, acting);
    case "start":
      return start(state, place, acting);
    case "finish-contain":
      return finishContain(state, command.text, acting);
    case "finish-trace":
      return finishTrace(state, command.causes, acting);
    case "sign-cause-unknown":
      return signCauseUnknown(state, command.reason, acting);
    case "finish-fix":
      return finishFix(state, command.item, command.text, acting);
    case "attest":
      return attest(state, command.step, command.text, acting);
    case "finish-duty":
      return finishDuty(state, command.clock, command.text, acting);
    case "finish-follow-up":
      return finishFollowUp(state, command.name, command.evidence, acting);
    case "waive-follow-up":
      return waiveFollowUp(state, command.name, command.reason, acting);
    case "request":
      return request(state, command.asked, command.reason, command.until, acting);
    case "approve":
      return approve(state, command.approval, command.until, acting);
    case "refuse":
      return refuseRequest(state, command.approval, command.reason, acting);
    case "withdraw":
      return withdraw(state, command.approval, acting);
    case "sign-risk":
      return signRisk(state, command, acting);
    case "break-glass":
      return breakGlass(state, command.step, command.reason, acting);
    case "review-glass":
      return reviewGlass(state, command.glass, command.justified, command.reason, acting);
    case "declare-incident":
      return declareIncident(state, command.reason, acting);
    case "appoint-commander":
      return appoint(state, command.person, command.until, acting);
    case "hand-over":
      return handOver(state, command.to, acting);
    case "accept-hand-over":
      return acceptHandOver(state, acting);
    case "end-term":
      return endTerm(state, acting);
    case "order":
      return order(state, command, acting);
    case "acknowledge-order":
      return acknowledge(state, command.order, acting);
    case "refuse-order":
      return refuseOrder(state, command.order, command.reason, acting);
    case "finish-order":
      return finishOrder(state, command.order, command.text, acting);
    case "withdraw-order":
      return withdrawOrder(state, command.order, acting);
    case "dispute":
      return dispute(state, command, acting);
    case "answer-dispute":
      return answerDispute(state, command, acting);
    case "note":
      return note(command.text, acting);
    case "close":
      return close(state, command.reason, acting);
    case "reopen":
      return reopen(state, command.reason, acting);
  }
}

const placeOf = (command: { readonly track: "contain" | "trace" | "fix"; readonly item?: string }) =>
  command.item === undefined ? { track: command.track } : { track: command.track, item: command.item };

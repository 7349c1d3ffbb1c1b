import type { CaseState } from "../../core/cases/index.js";
import { visible } from "../visible-text.js";
import { dayOf, minuteOf } from "../wording.js";
import type { LabelledLine } from "./case-life-view.js";
import { askedWords, followUpWords, stepNumber, triWord } from "./case-words.js";

/** Lines of one block: the label stands once. */
const block = (label: string, lines: readonly string[]): readonly LabelledLine[] =>
  lines.map((text, index) => ({ label: index === 0 ? label : "", text }));

export function followUpLines({ plan, followUps }: CaseState): readonly LabelledLine[] {
  return block(
    "FOLLOW-UP",
    plan.followUps.map(({ name, owner, required, notApplicable }) => {
      const { done, waived } = followUps.find((item) => item.name === name) ?? {};
      const stands =
        done !== undefined
          ? `done ${dayOf(done.at)} by ${done.person}: ${visible(done.evidence)}`
          : waived !== undefined
            ? `waived ${dayOf(waived.at)} by ${waived.signer}: ${visible(waived.reason)}`
            : `open${notApplicable === undefined ? "" : `; may be waived: ${visible(notApplicable)}`}`;
      return `${followUpWords[name]} · ${owner}${required ? "" : " · not mandatory"} · ${stands}`;
    }),
  );
}

export function agreementLines(state: CaseState, now: string): readonly LabelledLine[] {
  return [
    ...block(
      "AGREEMENTS",
      state.approvals.map((item) => {
        const over = item.state === "granted" && Date.parse(item.until) <= Date.parse(now);
        const answer = item.answeredBy === undefined ? "" : ` by ${item.answeredBy}`;
        return `${item.id.padEnd(4)}${over ? "ended" : item.state}${answer} · ${askedWords(state, item)} · asked by ${item.requester}: ${visible(item.reason)} · until ${minuteOf(item.until)}`;
      }),
    ),
    ...block(
      "GLASS",
      state.glass.map(({ id, step, person, reason, review }) => {
        const seen =
          review === undefined
            ? "not reviewed yet"
            : `${review.justified ? "justified" : "not justified"}, says ${review.by}: ${visible(review.reason)}`;
        return `${id.padEnd(4)}${stepNumber(state, step)} broken by ${person}: ${visible(reason)} · ${seen}`;
      }),
    ),
  ];
}

export function commandLines({ commander, handover, orders, plan }: CaseState): readonly LabelledLine[] {
  const term =
    commander === undefined
      ? plan.commanderRequired
        ? ["one is required, and nobody is appointed"]
        : []
      : [
          `${commander.person} until ${minuteOf(commander.until)}, appointed by ${commander.appointedBy}${
            handover === undefined ? "" : ` · offered to ${handover.to}, not accepted yet`
          }`,
        ];
  return [
    ...block("COMMANDER", term),
    ...block(
      "ORDERS",
      orders.map((order) => {
        const silence = order.silences === 0 ? "" : ` · silence ${String(order.silences)} times`;
        const answer =
          order.answeredBy === undefined
            ? `waiting, answer by ${minuteOf(order.answerBy)}`
            : `${order.state} by ${order.answeredBy}${order.answer === undefined ? "" : `: ${visible(order.answer)}`}`;
        return `${order.id.padEnd(4)}${order.to}${order.person === undefined ? "" : ` ${order.person}`}: ${visible(order.action)} · ${answer}${silence}`;
      }),
    ),
  ];
}

export function sayings({ disputes, notes, mirrors }: CaseState): readonly LabelledLine[] {
  return [
    ...block(
      "DISPUTES",
      disputes.map(({ id, ground, by, reason, answer }) => {
        const answered =
          answer === undefined
            ? "unanswered"
            : `${answer.upheld ? "upheld" : "rejected"} by ${answer.by}: ${visible(answer.reason)}`;
        return `${id.padEnd(4)}${ground} says ${by}: ${visible(reason)} · ${answered}`;
      }),
    ),
    ...block(
      "TICKETS",
      mirrors.map(({ system, key, status }) => visible(`${system} ${key}: ${status} · closes nothing here`)),
    ),
    ...block(
      "NOTES",
      notes.map(({ at, person, text }) => `${dayOf(at)} ${person}: ${visible(text)}`),
    ),
  ];
}

/** Computed, never ticked. */
export function provenLines({ verified, proven }: CaseState): readonly LabelledLine[] {
  if (verified === undefined)
    return [
      { label: "PROVEN", text: "nothing yet: documents from after the change are tested by `remit import`" },
    ];
  const { outcome, observedAt } = verified;
  const words = (["contained", "revoked", "fixed", "durable"] as const).map((name) => {
    const since = proven[name];
    return `${name} ${triWord(outcome[name])}${since === undefined ? "" : ` since ${dayOf(since)}`}`;
  });
  return block("PROVEN", [
    `${words.join(" · ")} · as of ${minuteOf(observedAt)}`,
    ...outcome.because.slice(0, 5).map((text) => `  ${visible(text)}`),
    ...(outcome.because.length > 5 ? [`  +${String(outcome.because.length - 5)} more (--format json)`] : []),
  ]);
}

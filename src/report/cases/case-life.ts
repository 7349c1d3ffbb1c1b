import type { CaseEvent } from "../../core/cases/index.js";
import { colourWord } from "../colour.js";
import { withoutArns } from "../short-name.js";
import { padEnd, wrap } from "../text-width.js";
import { visible } from "../visible-text.js";
import { dueText, minuteOf } from "../wording.js";
import { byWords, eventWords } from "./case-words.js";
import { agreementLines, commandLines, followUpLines, provenLines, sayings } from "./case-records.js";
import type { CaseLifeView, LabelledLine } from "./case-life-view.js";
import { nextMoves } from "./case-next.js";
import { trackLines } from "./case-tracks.js";

export interface CaseLifeOptions {
  readonly width: number;
  readonly colour: boolean;
  /** ISO instant. */
  readonly now: string;
  readonly events?: readonly CaseEvent[];
}

const labelWidth = 12;

/** Where a case stands: what, who you are in it, the three tracks, what was agreed and ordered, what is proven, what comes next. */
export function renderCaseLife(view: CaseLifeView, options: CaseLifeOptions): string {
  const width = Math.max(60, Math.min(160, options.width));
  const { state, decided } = view;
  const blocks: readonly (readonly LabelledLine[])[] = [
    [
      { label: "BECAUSE", text: withoutArns(decided.recreation.because) },
      { label: "YOU", text: youWords(view.you) },
    ],
    trackLines(view, options.now),
    [
      ...followUpLines(state),
      ...agreementLines(state, options.now),
      ...commandLines(state),
      ...sayings(state),
    ],
    provenLines(state),
    (options.events ?? []).map((event, index) => ({
      label: index === 0 ? "EVENTS" : "",
      text: `${String(event.sequence).padStart(3)}  ${minuteOf(event.at)}  ${byWords(event)}: ${eventWords(state, event)}`,
    })),
    nextMoves(view, options.now),
  ];
  return `${[
    ...wrap(`${state.id}  ${withoutArns(decided.title)}`, width),
    ...wrap(statusWords(view, options), width - labelWidth).map((line) => " ".repeat(labelWidth) + line),
    ...blocks
      .filter((block) => block.length > 0)
      .flatMap((block) => ["", ...block.flatMap((line) => laid(line, width))]),
  ].join("\n")}\n`;
}

export function laid({ label, text }: LabelledLine, width: number): readonly string[] {
  // Under the text of a numbered line, not under its number.
  const deep = text.startsWith("  ") ? 4 : 0;
  return wrap(visible(text), width - labelWidth - deep).map((line, index) =>
    `${padEnd(index === 0 ? label : "", labelWidth)}${index === 0 ? "" : " ".repeat(deep)}${line}`.trimEnd(),
  );
}

function statusWords({ state, decided }: CaseLifeView, { colour, now }: CaseLifeOptions): string {
  const words = decided.recreation.words;
  const due = state.clocks
    .flatMap(({ due: end, doneAt }) => (end === null || doneAt !== undefined ? [] : [end]))
    .sort();
  return [
    state.status === "accepted" ? "resting on a signature" : state.status,
    colour ? colourWord(words) : words,
    `tier ${String(decided.tier)}`,
    `level ${String(state.level)}${state.recurrences === 0 ? "" : `, came back ${String(state.recurrences)} times`}`,
    ...(state.status === "closed" || due[0] === undefined ? [] : [`due ${dueText(due[0], now)}`]),
    ...(state.incident === undefined ? [] : ["declared an incident"]),
    `event ${String(state.sequence)}`,
  ].join(" · ");
}

function youWords({ roles, authorities, commander }: CaseLifeView["you"]): string {
  const held = [
    ...roles,
    ...authorities.map((kind) => `authority: ${kind}`),
    ...(commander ? ["on the roster of commanders"] : []),
  ];
  return held.length === 0 ? "nothing in this case: you may look, note and dispute" : held.join(", ");
}

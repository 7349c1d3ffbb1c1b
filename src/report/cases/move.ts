import { caseRules, type CaseEvent, type CaseState } from "../../core/cases/index.js";
import type { LabelledLine } from "./case-life-view.js";
import { laid, type CaseLifeOptions } from "./case-life.js";
import { byWords, eventWords } from "./case-words.js";

export interface MoveView {
  readonly case: string;
  readonly done: boolean;
  readonly refused?: {
    readonly rule: string;
    readonly text: string;
    readonly todo?: string;
    readonly roles?: readonly string[];
    readonly people?: readonly string[];
  };
}

/** What a move wrote; or the rule that forbids it, what to do instead, and who may. */
export function renderMove(
  move: MoveView,
  after: { readonly state: CaseState; readonly events: readonly CaseEvent[] } | undefined,
  options: Omit<CaseLifeOptions, "events">,
): string {
  const width = Math.max(60, Math.min(160, options.width));
  const lines = move.refused === undefined ? doneLines(move, after) : refusedLines(move.case, move.refused);
  return `${lines.flatMap((line) => laid(line, width)).join("\n")}\n`;
}

function doneLines(
  move: MoveView,
  after: { readonly state: CaseState; readonly events: readonly CaseEvent[] } | undefined,
): readonly LabelledLine[] {
  if (after === undefined) return [{ label: "DONE", text: move.case }];
  const { state, events } = after;
  return [
    ...events.map((event, index) => ({
      label: index === 0 ? "DONE" : "",
      text: `${byWords(event)}: ${eventWords(state, event)}`,
    })),
    ...(events.length === 0 ? [{ label: "DONE", text: "nothing was left to do" }] : []),
    {
      label: move.case,
      text: `${state.status} · event ${String(state.sequence)} · remit cases show ${move.case}`,
    },
  ];
}

function refusedLines(id: string, refused: NonNullable<MoveView["refused"]>): readonly LabelledLine[] {
  const { rule, text, todo, roles = [], people = [] } = refused;
  const says = Object.entries(caseRules).find(([name]) => name === rule)?.[1];
  const who = [
    ...(people.length === 0 ? [] : [people.join(", ")]),
    ...(roles.length === 0 ? [] : [`whoever is ${roles.join(" or ")}`]),
  ];
  return [
    { label: "REFUSED", text: `${id} · ${text}` },
    { label: "RULE", text: says === undefined ? rule : `${rule}: ${says.text} (${says.source})` },
    ...(todo === undefined || todo === "" ? [] : [{ label: "INSTEAD", text: todo }]),
    ...(who.length === 0 ? [] : [{ label: "WHO MAY", text: who.join("; ") }]),
  ];
}

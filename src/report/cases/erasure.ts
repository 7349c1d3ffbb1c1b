import { visible } from "../visible-text.js";
import { counted, minuteOf } from "../wording.js";

/** What was erased of a person, and what still names them. */
export interface ErasureView {
  readonly pseudonym: string;
  readonly erased: boolean;
  readonly tokens: number;
  readonly sessions: number;
  readonly decisions: number;
  readonly mentions: {
    readonly items: readonly {
      readonly case: string;
      readonly sequence: number;
      readonly at: string;
      readonly kind: string;
      readonly field: string;
    }[];
    readonly more: number;
  };
  readonly catalogues: readonly number[];
}

export function renderErasure(view: ErasureView): string {
  const { pseudonym, erased, tokens, sessions, decisions, mentions, catalogues } = view;
  const { items, more } = mentions;
  const lines = [
    erased
      ? `erased  ${pseudonym} stands for nobody now`
      : `preview  ${pseudonym} would stand for nobody; nothing was changed`,
    `${erased ? "ended" : "would end"}  ${counted(tokens, "token")}, ${counted(sessions, "session")}`,
    `${erased ? "cleared" : "would clear"}  the stored decision of ${counted(decisions, "case")}`,
    "",
    items.length === 0
      ? "no text of the ledger names them"
      : `${counted(items.length + more, "text")} of the ledger ${items.length + more === 1 ? "names" : "name"} them, written by people and part of its hashes: they stay`,
    ...items.map(
      ({ case: of, sequence, at, kind, field }) =>
        `  ${of}  event ${String(sequence)}  ${minuteOf(at)}  ${kind}: ${field}`,
    ),
    ...(more === 0 ? [] : [`  and ${String(more)} more`]),
    catalogues.length === 0
      ? "no version of the catalogue names them"
      : `versions ${catalogues.map(String).join(", ")} of the catalogue name them: kept for good, sealed`,
    "documents that were uploaded may name them: they go with the retention of their kind",
  ];
  return `${lines.map(visible).join("\n")}\n`;
}

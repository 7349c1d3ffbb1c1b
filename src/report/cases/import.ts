import { rejectionText } from "../table-blocks.js";
import { wrap } from "../text-width.js";
import { visible } from "../visible-text.js";
import { counted } from "../wording.js";
import type { Rejection } from "../../core/estate/index.js";

export interface ImportView {
  readonly sent: readonly { readonly kind: string; readonly name: string; readonly bytes: number }[];
  readonly catalogue?: { readonly version: number; readonly notices: readonly Rejection[] };
  readonly opened: readonly string[];
  readonly redecided: readonly string[];
  readonly verified: readonly string[];
  readonly refused: readonly { readonly case: string; readonly rule: string; readonly text: string }[];
  readonly rejected: readonly Rejection[];
}

const mostNamed = 12;
const mostRejected = 20;

/** What was taken in, and what it changed. */
export function renderImport(view: ImportView, width: number): string {
  const room = Math.max(60, Math.min(160, width));
  const of = (kind: string) => view.sent.filter((item) => item.kind === kind);
  const bytes = view.sent.reduce((sum, item) => sum + item.bytes, 0);
  const lines = [
    `imported ${counted(of("estate").length, "estate document")}, ${counted(of("findings").length, "scan")}${
      view.catalogue === undefined ? "" : `, catalogue version ${String(view.catalogue.version)}`
    } · ${sizeWords(bytes)}`,
    changed("opened", view.opened),
    changed("decided anew", view.redecided),
    changed("tested", view.verified),
    ...view.refused.map(({ case: id, rule, text }) => `FAULT    ${id}: ${rule}: ${text}; report it`),
    ...(view.catalogue?.notices ?? []).map((item) => `note     ${rejectionText(item)}`),
    ...view.rejected.slice(0, mostRejected).map((item) => `REJECTED ${rejectionText(item)}`),
    ...(view.rejected.length > mostRejected
      ? [`REJECTED +${String(view.rejected.length - mostRejected)} more (--format json)`]
      : []),
    "",
    "NEXT     remit cases list",
  ];
  return `${lines
    .flatMap((line) =>
      wrap(visible(line), room).map((part, index) => (index === 0 ? part : `         ${part}`)),
    )
    .join("\n")}\n`;
}

function changed(what: string, ids: readonly string[]): string {
  const shown = ids.slice(0, mostNamed).join(", ");
  const more = ids.length > mostNamed ? ` +${String(ids.length - mostNamed)}` : "";
  return `${what.padEnd(12)} ${counted(ids.length, "case")}${ids.length === 0 ? "" : `: ${shown}${more}`}`;
}

function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

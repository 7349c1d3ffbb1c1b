import { visible } from "./visible-text.js";

/** What a check of a ledger came to. */
export interface CheckedLedger {
  readonly whole: boolean;
  readonly events?: number;
  readonly cases?: number;
  readonly head?: string;
  readonly checkpoints?: number;
  readonly keys?: readonly string[];
  readonly signedTo?: number;
  readonly broken?: {
    readonly position: number;
    readonly case?: string;
    readonly sequence?: number;
    readonly because: string;
  };
}

/** Words for a person who has the file and nothing else. */
export function renderLedgerCheck(check: CheckedLedger): string {
  const { broken, events = 0, cases = 0, head = "", checkpoints = 0, keys = [], signedTo = 0 } = check;
  if (broken !== undefined) {
    const where =
      broken.case === undefined ? "" : `, event ${String(broken.sequence ?? "?")} of case ${broken.case}`;
    return `${visible(`broken at ${String(broken.position)}${where}: ${broken.because}`)}\n`;
  }
  const signed =
    checkpoints === 0
      ? "no checkpoint is signed yet"
      : `signed up to ${String(signedTo)} by ${keys.join(", ")}: compare with the key that you were told`;
  return `whole  ${counted(events, "event")} in ${counted(cases, "case")} · last link ${head}\n${signed}\n`;
}

/** Table by table, those that hold something. */
export function renderTransfer(transfer: {
  readonly done: "exported" | "imported";
  readonly file: string;
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
}): string {
  const held = transfer.tables.filter(({ rows }) => rows > 0);
  const width = Math.max(0, ...held.map(({ table }) => table.length));
  const lines = held.map(({ table, rows }) => `  ${table.padEnd(width)}  ${String(rows)}`);
  const total = held.reduce((sum, { rows }) => sum + rows, 0);
  return `${[visible(`${transfer.done}  ${transfer.file} · ${counted(total, "row")}`), ...lines].join("\n")}\n`;
}

const counted = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? "" : "s"}`;

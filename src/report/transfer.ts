import { visible } from "./visible-text.js";
import { minuteOf } from "./wording.js";

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

export interface BackupView {
  readonly done: "backed-up" | "restored";
  readonly folder: string;
  readonly kind: "embedded" | "archive";
  readonly createdAt?: string;
  readonly files: number;
  readonly bytes: number;
  readonly key: "included" | "apart" | "stated" | "checked" | "missing" | "none";
  readonly keyFile?: string;
  readonly ledger?: CheckedLedger;
}

/** What was kept or brought back, and what it takes to read it. */
export function renderBackup(view: BackupView): string {
  const what = `${view.folder} · ${counted(view.files, "file")}, ${(view.bytes / 1e6).toFixed(1)} MB`;
  const made = view.createdAt === undefined ? "" : ` of ${minuteOf(view.createdAt)}`;
  const lines =
    view.done === "backed-up"
      ? [`backed up  ${what}`, `key        ${keyWords(view)}`, `restore    remit db restore ${view.folder}`]
      : [`restored   ${what}${made}`, `key        ${keyWords(view)}`];
  const ledger = view.ledger === undefined ? "" : renderLedgerCheck(view.ledger);
  return `${lines.map(visible).join("\n")}\n${ledger === "" ? "" : `ledger     ${ledger}`}`;
}

const keyWords = ({ key, keyFile }: BackupView): string =>
  ({
    included: "is part of it: whoever has this backup can read everything",
    apart: `keep ${keyFile ?? "the key"} somewhere else, too: without it uploads and names cannot be read`,
    stated: "is what REMIT_SECRET_KEY is: without it uploads and names cannot be read",
    checked: "reads what is sealed",
    missing:
      "is missing: put secret.key into the folder or set REMIT_SECRET_KEY, or uploads and names stay sealed",
    none: "nothing is sealed",
  })[key];

import { z } from "zod";
import { count, text, texts } from "./common.js";

const ledger = z.strictObject({
  whole: z.boolean(),
  events: count.exactOptional(),
  cases: count.exactOptional(),
  head: text.exactOptional().describe("hash of the last link of the chain over all cases"),
  checkpoints: count.exactOptional(),
  keys: texts.exactOptional().describe("ids of the keys that signed the checkpoints"),
  signedTo: count.exactOptional().describe("position of the last event that a checkpoint covers; 0: none"),
  broken: z
    .strictObject({
      position: count.describe("1 is the first event of the ledger"),
      case: text.exactOptional(),
      sequence: count.exactOptional(),
      because: text,
    })
    .exactOptional(),
});

/** `remit.ledger-check/1`: whether the ledger is whole, or the first event that does not hold. */
export const ledgerCheckSchema = ledger
  .extend({ schema: z.literal("remit.ledger-check/1"), file: text.exactOptional() })
  .describe("whether a ledger is whole, or where it breaks first");

export type LedgerCheckDocument = z.infer<typeof ledgerCheckSchema>;

/** `remit.db/1`: what went into an export, or came out of one. */
export const dbSchema = z
  .strictObject({
    schema: z.literal("remit.db/1"),
    done: z.enum(["exported", "imported"]),
    file: text,
    tables: z.array(z.strictObject({ table: text, rows: count, sha256: text })),
    ledger: ledger.exactOptional(),
  })
  .describe("an installation that was moved, table by table");

export type DbDocument = z.infer<typeof dbSchema>;

/** `remit.backup-report/1`: a backup that was made, or one that was restored. */
export const backupSchema = z
  .strictObject({
    schema: z.literal("remit.backup-report/1"),
    done: z.enum(["backed-up", "restored"]),
    folder: text,
    kind: z.enum(["embedded", "archive"]).describe("a copy of the database's files, or everything as rows"),
    createdAt: text.exactOptional(),
    files: count,
    bytes: count,
    key: z
      .enum(["included", "apart", "stated", "checked", "missing", "none"])
      .describe(
        "of a backup: whether the key is part of it, lies apart, or was stated; of a restore: whether it reads what is sealed",
      ),
    keyFile: text.exactOptional().describe("where the key lies that reads the backup"),
    ledger: ledger.exactOptional(),
  })
  .describe("a backup of an installation");

export type BackupDocument = z.infer<typeof backupSchema>;

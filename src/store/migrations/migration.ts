import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { assetOf } from "../asset.js";

/** A step forward. There are none back: the backup that is made before is the way back. */
export interface Migration {
  /** `001-start`: they run in the order of their names. */
  readonly name: string;
  readonly sql: string;
  /** sha256 of the SQL: what ran on this database is what this release holds under the name. */
  readonly checksum: string;
}

/** One more: one file beside this one and one line here. A file that was released is never changed. */
const names = [
  "001-start",
  "002-announcements",
  "003-sessions",
  "004-case-lists",
  "005-wake",
  "006-visibility",
  "007-webhooks",
  "008-sealed-cases",
  "009-import-reports",
  "010-case-changes",
  "011-uploads",
  "012-failing-webhooks",
  "013-covered-by",
] as const;

export const migrations = (): readonly Migration[] => names.map(readMigration);

function readMigration(name: string): Migration {
  // A checkout may have other line ends; what runs is the same.
  const sql = readFileSync(assetOf(`migrations/${name}.sql`), "utf8").replaceAll("\r\n", "\n");
  return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
}

import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultCasePolicy } from "../../core/cases/index.js";
import { openStore } from "../../store/index.js";
import { analyseInProcess } from "./analyse-documents.js";
import { takeTurns, type Installation } from "./installation.js";

export interface InstallationSettings {
  /** REMIT_DATABASE_URL; absent: embedded, below `home`. */
  readonly databaseUrl?: string;
  /** REMIT_HOME. */
  readonly home: string;
  /** REMIT_SECRET_KEY; absent and embedded: one is made and kept in `home`. */
  readonly secret?: string;
  /** ISO instant. */
  readonly now: () => string;
  /** `bin/remit`: what analyses run in. */
  readonly program: string;
}

/** Opens the installation, and makes it where there is none. Rejects with a `StoreFault`. */
export async function openInstallation(settings: InstallationSettings): Promise<Installation> {
  const { databaseUrl, home, now, program } = settings;
  const secret = secretOf(settings);
  const store = await openStore({
    place: databaseUrl === undefined ? { kind: "embedded", home } : { kind: "postgres", url: databaseUrl },
    now,
    ...secret,
  });
  return {
    store,
    now,
    policy: defaultCasePolicy,
    turn: takeTurns(),
    analyse: analyseInProcess(program, secret.secret),
  };
}

/** A key beside the data keeps backups of the database alone unreadable, and no more: operations.md says so. */
function secretOf({ secret, databaseUrl, home }: InstallationSettings): { readonly secret?: string } {
  if (secret !== undefined) return { secret };
  if (databaseUrl !== undefined) return {};
  const file = join(home, "secret.key");
  if (!existsSync(file)) {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  }
  return { secret: readFileSync(file, "utf8").trim() };
}

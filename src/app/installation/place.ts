import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StoreOptions } from "../../store/index.js";

/** Where an installation lies, and what opens it. */
export interface InstallationPlace {
  /** REMIT_DATABASE_URL; absent: embedded, below `home`. */
  readonly databaseUrl?: string;
  /** REMIT_HOME. */
  readonly home: string;
  /** REMIT_SECRET_KEY; absent and embedded: the one that lies in `home`. */
  readonly secret?: string;
  /** ISO instant. */
  readonly now: () => string;
}

export const isEmbedded = ({ databaseUrl }: InstallationPlace): boolean => databaseUrl === undefined;

/** What its store is opened with. Of an embedded one the key lies beside the database, unless it was stated. */
export function storeOptionsOf(place: InstallationPlace): StoreOptions {
  const { databaseUrl, home, now } = place;
  const secret = place.secret ?? (isEmbedded(place) ? keptKey(home) : undefined);
  return {
    place: databaseUrl === undefined ? { kind: "embedded", home } : { kind: "postgres", url: databaseUrl },
    now,
    ...(secret === undefined ? {} : { secret }),
  };
}

const keyFile = (home: string): string => join(home, "secret.key");

const keptKey = (home: string): string | undefined =>
  existsSync(keyFile(home)) ? readFileSync(keyFile(home), "utf8").trim() : undefined;

/** A key beside the data keeps copies of the database alone unreadable, and no more. */
export function makeKey({ home }: InstallationPlace): void {
  if (existsSync(keyFile(home))) return;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeFileSync(keyFile(home), `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
}

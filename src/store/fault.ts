/**
 * Everything that the store ends with. `retry`: the same call may succeed later, and whether the last one took effect
 * is found out by asking again with the same key.
 */
export const storeFaultKinds = {
  locked: { retry: true, hint: "stop the other process, or point REMIT_HOME elsewhere" },
  unavailable: {
    retry: true,
    hint: "check that the database is running and that REMIT_DATABASE_URL reaches it",
  },
  busy: { retry: true, hint: "try again in a moment" },
  full: { retry: true, hint: "free space where the database lies; nothing of the refused change was kept" },
  "wrong-key": { retry: false, hint: "set REMIT_SECRET_KEY to the key that this installation was made with" },
  "no-key": { retry: false, hint: "set REMIT_SECRET_KEY to at least 32 characters" },
  newer: { retry: false, hint: "use the release of Remit that wrote it, or a later one" },
  "changed-migration": { retry: false, hint: "restore the backup that was made before the upgrade" },
  "wrong-database": { retry: false, hint: "PostgreSQL 15 or later with encoding UTF8 is needed" },
  "not-empty": { retry: false, hint: "use an empty place: nothing is ever written over" },
  damaged: { retry: false, hint: "restore a backup" },
  refused: { retry: false, hint: "the ledger is only ever added to" },
  "bad-cursor": { retry: false, hint: "begin the list again without a cursor" },
  "bad-value": {
    retry: false,
    hint: "leave control characters out, and write instants as `2026-11-22T18:00:00Z`",
  },
  "wrong-backup": {
    retry: false,
    hint: "restore it into an embedded folder (`--home`); `remit db export` and `remit db import` move it from there",
  },
  unreadable: { retry: false, hint: "make a new export with `remit db export`" },
  internal: { retry: false, hint: "report it with the message" },
} as const satisfies Readonly<Record<string, { readonly retry: boolean; readonly hint: string }>>;

export type StoreFaultCode = keyof typeof storeFaultKinds;

export interface StoreFault extends Error {
  readonly code: StoreFaultCode;
  readonly retry: boolean;
  readonly hint: string;
}

const marker = Symbol("remit.store-fault");

export function storeFault(code: StoreFaultCode, message: string, cause?: unknown): StoreFault {
  return Object.assign(new Error(message, { cause }), { [marker]: true, code, ...storeFaultKinds[code] });
}

export const isStoreFault = (error: unknown): error is StoreFault =>
  error instanceof Error && marker in error;

/** What PostgreSQL calls an error (SQLSTATE), or what Node calls it where there was no answer. */
const codeOf = (error: unknown): string => {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : "";
};

const connectionCodes: ReadonlySet<string> = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EPIPE", "ENOENT", "EHOSTUNREACH", "EAI_AGAIN"],
]);

/**
 * Values that came from outside and that no column takes (SQLSTATE class 22): no date, a date out of range, NUL in a
 * text, a number out of range.
 */
const valueCodes: ReadonlySet<string> = new Set([
  "22003",
  "22007",
  "22008",
  "22009",
  "22021",
  "22P02",
  "22P05",
]);

/** An error of the driver as a fault of the store; faults of the store pass as they are. */
export function translateError(error: unknown): unknown {
  if (isStoreFault(error)) return error;
  const code = codeOf(error);
  const text = error instanceof Error ? error.message : String(error);
  // 53100 disk_full; a file that may not grow any more (EFBIG) is told in words only.
  if (code === "53100" || /no space left|file too large|disk quota exceeded/i.test(text))
    return storeFault("full", "the disk of the database is full", error);
  // Class 08 connection exceptions, class 57P the server is stopping, starting or was killed.
  if (code.startsWith("08") || code.startsWith("57P") || connectionCodes.has(code))
    return storeFault("unavailable", `the database does not answer: ${text}`, error);
  if (
    /connection terminated|connection error|not queryable|server closed the connection|timeout exceeded when trying to connect/i.test(
      text,
    )
  )
    return storeFault("unavailable", `the database does not answer: ${text}`, error);
  // 53300 too_many_connections, 55P03 lock_not_available, 40001 and 40P01 lost against another transaction.
  if (code === "53300" || code === "55P03" || code === "40001" || code === "40P01")
    return storeFault("busy", `the database is busy: ${text}`, error);
  if (code === "28P01" || code === "28000" || code === "3D000")
    return storeFault("unavailable", `the database refuses the connection: ${text}`, error);
  if (valueCodes.has(code))
    return storeFault("bad-value", `the store takes no such value: ${text.slice(0, 200)}`, error);
  if (code === "XX001" || code === "XX002")
    return storeFault("damaged", `the database is damaged: ${text}`, error);
  // Raised by the triggers of the ledger.
  if (code === "RM001") return storeFault("refused", text, error);
  return error;
}

import type { Console } from "./console.js";
import { fault } from "./errors.js";

/** Options that every question shares, as commander hands them over. */
export interface InputFlags {
  readonly estate?: readonly string[];
  readonly findings?: readonly string[];
  readonly catalogue?: string;
  readonly policy?: string;
  readonly now?: string;
  readonly account?: string;
}

export interface CheckedInputs {
  readonly estate: readonly string[];
  readonly findings: readonly string[];
  readonly catalogue?: string;
  readonly policy?: string;
  readonly now: string;
  readonly account?: string;
  /** Only handed on: never written, shown or remembered. */
  readonly secretKey?: string;
}

/** Shorter keys can be guessed. */
const shortestSecretKey = 32;

/** Checks what can be checked before anything is read. */
export function checkInputs(flags: InputFlags, io: Console): CheckedInputs {
  const estate = flags.estate ?? [];
  const findings = flags.findings ?? [];
  const all = [...estate, ...findings, ...(flags.catalogue === undefined ? [] : [flags.catalogue])];
  if (all.filter((path) => path === "-").length > 1) throw fault("stdin-twice");
  const account = flags.account?.replace(/^aws:/, "");
  if (account !== undefined && !/^\d{12}$/.test(account)) throw fault("bad-account", `\`${account}\``);
  const secretKey = io.env["REMIT_SECRET_KEY"] ?? "";
  if (secretKey !== "" && secretKey.length < shortestSecretKey)
    throw fault("bad-secret-key", String(secretKey.length));
  return {
    estate,
    findings,
    ...(secretKey === "" ? {} : { secretKey }),
    now: flags.now === undefined ? io.now() : instantOf(flags.now),
    ...(flags.catalogue === undefined ? {} : { catalogue: flags.catalogue }),
    ...(flags.policy === undefined ? {} : { policy: flags.policy }),
    ...(account === undefined ? {} : { account }),
  };
}

/** A date or an ISO 8601 instant with its zone; a day means its first moment in UTC. */
export function instantOf(text: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  const time = day || zoned ? Date.parse(text) : NaN;
  // Date.parse turns 31 April into 1 May.
  if (Number.isNaN(time) || (day && !new Date(time).toISOString().startsWith(text)))
    throw fault("bad-time", `\`${text}\``);
  return new Date(time).toISOString();
}

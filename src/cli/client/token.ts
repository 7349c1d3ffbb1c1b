import { readFileSync } from "node:fs";
import type { Console } from "../console.js";
import { fault } from "../errors.js";
import { given } from "../installation.js";

export interface TokenFlags {
  /** Never the token itself: arguments of a process are shown to everybody on the machine. */
  readonly tokenFile?: string;
}

/** As the server sends them out, and a bound for what is read. */
const tokenForm = /^[\x21-\x7e]{8,500}$/;

/** The token of `--token-file`, else of REMIT_TOKEN. Never shown: not in a message either. */
export function readToken({ tokenFile }: TokenFlags, io: Console): string | undefined {
  const text = tokenFile === undefined ? given(io.env["REMIT_TOKEN"]) : fileText(tokenFile);
  if (text === undefined) return undefined;
  const token = text.trim();
  if (!tokenForm.test(token))
    throw fault("bad-token", tokenFile === undefined ? "REMIT_TOKEN" : `\`${tokenFile}\``);
  return token;
}

function fileText(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    throw fault("usage", `\`--token-file ${file}\` cannot be read${code}`, error);
  }
}

import { visible } from "./visible-text.js";

export interface CheckedProof {
  readonly file: string;
  readonly verified: boolean;
  readonly case: string;
  readonly verdict: string;
  readonly paths: number;
  readonly certificates: number;
  readonly documents: number;
  readonly faults: readonly {
    readonly part: string;
    readonly text: string;
    readonly at?: string;
    readonly unfollowed: boolean;
  }[];
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** What was verified, or where it fails: part of the proof, reason, document and pointer. */
export function renderProofCheck(check: CheckedProof): string {
  const size = [
    count(check.paths, "path"),
    count(check.certificates, "certificate"),
    count(check.documents, "document"),
  ].join(", ");
  if (check.verified)
    return `verified  ${check.case} ${check.verdict} · ${size} · worked out anew from the documents, without the engine\n`;
  const lines = check.faults.flatMap(({ part, text, at, unfollowed }) => [
    `${unfollowed ? "not followed" : "fails"}  ${part}  ${text}`,
    ...(at === undefined ? [] : [`    at ${at}`]),
  ]);
  const head = check.case === "" ? "not verified" : `not verified  ${check.case} ${check.verdict} · ${size}`;
  return `${[head, ...lines].map(visible).join("\n")}\n`;
}

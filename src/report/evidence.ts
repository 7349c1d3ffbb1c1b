import { visible } from "./visible-text.js";
import { counted, minuteOf } from "./wording.js";

export interface EvidenceView {
  readonly case: string;
  readonly title: string;
  readonly seal: string;
  readonly files: readonly { readonly name: string; readonly what: string; readonly bytes: number }[];
  readonly cited: readonly unknown[];
  readonly read: readonly unknown[];
}

/** What was written and where; the seal, to be kept somewhere else. */
export function renderEvidence(view: EvidenceView, folder: string): string {
  const names = view.files.map(({ name }) => name.length);
  const width = Math.max(...names, 0);
  return `${[
    `evidence of ${view.case} in ${folder}: ${view.title}`,
    ...view.files.map(({ name, what }) => `  ${name.padEnd(width)}  ${what}`),
    `${counted(view.cited.length, "document")} cited by digest, ${counted(view.read.length, "other")} read; none of them is copied`,
    `seal  ${view.seal}   keep it somewhere else`,
    `check it  remit evidence --verify ${folder}`,
  ]
    .map(visible)
    .join("\n")}\n`;
}

export interface EvidenceCheckView {
  readonly folder: string;
  readonly case: string;
  readonly decidedAt: string;
  readonly seal: string;
  readonly files: number;
  readonly faults: readonly { readonly file: string; readonly text: string }[];
  readonly notes: readonly string[];
  readonly proof: "holds" | "fails" | "not-looked-at" | "none";
}

const proofWords: Readonly<Record<EvidenceCheckView["proof"], string>> = {
  holds: "its proof worked out anew from the documents, without the engine",
  fails: "its proof does not hold",
  "not-looked-at": "its proof is untouched and was not worked out anew",
  none: "it holds no proof",
};

/** Verified, or the file that is not as it was made. */
export function renderEvidenceCheck(view: EvidenceCheckView): string {
  const head = `${view.case} as decided ${minuteOf(view.decidedAt)}`;
  const lines =
    view.faults.length === 0
      ? [
          `verified  ${head} · ${counted(view.files, "file")} as they were written · ${proofWords[view.proof]}`,
        ]
      : [`not verified  ${head}`, ...view.faults.map(({ file, text }) => `fails  ${file}  ${text}`)];
  return `${[...lines, ...view.notes.map((note) => `note  ${note}`), `seal  ${view.seal}`].map(visible).join("\n")}\n`;
}

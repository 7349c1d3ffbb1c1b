import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import {
  broken,
  checkProof,
  proofText,
  type Proof,
  type ProofFault,
  type RawDocument,
} from "../core/proof/index.js";
import { openDocuments } from "./proof-documents.js";
import { proofSetting } from "./proof.js";

export interface ProofCheck {
  readonly case: string;
  readonly verdict: string;
  readonly paths: number;
  readonly certificates: number;
  readonly documents: number;
  /** Where it does not hold; empty: verified. */
  readonly faults: readonly ProofFault[];
}

/** Whether a value has the shape of a proof; the schema is the contract's. */
export type ValidateProof = (
  value: unknown,
) => { readonly proof: Proof } | { readonly where: string; readonly reason: string };

export type ProofCheckAnswer =
  | { readonly kind: "checked"; readonly check: ProofCheck }
  | { readonly kind: "unreadable"; readonly reason: string };

/**
 * Verifies a proof: that nobody touched it, that its documents are those that it speaks of, byte for byte, and that
 * they give, without the engine, what it says. `estate`: where the documents lie now, when not at the paths it names.
 */
export async function checkProofFile(
  path: string,
  validate: ValidateProof,
  estate: readonly string[] = [],
): Promise<ProofCheckAnswer> {
  let text: string;
  try {
    text = path === "-" ? await standardInput() : await readFile(path, "utf8");
  } catch {
    return { kind: "unreadable", reason: `\`${path}\` cannot be opened` };
  }
  return checkProofText(text, path, validate, estate);
}

export async function checkProofText(
  text: string,
  path: string,
  validate: ValidateProof,
  estate: readonly string[] = [],
): Promise<ProofCheckAnswer> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return touched(path, `is no JSON: ${error instanceof Error ? error.message : "it cannot be parsed"}`);
  }
  const valid = validate(value);
  if ("where" in valid) {
    const named =
      typeof value === "object" && value !== null && "schema" in value && value.schema === "remit.proof/1";
    return named
      ? touched(valid.where, valid.reason)
      : {
          kind: "unreadable",
          reason: `\`${path}\` is no \`remit.proof/1\`: ${valid.where}: ${valid.reason}`,
        };
  }
  const { proof } = valid;
  const seals = broken(proof);
  if (seals.length > 0)
    return checked(
      proof,
      seals.map((part) => ({ part, text: "was changed after it was written", unfollowed: false })),
    );
  const first = differsAt(text, proofText(proof));
  if (first !== undefined)
    return checked(proof, [
      { part: `line ${first}`, text: "is not written as a proof is", unfollowed: false },
    ]);
  const { documents, faults } = await documentsOf(proof, estate);
  if (faults.length > 0) return checked(proof, faults);
  return checked(proof, checkProof(await proofSetting(documents, proof.at), proof));
}

const touched = (part: string, text: string): ProofCheckAnswer => ({
  kind: "checked",
  check: {
    case: "",
    verdict: "",
    paths: 0,
    certificates: 0,
    documents: 0,
    faults: [{ part, text, unfollowed: false }],
  },
});

const checked = (proof: Proof, faults: readonly ProofFault[]): ProofCheckAnswer => ({
  kind: "checked",
  check: {
    case: proof.case,
    verdict: proof.verdict,
    paths: proof.paths.length,
    certificates: proof.certificates.length,
    documents: proof.documents.length,
    faults,
  },
});

/** 1-based line of the first difference. */
function differsAt(text: string, wanted: string): number | undefined {
  if (text === wanted) return undefined;
  let at = 0;
  while (at < text.length && text[at] === wanted[at]) at++;
  return text.slice(0, at).split("\n").length;
}

async function documentsOf(
  proof: Proof,
  estate: readonly string[],
): Promise<{ documents: readonly RawDocument[]; faults: readonly ProofFault[] }> {
  const places = estate.length === 0 ? proof.documents.map(({ path }) => path) : await filesOf(estate);
  const { documents: found, unopened } = await openDocuments(places);
  const documents: RawDocument[] = [];
  const faults: ProofFault[] = [];
  proof.documents.forEach(({ path, digest }, index) => {
    const same = found.find((item) => item.digest === digest && (estate.length > 0 || item.path === path));
    if (same !== undefined) {
      documents.push({ ...same, path });
      return;
    }
    const changed = found.find(
      (item) => item.path === path || (estate.length > 0 && basename(item.path) === basename(path)),
    );
    const reason = unopened.find((item) => item.path === path)?.reason;
    faults.push({
      part: `/documents/${index}`,
      text:
        changed !== undefined
          ? `\`${changed.path}\` is not the document that was read: its bytes have changed`
          : `\`${path}\` ${reason ?? "was not found"}; name where it lies with \`--estate\``,
      at: path,
      unfollowed: false,
    });
  });
  return { documents, faults };
}

async function filesOf(estate: readonly string[]): Promise<readonly string[]> {
  const { expandInputPaths } = await import("../readers/index.js");
  const expanded = await expandInputPaths(estate);
  return expanded.flatMap((item) => (item.kind === "file" ? [item.path] : []));
}

async function standardInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

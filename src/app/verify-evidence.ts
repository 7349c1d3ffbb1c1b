import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkProofText, type ValidateProof } from "./check-proof.js";
import { jsonText, manifestName, sealOf, type EvidenceManifest } from "./evidence.js";
import { filesIn, type FoundFile } from "./evidence-files.js";

export interface EvidenceFault {
  /** The file of the folder, or the document that it was made from. */
  readonly file: string;
  readonly text: string;
}

export interface EvidenceCheck {
  readonly case: string;
  readonly decidedAt: string;
  readonly seal: string;
  readonly files: number;
  /** Empty: verified. */
  readonly faults: readonly EvidenceFault[];
  /** What could not be looked at, and what that leaves open. */
  readonly notes: readonly string[];
  /** Whether the proof was worked out anew from its documents. */
  readonly proof: "holds" | "fails" | "not-looked-at" | "none";
}

export type EvidenceAnswer =
  | { readonly kind: "checked"; readonly check: EvidenceCheck }
  | { readonly kind: "unreadable"; readonly reason: string };

/** Whether a value has the shape of a manifest; the schema is the contract's. */
export type ValidateManifest = (
  value: unknown,
) => { readonly manifest: EvidenceManifest } | { readonly where: string; readonly reason: string };

export interface VerifyOptions {
  readonly validateManifest: ValidateManifest;
  readonly validateProof: ValidateProof;
  /** Where the documents lie now, when not at the paths that the proof names. */
  readonly estate: readonly string[];
  /** The seal that was written down elsewhere when the folder was made. */
  readonly seal?: string;
}

/**
 * Verifies a folder without the network and without the engine: every file byte for byte against the manifest, the
 * manifest against its seal, the parts against each other, and the proof anew from its documents where they are at hand.
 */
export async function verifyEvidence(folder: string, options: VerifyOptions): Promise<EvidenceAnswer> {
  const found = await filesIn(folder);
  if (found === undefined)
    return { kind: "unreadable", reason: `\`${folder}\` is no folder that can be read` };
  const read = await manifestIn(folder, options.validateManifest);
  if ("reason" in read) return { kind: "unreadable", reason: read.reason };
  const { manifest, text } = read;
  const faults: EvidenceFault[] = [];
  if (sealOf(manifest) !== manifest.seal || jsonText(manifest) !== text)
    faults.push({ file: manifestName, text: "was changed after it was written" });
  if (options.seal !== undefined && options.seal !== manifest.seal)
    faults.push({ file: manifestName, text: `its seal is ${manifest.seal}, not the one that was given` });
  faults.push(...fileFaults(manifest, found.files, found.odd));
  const notes: string[] = [];
  let proof: EvidenceCheck["proof"] = "none";
  // With a changed file there is nothing left to compare.
  if (faults.length === 0) {
    faults.push(...(await disagreements(folder, manifest)));
    if (manifest.files.some(({ name }) => name === "proof.json")) {
      const outcome = await proofOutcome(folder, options);
      ({ proof } = outcome);
      faults.push(...outcome.faults);
      notes.push(...outcome.notes);
    }
  }
  return {
    kind: "checked",
    check: {
      case: manifest.case,
      decidedAt: manifest.decidedAt,
      seal: manifest.seal,
      files: manifest.files.length,
      faults,
      notes,
      proof,
    },
  };
}

async function manifestIn(
  folder: string,
  validate: ValidateManifest,
): Promise<{ readonly manifest: EvidenceManifest; readonly text: string } | { readonly reason: string }> {
  let text: string;
  try {
    text = await readFile(join(folder, manifestName), "utf8");
  } catch {
    return { reason: `\`${folder}\` holds no \`${manifestName}\`: it is no evidence folder` };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      reason: `\`${manifestName}\` is no JSON: ${error instanceof Error ? error.message : "cut off"}`,
    };
  }
  const valid = validate(value);
  return "manifest" in valid
    ? { manifest: valid.manifest, text }
    : { reason: `\`${manifestName}\` is no \`remit.evidence/1\`: ${valid.where}: ${valid.reason}` };
}

function fileFaults(
  manifest: EvidenceManifest,
  found: readonly FoundFile[],
  odd: readonly string[],
): readonly EvidenceFault[] {
  const byName = new Map(found.map((file) => [file.name, file]));
  const named = new Set(manifest.files.map(({ name }) => name));
  return [
    ...manifest.files.flatMap(({ name, sha256, bytes }): readonly EvidenceFault[] => {
      const file = byName.get(name);
      if (file === undefined) return [{ file: name, text: "is missing" }];
      if (file.digest === sha256) return [];
      const size =
        file.bytes === bytes ? "the same size" : `${String(file.bytes)} bytes instead of ${String(bytes)}`;
      return [
        {
          file: name,
          text: `was changed: sha256 ${file.digest.slice(0, 16)}… instead of ${sha256.slice(0, 16)}…, ${size}`,
        },
      ];
    }),
    ...found
      .filter(({ name }) => name !== manifestName && !named.has(name))
      .map(({ name }) => ({ file: name, text: "is not named by the manifest" })),
    ...odd.map((name) => ({ file: name, text: "is no plain file of the folder" })),
  ];
}

/** Whole files that tell two stories: what the manifest says is what the analysis and the case say. */
async function disagreements(folder: string, manifest: EvidenceManifest): Promise<readonly EvidenceFault[]> {
  const load = async (name: string): Promise<Readonly<Record<string, unknown>>> =>
    JSON.parse(await readFile(join(folder, name), "utf8")) as Readonly<Record<string, unknown>>;
  const names = new Set(manifest.files.map(({ name }) => name));
  const faults: EvidenceFault[] = [];
  if (!names.has("analysis.json") || !names.has("case.json"))
    return [{ file: manifestName, text: "names no analysis or no case" }];
  const [analysis, item] = [await load("analysis.json"), await load("case.json")];
  const cases = Array.isArray(analysis["cases"]) ? (analysis["cases"] as readonly unknown[]) : [];
  const own = cases.find((each) => (each as { readonly id?: unknown }).id === manifest.case);
  if (JSON.stringify(own) !== JSON.stringify(item))
    faults.push({ file: "case.json", text: "is not the case of `analysis.json`" });
  const inputs = Array.isArray(analysis["inputs"])
    ? (analysis["inputs"] as readonly Record<string, unknown>[])
    : [];
  for (const { document, sha256 } of [...manifest.cited, ...manifest.read])
    if (!inputs.some((input) => input["document"] === document && input["digest"] === sha256))
      faults.push({
        file: manifestName,
        text: `\`${document}\` is not what \`analysis.json\` says was read`,
      });
  return faults;
}

async function proofOutcome(
  folder: string,
  { validateProof, estate }: VerifyOptions,
): Promise<Pick<EvidenceCheck, "proof" | "notes" | "faults">> {
  const text = await readFile(join(folder, "proof.json"), "utf8");
  const answer = await checkProofText(text, "proof.json", validateProof, estate);
  if (answer.kind === "unreadable")
    return { proof: "fails", notes: [], faults: [{ file: "proof.json", text: answer.reason }] };
  const { faults } = answer.check;
  const absent = faults.filter(
    (fault) => fault.at !== undefined && /was not found|cannot be opened/.test(fault.text),
  );
  if (absent.length > 0 && absent.length === faults.length)
    return {
      proof: "not-looked-at",
      faults: [],
      notes: [
        `the proof was not worked out anew: ${String(absent.length)} of its documents are not here; name where they lie with \`--estate\``,
      ],
    };
  const open = faults.filter(({ unfollowed }) => unfollowed);
  const broken = faults.filter(({ unfollowed }) => !unfollowed);
  return {
    proof: broken.length > 0 ? "fails" : "holds",
    notes: open.map(({ part, text: reason }) => `proof.json ${part} is not shown independently: ${reason}`),
    faults: broken.map(({ part, text: reason, at }) => ({
      file: at ?? "proof.json",
      text: `${part} ${reason}`,
    })),
  };
}

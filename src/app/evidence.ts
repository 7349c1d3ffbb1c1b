import { readFile } from "node:fs/promises";
import { parse as parseYaml } from "yaml";
import { citationsOf, type Analysis, type Case, type Input } from "../core/decision/index.js";
import { digestOf } from "./evidence-files.js";

/** What a file of an evidence folder is; `manifest.json` names each with its digest. */
export interface EvidenceFile {
  readonly name: string;
  readonly what: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** `remit.evidence/1`: what lies in the folder, and from which documents it was made. The documents stay where they are. */
export interface EvidenceManifest {
  readonly schema: "remit.evidence/1";
  readonly case: string;
  readonly title: string;
  readonly decidedAt: string;
  readonly policyVersion: string;
  readonly product: string;
  readonly files: readonly EvidenceFile[];
  /** Documents that the case cites, by digest of their bytes; their content is not in the folder. */
  readonly cited: readonly CitedDocument[];
  /** Documents that were read and that the case does not cite. */
  readonly read: readonly Omit<CitedDocument, "places">[];
  /** SHA-256 over everything above, as it is written without this field. */
  readonly seal: string;
}

export interface CitedDocument {
  readonly document: string;
  readonly kind: string;
  readonly role: Input["role"];
  readonly sha256: string;
  /** Places in it that the case cites. */
  readonly places: number;
}

export const manifestName = "manifest.json";

/** One way to write it, so that a digest of the text is a digest of the content. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export const sealOf = ({ seal: _seal, ...rest }: EvidenceManifest): string => digestOf(jsonText(rest));

export interface EvidencePart {
  readonly name: string;
  readonly what: string;
  readonly text: string;
}

/** The manifest of the parts of one case; the same parts give the same bytes. */
export function manifestOf(
  analysis: Analysis,
  item: Case,
  parts: readonly EvidencePart[],
  product: string,
): EvidenceManifest {
  const places = new Map<string, number>();
  for (const { document } of citationsOf(item)) places.set(document, (places.get(document) ?? 0) + 1);
  const described = analysis.inputs.map(({ document, kind, role, digest }) => ({
    document,
    kind,
    role,
    sha256: digest,
  }));
  const manifest: EvidenceManifest = {
    schema: "remit.evidence/1",
    case: item.id,
    title: item.title,
    decidedAt: analysis.generatedAt,
    policyVersion: analysis.policyVersion,
    product,
    files: parts
      .map(({ name, what, text }) => ({ name, what, bytes: Buffer.byteLength(text), sha256: digestOf(text) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    cited: described.flatMap((input) => {
      const count = places.get(input.document);
      return count === undefined ? [] : [{ ...input, places: count }];
    }),
    read: described.filter(({ document }) => !places.has(document)),
    seal: "",
  };
  return { ...manifest, seal: sealOf(manifest) };
}

/** The entries of the catalogue that a case cites, as they stand there: not the whole directory of people. */
export interface CatalogueExcerpt {
  readonly schema: "remit.catalogue-excerpt/1";
  readonly document: string;
  readonly sha256: string;
  readonly policy: unknown;
  readonly overrides: unknown;
  readonly entries: readonly { readonly pointer: string; readonly value: unknown }[];
  /** Set where the file is not the one that was read any more. */
  readonly changed?: true;
}

export async function catalogueExcerpt(
  analysis: Analysis,
  item: Case,
): Promise<CatalogueExcerpt | undefined> {
  const input = analysis.inputs.find(({ role }) => role === "catalogue");
  if (input === undefined) return undefined;
  const { document, digest } = input;
  const head = { schema: "remit.catalogue-excerpt/1" as const, document, sha256: digest };
  const none = { ...head, policy: null, overrides: null, entries: [], changed: true as const };
  let bytes: Buffer;
  try {
    bytes = await readFile(document);
  } catch {
    return none; // standard input, or moved since: its digest still says which file it was
  }
  if (digestOf(bytes) !== digest) return none;
  const value = parseYaml(bytes.toString("utf8"), { maxAliasCount: 100, logLevel: "silent" }) as unknown;
  const pointers = [
    ...new Set(
      citationsOf(item).flatMap((evidence) =>
        evidence.document === document && evidence.pointer !== undefined ? [entryOf(evidence.pointer)] : [],
      ),
    ),
  ].sort();
  return {
    ...head,
    policy: at(value, "/policy") ?? null,
    overrides: at(value, "/overrides") ?? null,
    entries: pointers.flatMap((pointer) => {
      const found = at(value, pointer);
      return found === undefined ? [] : [{ pointer, value: found }];
    }),
  };
}

/** `/workloads/2/facts` belongs to the entry `/workloads/2`. */
const entryOf = (pointer: string): string => /^\/[^/]+\/\d+/.exec(pointer)?.[0] ?? pointer;

/** RFC 6901. */
function at(value: unknown, pointer: string): unknown {
  let found = value;
  for (const part of pointer.split("/").slice(1)) {
    if (typeof found !== "object" || found === null) return undefined;
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (!Object.hasOwn(found, key)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return found;
}

import { z } from "zod";
import { count, text, texts } from "./common.js";

const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe("sha256, hex");
/** A name that stays in its folder on every system. */
const fileName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}\.(json|md)$/);

const read = z.strictObject({
  document: text,
  kind: text,
  role: z.enum(["estate", "findings", "catalogue", "policy"]),
  sha256: sha256.describe("of the raw bytes that were read"),
});

/** `remit.evidence/1`: the manifest of a folder. Keys stand in the order in which they are written. */
export const evidenceSchema = z
  .strictObject({
    schema: z.literal("remit.evidence/1"),
    case: text,
    title: text,
    decidedAt: text,
    policyVersion: text,
    product: text,
    files: z.array(z.strictObject({ name: fileName, what: text, bytes: count, sha256 })),
    cited: z
      .array(read.extend({ places: count.describe("places in it that the case cites") }))
      .describe("their content is not in the folder"),
    read: z.array(read).describe("documents that were read and that the case does not cite"),
    seal: sha256.describe("over everything above, as it is written without this field"),
  })
  .describe("What lies in an evidence folder, and from which documents it was made");

/** `remit.evidence-check/1`: whether a folder is as it was made. */
export const evidenceCheckSchema = z
  .strictObject({
    schema: z.literal("remit.evidence-check/1"),
    folder: text,
    verified: z.boolean(),
    case: text,
    decidedAt: text,
    seal: text,
    files: count,
    faults: z.array(z.strictObject({ file: text, text })),
    notes: texts,
    proof: z.enum(["holds", "fails", "not-looked-at", "none"]),
  })
  .describe("Where an evidence folder is not as it was made");

type Manifest = z.infer<typeof evidenceSchema>;

export function validateEvidence(
  value: unknown,
): { readonly manifest: Manifest } | { readonly where: string; readonly reason: string } {
  const parsed = evidenceSchema.safeParse(value);
  if (parsed.success) return { manifest: parsed.data };
  const [issue] = parsed.error.issues;
  return {
    where: `/${(issue?.path ?? []).map(String).join("/")}`,
    reason: issue?.message ?? "is no manifest",
  };
}

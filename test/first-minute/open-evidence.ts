import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Evidence } from "../../src/core/estate/index.js";

/**
 * Opens a piece of evidence in the user's own file the way a person would, with code of its own: the raw bytes, a JSON
 * Pointer (RFC 6901) into them, a second one into a policy that lies there as a string, or a line of a CSV.
 */
export function openEvidence(evidence: Evidence): unknown {
  const bytes = readFileSync(evidence.document);
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (digest !== evidence.digest)
    throw new Error(`${evidence.document} has the digest ${digest}, not ${evidence.digest}`);
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  if (evidence.line !== undefined) {
    const line = text.split(/\r?\n/)[evidence.line - 1];
    if (line === undefined || line === "")
      throw new Error(`${evidence.document} has no line ${String(evidence.line)}`);
    return line;
  }
  let node: unknown = at(JSON.parse(text), evidence.pointer ?? "");
  if (evidence.inner === undefined) return node;
  if (typeof node === "string") node = JSON.parse(node.startsWith("%7B") ? decodeURIComponent(node) : node);
  return at(node, evidence.inner);
}

function at(value: unknown, pointer: string): unknown {
  let node = value;
  for (const token of pointer.split("/").slice(1)) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, key))
      throw new Error(`there is nothing at ${pointer}`);
    node = (node as Readonly<Record<string, unknown>>)[key];
  }
  return node;
}

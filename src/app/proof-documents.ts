import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { parse as parseYaml } from "yaml";
import type { RawDocument } from "../core/proof/index.js";

/** A document that could not be opened again, and why. */
export interface Unopened {
  readonly path: string;
  readonly reason: string;
}

export interface OpenedDocuments {
  readonly documents: readonly RawDocument[];
  readonly unopened: readonly Unopened[];
}

/** V8 holds at most half a gigabyte of text; documents above are followed by the engine alone, and it is said. */
export const mostBytes = 400_000_000;

/**
 * Reads documents for the independent check: bytes, digest, text, and what a JSON or YAML parser makes of it. Nothing
 * of the readers is used, so that an error of theirs is not repeated here.
 */
export async function openDocuments(paths: readonly string[], limit = mostBytes): Promise<OpenedDocuments> {
  const documents: RawDocument[] = [];
  const unopened: Unopened[] = [];
  for (const path of [...new Set(paths)].sort()) {
    const opened = await openDocument(path, limit);
    if ("reason" in opened) unopened.push(opened);
    else documents.push(opened);
  }
  return { documents, unopened };
}

async function openDocument(path: string, limit: number): Promise<RawDocument | Unopened> {
  let bytes: Buffer;
  try {
    const { size } = await stat(path);
    if (size > limit) return { path, reason: `is larger than ${Math.round(limit / 1e6)} MB` };
    bytes = await readFile(path);
  } catch {
    return { path, reason: "cannot be opened" };
  }
  const digest = createHash("sha256").update(bytes).digest("hex");
  const text = textOf(bytes, limit);
  if (text === undefined) return { path, reason: "is no text" };
  const value = valueOf(path, text);
  // What is parsed is not kept as text too: large estates would be held twice.
  return { path, digest, text: value === undefined ? text : "", value };
}

function textOf(bytes: Buffer, limit: number): string | undefined {
  let raw = bytes;
  try {
    if (raw[0] === 0x1f && raw[1] === 0x8b) raw = gunzipSync(raw, { maxOutputLength: limit });
    if (raw[0] === 0xff && raw[1] === 0xfe) return new TextDecoder("utf-16le").decode(raw);
    if (raw[0] === 0xfe && raw[1] === 0xff) return new TextDecoder("utf-16be").decode(raw);
    return new TextDecoder("utf-8", { fatal: true }).decode(raw);
  } catch {
    return undefined;
  }
}

function valueOf(path: string, text: string): unknown {
  const start = text.trimStart()[0];
  try {
    if (start === "{" || start === "[") return JSON.parse(text) as unknown;
  } catch {
    // JSON lines, or a list in YAML.
  }
  if (!/\.ya?ml(\.gz)?$/i.test(path)) return undefined;
  try {
    return parseYaml(text, { maxAliasCount: 100, logLevel: "silent" }) as unknown;
  } catch {
    return undefined;
  }
}

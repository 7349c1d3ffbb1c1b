import { isUtf8 } from "node:buffer";
import { openByteSource, type ByteSource } from "./byte-source.js";
import { jsonStreamLimits, type JsonStreamLimits } from "./limits.js";
import type { RawElement, ScanFault } from "./scan-types.js";
import { createScanner } from "./scanner.js";

export interface JsonElement extends RawElement {
  readonly value: unknown;
}

export interface JsonStreamOptions {
  readonly onElement: (element: JsonElement) => void;
  /** An element that cannot be used; reading goes on behind it. */
  readonly onFault: (fault: ScanFault) => void;
  /** The members of an envelope that stand before its list; called before the first element of the list. */
  readonly onEnvelope?: (head: unknown) => void;
  /** The members that stand behind it; undefined where they are too long or no JSON. Called once the envelope is closed. */
  readonly onEnvelopeEnd?: (tail: unknown) => void;
  readonly onProgress?: (rawBytes: number) => void;
  readonly limits?: Partial<JsonStreamLimits>;
}

export interface JsonStreamResult {
  /** sha256, hex, of the file as it lies on disk. */
  readonly digest: string;
  readonly rawBytes: number;
  /** Bytes of text after decompression and decoding to UTF-8. */
  readonly textBytes: number;
  /** Elements and faulty elements that were found. */
  readonly elements: number;
  /** Lists that were closed properly, empty ones included. */
  readonly lists: number;
  /** Top-level values that are neither list nor object, such as `null`. */
  readonly literals: readonly string[];
  /** Set when the file was not read to its end as JSON: why, and where. */
  readonly stopped?: {
    readonly reason: string;
    readonly hint: string;
    readonly line: number;
    readonly offset: number;
  };
}

/**
 * Streams the elements of a JSON file (list, `Findings` envelope, JSON lines, concatenated or single objects;
 * gzip and UTF-16 too) to `onElement`, one after the other, in memory that does not depend on the size of the
 * file. Never rejects: whatever is wrong with the file is in the result.
 */
export async function readJsonElements(
  from: string | ByteSource,
  options: JsonStreamOptions,
): Promise<JsonStreamResult> {
  const limits = { ...jsonStreamLimits, ...options.limits };
  const source = typeof from === "string" ? openByteSource(from) : from;
  let elements = 0;
  let textBytes = 0;
  const fault = (found: ScanFault): void => {
    elements += 1;
    options.onFault(found);
  };
  const scanner = createScanner(
    {
      element(bytes, at) {
        const value = parse(bytes);
        if (typeof value === "object") {
          elements += 1;
          const { pointer, line, offset, document } = at;
          options.onElement({ pointer, line, offset, document, value: value.json });
        } else fault({ ...at, reason: value });
      },
      fault,
      ...(options.onEnvelope === undefined
        ? {}
        : {
            envelope: (head: Buffer, open: number) => {
              const value = parse(Buffer.concat([head, Buffer.from(`[]${"}".repeat(open)}`)]));
              options.onEnvelope?.(typeof value === "object" ? value.json : undefined);
            },
          }),
      ...(options.onEnvelopeEnd === undefined
        ? {}
        : {
            tail: (rest: Buffer | undefined, open: number) => {
              // As if the list had no name and nothing in it.
              const before = Buffer.from(`${'{"":'.repeat(open)}[]`);
              const value = rest === undefined ? "" : parse(Buffer.concat([before, rest]));
              options.onEnvelopeEnd?.(typeof value === "object" ? value.json : undefined);
            },
          }),
    },
    limits,
  );
  let tooLarge = false;
  for await (const chunk of source.chunks) {
    textBytes += chunk.length;
    if (textBytes > limits.totalBytes) {
      tooLarge = true;
      break;
    }
    scanner.push(chunk);
    options.onProgress?.(source.rawBytes());
  }
  const end = scanner.finish();
  const place = { line: scanner.line(), offset: textBytes };
  const problem = source.fault();
  const stopped = tooLarge
    ? {
        ...place,
        reason: `holds more than the limit of ${limits.totalBytes} bytes of text`,
        hint: "split the file",
      }
    : problem !== undefined
      ? { ...place, ...problem }
      : end.stopped === undefined
        ? undefined
        : { ...end.stopped, hint: "export the file again, or repair it at that place" };
  return {
    digest: source.digest(),
    rawBytes: source.rawBytes(),
    textBytes,
    elements,
    lists: end.lists,
    literals: end.literals,
    ...(stopped === undefined
      ? {}
      : {
          stopped: { reason: stopped.reason, hint: stopped.hint, line: stopped.line, offset: stopped.offset },
        }),
  };
}

/** The value, or what is wrong with it. The parser's own message is dropped: it quotes the text, secrets included. */
function parse(bytes: Buffer): { readonly json: unknown } | string {
  if (!isUtf8(bytes)) return "the element is not UTF-8 text";
  try {
    return { json: JSON.parse(bytes.toString("utf8")) as unknown };
  } catch {
    return "the element is not valid JSON";
  }
}

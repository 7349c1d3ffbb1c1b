import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { pipeline } from "node:stream";

/** The file is not what its first bytes say, or cannot be read: said to the user, never thrown further. */
export interface SourceFault {
  readonly reason: string;
  readonly hint: string;
}

export interface ByteSource {
  /** Text as UTF-8 without byte-order mark, chunk by chunk; ends early when `fault()` is set. */
  readonly chunks: AsyncIterable<Buffer>;
  fault(): SourceFault | undefined;
  /** sha256, hex, of the raw bytes of the file; known once `chunks` has ended. */
  digest(): string;
  /** Raw bytes of the file read so far. */
  rawBytes(): number;
}

const chunkBytes = 1024 * 1024;

/**
 * Opens a file (or standard input for `-`) as UTF-8 text in chunks: gzip is recognised by its first two bytes,
 * UTF-16 by its byte-order mark or the zero bytes beside ASCII. The digest is of the file as it lies on disk. `inside`:
 * the bytes of a file inside an archive, read instead of the path.
 */
export function openByteSource(path: string, inside?: AsyncIterable<Buffer>): ByteSource {
  const hash = createHash("sha256");
  let rawBytes = 0;
  let problem: SourceFault | undefined;
  return {
    chunks: text(),
    fault: () => problem,
    digest: () => hash.copy().digest("hex"),
    rawBytes: () => rawBytes,
  };

  async function* raw(): AsyncGenerator<Buffer> {
    const file =
      inside ?? (path === "-" ? process.stdin : createReadStream(path, { highWaterMark: chunkBytes }));
    for await (const chunk of file as AsyncIterable<Buffer>) {
      hash.update(chunk);
      rawBytes += chunk.length;
      yield chunk;
    }
  }

  async function* text(): AsyncGenerator<Buffer> {
    try {
      const [head, rest] = await withHead(raw(), 4);
      const zipped = head[0] === 0x1f && head[1] === 0x8b;
      const [start, plain] = zipped ? await withHead(gunzip(rest), 4) : [head, rest];
      const encoding = encodingOf(start);
      if (encoding.utf16 === undefined) yield* skipBytes(plain, encoding.bom);
      else yield* fromUtf16(plain, encoding.utf16);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      problem = code.startsWith("Z_")
        ? {
            reason: `damaged or incomplete ${inside === undefined ? "gzip" : "zip"} data`,
            hint: "copy or download the file again",
          }
        : {
            reason: `cannot be read (${code === "" ? "unknown fault" : code})`,
            hint: "check the path and its permissions",
          };
    }
  }
}

async function* gunzip(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const unzip = createGunzip({ chunkSize: chunkBytes });
  // The iteration below reports the fault; `pipeline` wants to be heard as well.
  pipeline(source, unzip, () => undefined);
  for await (const chunk of unzip as AsyncIterable<Buffer>) yield chunk;
}

/** The first bytes of a source, and the source with them still in it. */
async function withHead(
  source: AsyncIterable<Buffer>,
  bytes: number,
): Promise<[Buffer, AsyncIterable<Buffer>]> {
  const iterator = source[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < bytes) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  async function* whole(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  }
  return [head, whole()];
}

function encodingOf(head: Buffer): { readonly utf16?: "utf-16le" | "utf-16be"; readonly bom: number } {
  const [a, b, c, d] = [head[0], head[1], head[2], head[3]];
  if (a === 0xef && b === 0xbb && c === 0xbf) return { bom: 3 };
  if (a === 0xff && b === 0xfe) return { utf16: "utf-16le", bom: 2 };
  if (a === 0xfe && b === 0xff) return { utf16: "utf-16be", bom: 2 };
  if (head.length >= 4 && a !== 0 && b === 0 && c !== 0 && d === 0) return { utf16: "utf-16le", bom: 0 };
  if (head.length >= 4 && a === 0 && b !== 0 && c === 0 && d !== 0) return { utf16: "utf-16be", bom: 0 };
  return { bom: 0 };
}

async function* skipBytes(source: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let skip = bytes;
  for await (const chunk of source) {
    const skipped = Math.min(skip, chunk.length);
    skip -= skipped;
    if (chunk.length > skipped) yield skipped === 0 ? chunk : chunk.subarray(skipped);
  }
}

/** The decoder drops the byte-order mark and keeps half a character for the next chunk. */
async function* fromUtf16(source: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of source) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== "") yield Buffer.from(text);
  }
  const last = decoder.decode();
  if (last !== "") yield Buffer.from(last);
}

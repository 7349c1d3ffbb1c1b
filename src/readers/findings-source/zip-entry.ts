import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { crc32 } from "./crc32.js";
import type { ZipEntry } from "./zip-directory.js";

const chunkBytes = 1024 * 1024;

/** Why an entry cannot be read, before it is tried. */
export function zipEntryFault(
  entry: ZipEntry,
): { readonly reason: string; readonly hint: string } | undefined {
  if (entry.encrypted)
    return { reason: "the file is encrypted in the archive", hint: "unpack the archive first" };
  if (entry.method !== 0 && entry.method !== 8) {
    return {
      reason: `the file is packed by method ${entry.method}; only stored and deflated files are read`,
      hint: "unpack the archive first",
    };
  }
  return undefined;
}

/** The unpacked bytes of an entry. Ends with a fault of code `Z_…` where they are not what the archive promised. */
export async function* zipEntryBytes(path: string, entry: ZipEntry): AsyncGenerator<Buffer> {
  const start = await dataOffset(path, entry);
  let sum = 0;
  let bytes = 0;
  for await (const chunk of unpacked(path, start, entry)) {
    sum = crc32(chunk, sum);
    bytes += chunk.length;
    // More than promised is no archive that a program wrote.
    if (bytes > entry.bytes) throw fault("Z_SIZE");
    yield chunk;
  }
  if (bytes !== entry.bytes || sum !== entry.crc) throw fault("Z_CRC");
}

/** The local header repeats the name and may hold other extra fields than the table of contents. */
async function dataOffset(path: string, entry: ZipEntry): Promise<number> {
  const file = await open(path, "r");
  try {
    const header = Buffer.alloc(30);
    await file.read(header, 0, 30, entry.offset);
    if (header.readUInt32LE(0) !== 0x04034b50) throw fault("Z_HEADER");
    return entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await file.close();
  }
}

async function* unpacked(path: string, start: number, entry: ZipEntry): AsyncGenerator<Buffer> {
  if (entry.packedBytes === 0) return;
  const end = start + entry.packedBytes - 1;
  const raw = createReadStream(path, { start, end, highWaterMark: chunkBytes });
  if (entry.method === 0) {
    for await (const chunk of raw as AsyncIterable<Buffer>) yield chunk;
    return;
  }
  const inflate = createInflateRaw({ chunkSize: chunkBytes });
  // The iteration below reports the fault; `pipeline` wants to be heard as well.
  pipeline(raw, inflate, () => undefined);
  for await (const chunk of inflate as AsyncIterable<Buffer>) yield chunk;
}

const fault = (code: string): Error => Object.assign(new Error("zip entry"), { code });

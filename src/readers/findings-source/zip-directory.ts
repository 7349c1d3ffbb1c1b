import { open, type FileHandle } from "node:fs/promises";
import type { SourceLimits } from "./limits.js";

/** One file of an archive, as its table of contents describes it. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated; others are refused by the one who reads the entry. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Of the local header. */
  readonly offset: number;
}

export type ZipDirectory =
  { readonly entries: readonly ZipEntry[] } | { readonly reason: string; readonly hint: string };

const endRecord = 0x06054b50;
const fileRecord = 0x02014b50;
/** The end record and the longest comment that may follow it (PKWARE APPNOTE 4.3.16). */
const tailBytes = 22 + 0xffff;
const inZip64 = 0xffffffff;

const damaged = {
  reason: "damaged or incomplete zip archive: its table of contents cannot be read",
  hint: "copy or download the archive again",
};

/** The table of contents of a zip file. What does not add up is refused as a whole: nothing of it is believed. */
export async function readZipDirectory(path: string, limits: SourceLimits): Promise<ZipDirectory> {
  const file = await open(path, "r");
  try {
    return await directoryOf(file, limits);
  } finally {
    await file.close();
  }
}

async function directoryOf(file: FileHandle, limits: SourceLimits): Promise<ZipDirectory> {
  const { size } = await file.stat();
  const tail = await bytesAt(file, Math.max(0, size - tailBytes), Math.min(size, tailBytes));
  const at = endRecordAt(tail);
  if (at === undefined) return damaged;
  const count = tail.readUInt16LE(at + 10);
  const bytes = tail.readUInt32LE(at + 12);
  const offset = tail.readUInt32LE(at + 16);
  if (tail.readUInt16LE(at + 4) !== 0 || tail.readUInt16LE(at + 8) !== count)
    return { reason: "part of an archive in several pieces", hint: "unpack the archive first" };
  if (count === 0xffff || bytes === inZip64 || offset === inZip64)
    return { reason: "a zip archive in the Zip64 form is not read", hint: "unpack the archive first" };
  if (count > limits.archiveEntries)
    return {
      reason: `the archive holds ${count} files, more than the limit of ${limits.archiveEntries}`,
      hint: "split the archive, or unpack it first",
    };
  if (bytes > limits.archiveDirectoryBytes || offset + bytes > size) return damaged;
  const entries = parseEntries(await bytesAt(file, offset, bytes), count);
  if (entries === undefined) return damaged;
  // A bomb lets many entries share the same packed bytes (Fifield 2019): real archives never overlap.
  const ordered = [...entries].sort((a, b) => a.offset - b.offset);
  for (const [index, entry] of ordered.entries()) {
    const next = ordered[index + 1]?.offset ?? offset;
    if (entry.offset + 30 + entry.packedBytes > next)
      return { reason: "the files of the archive overlap", hint: "make the archive again" };
  }
  return { entries };
}

function parseEntries(directory: Buffer, count: number): readonly ZipEntry[] | undefined {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== fileRecord) return undefined;
    const flags = directory.readUInt16LE(at + 8);
    const nameBytes = directory.readUInt16LE(at + 28);
    const next = at + 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    if (next > directory.length) return undefined;
    const name = directory.toString((flags & 0x800) === 0 ? "latin1" : "utf8", at + 46, at + 46 + nameBytes);
    entries.push({
      // Shown to people: what moves a cursor or hides text has no place in a name.
      name: name.replaceAll("\\", "/").replaceAll(/\p{C}/gu, "�").slice(0, 400),
      method: directory.readUInt16LE(at + 10),
      encrypted: (flags & 1) === 1,
      crc: directory.readUInt32LE(at + 16),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at = next;
  }
  return entries;
}

/** The last end record whose comment reaches exactly to the end of the file. */
function endRecordAt(tail: Buffer): number | undefined {
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === endRecord && at + 22 + tail.readUInt16LE(at + 20) === tail.length)
      return at;
  }
  return undefined;
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

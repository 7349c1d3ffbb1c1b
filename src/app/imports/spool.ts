import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rm, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { storeFault } from "../../store/index.js";

/**
 * Parts of documents that are being sent, on disk, as they will be kept: compressed and sealed. The file has no name from
 * the moment on that it is open, so that nothing of an upload is left where its process ends, whatever ends it.
 */
export interface Spool {
  readonly write: (part: Uint8Array) => Promise<void>;
  /** Where the next part will lie. */
  readonly end: () => SpoolPlace;
  /** What was written between two places, part by part. */
  readonly read: (from: SpoolPlace, to: SpoolPlace) => AsyncGenerator<Uint8Array>;
  readonly close: () => Promise<void>;
}

/** Of a part, by its number and its first byte. */
export interface SpoolPlace {
  readonly part: number;
  readonly offset: number;
}

const beginning = "upload-";

export async function openSpool(folder: string): Promise<Spool> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${beginning}${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  try {
    await rm(path);
  } catch (error) {
    await file.close();
    throw error;
  }
  const sizes: number[] = [];
  let offset = 0;
  return {
    async write(part) {
      await whole(file, part, offset).catch(told);
      sizes.push(part.length);
      offset += part.length;
    },
    end: () => ({ part: sizes.length, offset }),
    async *read(from, to) {
      let at = from.offset;
      for (const size of sizes.slice(from.part, to.part)) {
        const part = Buffer.allocUnsafe(size);
        for (let read = 0; read < size;) {
          const { bytesRead } = await file.read(part, read, size - read, at + read);
          if (bytesRead === 0) throw new Error("the file of an upload is shorter than what was written");
          read += bytesRead;
        }
        at += size;
        yield part;
      }
    },
    close: () => file.close(),
  };
}

async function whole(file: FileHandle, part: Uint8Array, offset: number): Promise<void> {
  for (let written = 0; written < part.length;) {
    const { bytesWritten } = await file.write(part, written, part.length - written, offset + written);
    written += bytesWritten;
  }
}

const noSpace: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

function told(error: unknown): never {
  if (error instanceof Error && "code" in error && noSpace.has(error.code))
    throw storeFault("full", "there is no space left on the disk for what is being sent", error);
  throw error;
}

/** A process may have ended between making a file and taking its name: what it left is empty. */
export async function sweepSpool(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) if (name.startsWith(beginning)) await rm(join(folder, name), { force: true });
}

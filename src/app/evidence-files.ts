import { createHash, randomBytes } from "node:crypto";
import { mkdir, open, readFile, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

export const digestOf = (bytes: Buffer | string): string => createHash("sha256").update(bytes).digest("hex");

export type Written = { readonly kind: "written" } | { readonly kind: "refused"; readonly reason: string };

/** A folder that is there whole or not at all: written aside, made safe on the disk, then put in its place. */
export async function writeFolder(
  folder: string,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<Written> {
  const target = resolve(folder);
  const taken = await readdir(target).catch((error: unknown) => codeOf(error));
  if (taken === "ENOTDIR") return { kind: "refused", reason: `\`${folder}\` is a file: name a new folder` };
  if (Array.isArray(taken) && taken.length > 0)
    return { kind: "refused", reason: `\`${folder}\` is not empty: name a new folder` };
  const aside = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await mkdir(aside, { recursive: true });
    for (const { name, text } of files) {
      const file = await open(join(aside, name), "wx");
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
    }
    if (Array.isArray(taken)) await rm(target, { recursive: true });
    await rename(aside, target);
    return { kind: "written" };
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    const code = codeOf(error);
    return {
      kind: "refused",
      reason: `\`${folder}\` could not be written${code === "" ? "" : ` (${code})`}`,
    };
  }
}

export interface FoundFile {
  readonly name: string;
  readonly bytes: number;
  readonly digest: string;
}

/** Bounds on what a folder from somebody else may hold: a bundle has eight files. */
const mostFiles = 200;
const mostBytes = 400_000_000;

/** Every file of a folder with its digest; undefined where it cannot be read. Nothing in it is followed elsewhere. */
export async function filesIn(
  folder: string,
): Promise<{ readonly files: readonly FoundFile[]; readonly odd: readonly string[] } | undefined> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return undefined;
  const files: FoundFile[] = [];
  const odd: string[] = [];
  const names = entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  if (names.length > mostFiles)
    odd.push(`${String(names.length - mostFiles)} more entries than are looked at`);
  for (const entry of names.slice(0, mostFiles)) {
    // A link could point anywhere; a bundle has none.
    if (!entry.isFile()) {
      odd.push(entry.name);
      continue;
    }
    const path = join(folder, entry.name);
    const size = (await stat(path)).size;
    if (size > mostBytes) odd.push(entry.name);
    else files.push({ name: entry.name, bytes: size, digest: digestOf(await readFile(path)) });
  }
  return { files, odd };
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

import type { Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { globBase, globToRegExp, isGlob } from "./glob.js";

export type InputPath =
  | {
      readonly kind: "file";
      readonly path: string;
      readonly bytes: number;
      readonly modifiedAt: string;
      /** The folder was given, so that every other file of it is here too. */
      readonly withFolder?: true;
    }
  | { readonly kind: "stdin"; readonly path: "-" }
  | { readonly kind: "missing-path"; readonly path: string; readonly reason: string };

/** What a folder holds beside documents. A file that is named directly is always read. */
const skippedNames = /^(?:\.|node_modules$|readme|licen[cs]e|notice(?:\.|$))|\.md$/i;

export const isSkippedName = (name: string): boolean => skippedNames.test(name);

/** Of a checkout's hidden folders only what says who owns its code and who applies it. */
const keptOfHidden =
  /(?:^|\/)\.git(?:hub|lab)(?:\/CODEOWNERS)?$|(?:^|\/)\.github\/workflows(?:\/[^/]+\.ya?ml)?$/;

const isKept = (path: string, name: string): boolean =>
  /(?:^|\/)\.git(?:hub|lab)(?:\/|$)/.test(path) ? keptOfHidden.test(path) : !isSkippedName(name);

/**
 * Files, folders (all files below, in order of their names), patterns and `-`. Every file once, at its first
 * mention, named as the user wrote it with `/` between folders. Links may form circles: each folder is entered
 * once. A path that does not exist, or a pattern without a match, is a value, not an exception.
 */
export async function expandInputPaths(paths: readonly string[]): Promise<readonly InputPath[]> {
  const found: InputPath[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    for (const input of await expandOne(normalise(path))) {
      if (seen.has(input.path)) continue;
      seen.add(input.path);
      found.push(input);
    }
  }
  return found;
}

async function expandOne(path: string): Promise<readonly InputPath[]> {
  if (path === "-") return [{ kind: "stdin", path: "-" }];
  const status = await statOf(path);
  if (status !== undefined)
    return status.isDirectory() ? wholeFolders(await walk(path)) : [asFile(path, status)];
  if (!isGlob(path))
    return [{ kind: "missing-path", path, reason: `\`${path}\` does not exist or cannot be read` }];
  const base = globBase(path);
  const expression = globToRegExp(path);
  const below = (await statOf(base))?.isDirectory() === true ? await walk(base) : [];
  const matches = below.filter((input) =>
    expression.test(path.startsWith("./") ? `./${input.path}` : input.path),
  );
  return matches.length > 0
    ? matches
    : [{ kind: "missing-path", path, reason: `no file matches \`${path}\`` }];
}

const wholeFolders = (inputs: readonly InputPath[]): readonly InputPath[] =>
  inputs.map((input) => (input.kind === "file" ? { ...input, withFolder: true } : input));

async function walk(top: string): Promise<readonly InputPath[]> {
  const files: InputPath[] = [];
  const entered = new Set<string>();
  const pending = [top];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const real = await realpath(folder).catch(() => undefined);
    if (real === undefined || entered.has(real)) continue;
    entered.add(real);
    const names = await readdir(folder).catch(() => undefined);
    if (names === undefined) {
      files.push({ kind: "missing-path", path: folder, reason: `the folder \`${folder}\` cannot be read` });
      continue;
    }
    for (const name of names) {
      const path = join(folder, name);
      if (!isKept(path, name)) continue;
      const status = await statOf(path);
      if (status === undefined)
        files.push({
          kind: "missing-path",
          path,
          reason: `\`${path}\` is a link to nothing or cannot be read`,
        });
      else if (status.isDirectory()) pending.push(path);
      else if (status.isFile()) files.push(asFile(path, status));
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

const asFile = (path: string, status: Stats): InputPath => ({
  kind: "file",
  path,
  bytes: status.size,
  modifiedAt: status.mtime.toISOString(),
});

const statOf = (path: string): Promise<Stats | undefined> => stat(path).catch(() => undefined);

const join = (folder: string, name: string): string => {
  if (folder === ".") return name;
  return folder.endsWith("/") ? folder + name : `${folder}/${name}`;
};

function normalise(path: string): string {
  const slashed = process.platform === "win32" ? path.replaceAll("\\", "/") : path;
  return slashed.length > 1 ? slashed.replace(/\/+$/, "") : slashed;
}

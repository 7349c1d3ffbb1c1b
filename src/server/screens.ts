import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

/** A file of the screens as it is sent. */
export interface ScreenFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** Its name changes with its contents, so it may be kept for ever. */
  readonly immutable: boolean;
}

/** What was built of src/web: its page, and the files that the page asks for, by their path with `/`. */
export interface Screens {
  readonly page: string;
  readonly files: ReadonlyMap<string, ScreenFile>;
}

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/**
 * Reads them once: a megabyte in memory, no path of a request ever meets the file system, and the page that is open
 * does not mix with a newer build. `folder`: `dist/web`; undefined where the screens were not built.
 */
export async function loadScreens(folder: string): Promise<Screens | undefined> {
  const page = await readFile(join(folder, "index.html"), "utf8").catch(() => undefined);
  if (page === undefined) return undefined;
  const files = new Map<string, ScreenFile>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const place = join(entry.parentPath, entry.name);
    const path = place.slice(folder.length).replaceAll("\\", "/");
    const bytes = new Uint8Array(await readFile(place));
    files.set(path, { bytes, type, immutable: path.startsWith("/assets/") });
  }
  return { page, files };
}

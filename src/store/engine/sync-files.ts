import { closeSync, fsyncSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Makes the names in a folder durable: fsync(2) of a file does not cover the entry that names it. */
export function syncFolder(folder: string): void {
  // Windows opens no folders, and needs none.
  if (process.platform !== "win32") syncPath(folder);
}

/** Makes every file below a folder durable, and the folders. */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) syncFolder(path);
    else if (entry.isFile()) syncPath(path);
  }
  syncFolder(folder);
}

function syncPath(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

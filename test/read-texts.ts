import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadEstate, type LoadedEstate } from "../src/readers/load-estate.js";

/** The estate of files that a test writes down: path inside the folder and text. */
export async function readTexts(
  files: Readonly<Record<string, string>>,
  now?: string,
): Promise<LoadedEstate> {
  const folder = mkdtempSync(join(tmpdir(), "remit-texts-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return await loadEstate([folder], now === undefined ? {} : { now });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

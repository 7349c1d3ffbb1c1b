import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LoadedFindings } from "../../src/readers/index.js";
import { load } from "./load.js";

/** What several files come to together, read in this order; a file has the same name wherever it stands in it. */
export async function loadFiles(...contents: readonly unknown[]): Promise<LoadedFindings> {
  const folder = mkdtempSync(join(tmpdir(), "remit-format-"));
  try {
    const paths = contents.map((content) => {
      const text = typeof content === "string" ? content : JSON.stringify(content);
      const path = join(folder, `${createHash("sha256").update(text).digest("hex").slice(0, 12)}.json`);
      writeFileSync(path, text);
      return path;
    });
    return await load(...paths);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

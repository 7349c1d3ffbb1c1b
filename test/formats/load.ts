import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadFindings, loadReferenceData, type LoadedFindings } from "../../src/readers/index.js";

const reference = loadReferenceData().checks;

export const load = (...paths: readonly string[]): Promise<LoadedFindings> =>
  loadFindings(paths, { reference });

/** A file of `test/fixtures/findings`, written from a published schema. */
export const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/findings/${name}`, import.meta.url));

/** What a file of this content comes to. */
export async function loadContent(
  content: string | Buffer | object,
  name = "f.json",
): Promise<LoadedFindings> {
  const folder = mkdtempSync(join(tmpdir(), "remit-format-"));
  try {
    const path = join(folder, name);
    const bytes = typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content);
    writeFileSync(path, bytes);
    return await load(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The parts of exposures that tests look at, by resource and weakness. */
export const seen = ({ exposures }: LoadedFindings) =>
  exposures.map((each) => [each.resource, each.weakness, each.class, each.state] as const);

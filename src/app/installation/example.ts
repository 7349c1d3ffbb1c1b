import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { sweepClocks } from "../clocks/sweep-clocks.js";
import type { Upload } from "./documents.js";
import type { Installation } from "./installation.js";
import { reanalyse } from "./reanalyse.js";
import { takeInCatalogue, takeInDocuments } from "./take-in.js";

/** The day of the example's findings: its keys grow no older and its authorities do not run out. */
const firstDay = "2026-11-22T12:00:00.000Z";

/** A clock that stood at the example's day when the installation was made, and has run on since. */
export function exampleClock(home: string, real: () => number): () => string {
  const file = join(home, "began");
  if (!existsSync(file)) {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    writeFileSync(file, `${String(real())}\n`, { mode: 0o600 });
  }
  const began = Number(readFileSync(file, "utf8"));
  return () => new Date(Date.parse(firstDay) + Math.max(real() - began, 0)).toISOString();
}

/** Opens the cases of the company in `examples/`, once: what was broken off is begun again. */
export async function takeInExample(installation: Installation, root: string): Promise<void> {
  const { store } = installation;
  if ((await store.snapshots.latest("analysis", "*")) !== undefined) return;
  await takeInDocuments(installation, "estate", filesBelow(root, "examples/estate"));
  await takeInDocuments(installation, "findings", filesBelow(root, "examples/findings"));
  const bytes = readFileSync(join(root, "examples/remit.yaml"));
  const expected = (await store.catalogues.current())?.version ?? 0;
  const taken = await takeInCatalogue(installation, { bytes, expected, by: "operator", note: "the example" });
  if (taken.kind !== "stored") throw new Error("the catalogue of the example cannot be used");
  await reanalyse(installation);
  // What is due on the first day is said before anybody looks.
  await sweepClocks(installation);
}

/** Named from their folder on, as whoever brings a folder of their own would name them. */
const filesBelow = (root: string, folder: string): readonly Upload[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({
      path: relative(join(root, folder), path).split("\\").join("/"),
      bytes: readFileSync(path),
    }));

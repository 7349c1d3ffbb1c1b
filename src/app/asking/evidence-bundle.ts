import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "../../store/index.js";
import { completed, runProgram, writeDocuments } from "../installation/analyse-documents.js";
import type { Bundle } from "./question.js";
import { currentDocuments } from "../installation/documents.js";

/**
 * What `remit evidence CASE` writes, of the last analysis: made by a process of its own that decides the case anew
 * from the documents and proves it. `takenAt`: of that analysis.
 */
export async function evidenceBundle(
  store: Store,
  program: { readonly program: string; readonly secret?: string },
  id: string,
): Promise<Bundle> {
  const analysis = await store.snapshots.latest("analysis", "*");
  if (analysis === undefined) return { kind: "no-case" };
  const { estate, findings } = await currentDocuments(store);
  const catalogue = await store.catalogues.current();
  const bytes = catalogue === undefined ? undefined : await store.catalogues.bytes(catalogue.version);
  const folder = await mkdtemp(join(tmpdir(), "remit-evidence-"));
  try {
    await writeDocuments(join(folder, "estate"), estate);
    await writeDocuments(join(folder, "findings"), findings);
    if (bytes !== undefined) await writeFile(join(folder, "remit.yaml"), bytes, { mode: 0o600 });
    const { exit, said } = await runProgram({ secret: undefined, ...program, cwd: folder }, [
      ...["evidence", id, "--out", "bundle", "--now", analysis.takenAt],
      ...(estate.length > 0 ? ["--estate", "estate"] : []),
      ...(findings.length > 0 ? ["--findings", "findings"] : []),
      ...(bytes === undefined ? [] : ["--catalogue", "remit.yaml"]),
    ]);
    if (exit === 2 && said.includes(`\`${id}\``)) return { kind: "no-case" };
    if (!completed.has(exit)) throw new Error(`the bundle ended with ${String(exit)}: ${said}`);
    const names = (await readdir(join(folder, "bundle"))).sort();
    const files = [];
    for (const name of names) files.push({ name, bytes: await readFile(join(folder, "bundle", name)) });
    return { kind: "bundle", files };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

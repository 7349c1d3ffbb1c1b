import type { Store } from "../../store/index.js";

/** When the last analysis began whose import was told of to its end. */
export async function lastToldAt({ reports }: Pick<Store, "reports">): Promise<string | undefined> {
  return (await reports.imports({ limit: 1 })).items[0]?.at;
}

/** Imports of findings that no report tells of: whoever brought them in ended before. The oldest first. */
export async function untoldImports(
  { findings }: Pick<Store, "findings">,
  told: string | undefined,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await findings.imports({ limit: 100, ...(after === undefined ? {} : { after }) });
    for (const { id, at } of page.items) {
      if (told !== undefined && at <= told) return ids.reverse();
      ids.push(id);
    }
    if (page.next === undefined) return ids.reverse();
    after = page.next;
  }
}

/** Of these digests those that were imported, without those that came with the imports. */
export async function toldOf(
  { findings }: Pick<Store, "findings">,
  digests: readonly string[],
  without: readonly string[],
): Promise<readonly string[]> {
  const untold = new Set<string>();
  for (const id of without) for (const digest of await findings.documentsOf(id)) untold.add(digest);
  return (await findings.imported(digests)).filter((digest) => !untold.has(digest));
}

import type { CatalogueEffect } from "../asking/catalogue-effect.js";
import type { PageRequest } from "../../store/index.js";
import { readCatalogueBytes } from "../installation/catalogue.js";
import type { Installation } from "../installation/installation.js";
import { withNames } from "../installation/people.js";

export interface ShownVersion {
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly note: string;
  readonly digest: string;
  readonly current: boolean;
}

/** Versions of the catalogue, the newest first; people as the catalogue calls them. */
export async function catalogueVersions(
  { store }: Installation,
  page: PageRequest,
): Promise<{ items: ShownVersion[]; next?: string }> {
  const found = await store.catalogues.list(page);
  const current = await store.catalogues.current();
  const items = found.items.map(({ version, digest, storedAt, storedBy, note }) => ({
    version,
    at: storedAt,
    by: storedBy,
    note,
    digest,
    current: version === current?.version,
  }));
  const named = await withNames(store, items);
  return { items: named, ...(found.next === undefined ? {} : { next: found.next }) };
}

/** What is wrong with a catalogue; with `effect` also what would change with it. Stores nothing. */
export async function checkedCatalogue(
  installation: Installation,
  yaml: string,
  effect: boolean,
): Promise<CatalogueEffect> {
  const { catalogue, rejected, notices } = await readCatalogueBytes(
    Buffer.from(yaml, "utf8"),
    installation.now(),
  );
  const valid = catalogue !== undefined && rejected.length === 0;
  const told: CatalogueEffect = { valid, problems: rejected, notices };
  if (!valid || !effect) return told;
  const answer = await installation.asking.ask({ kind: "check-catalogue", yaml });
  return answer?.kind === "answer" ? (answer.document as CatalogueEffect) : told;
}

import type { Rejection } from "../../core/estate/index.js";
import { readCatalogueBytes } from "./catalogue.js";
import type { Upload } from "./documents.js";
import type { Installation } from "./installation.js";

/** Documents of one kind, taken in together. */
export interface TakenIn {
  readonly snapshot: string;
  readonly documents: number;
}

/** Keeps what was uploaded: all of it or nothing. What it says is found out by the next analysis. */
export async function takeInDocuments(
  { store, now }: Installation,
  kind: "estate" | "findings",
  uploads: readonly Upload[],
): Promise<TakenIn> {
  const documents = [];
  for (const { path, bytes } of uploads)
    documents.push({ path, digest: (await store.documents.put(bytes)).digest });
  const { id } = await store.snapshots.add({ kind, scope: "*", takenAt: now(), documents });
  await store.announcements.add("import", { id, kind, documents: documents.length });
  return { snapshot: id, documents: documents.length };
}

export type CatalogueTaken =
  | { readonly kind: "stored"; readonly version: number; readonly notices: readonly Rejection[] }
  | { readonly kind: "conflict"; readonly current: number }
  /** Entries that cannot be used: nothing was stored. */
  | { readonly kind: "unusable"; readonly rejected: readonly Rejection[] };

/**
 * A new version of the catalogue, as a whole or not at all; `expected`: the version that it was edited from; `by`: as the
 * catalogue calls them.
 */
export async function takeInCatalogue(
  { store, now }: Installation,
  change: {
    readonly bytes: Uint8Array;
    readonly expected: number;
    readonly by: string;
    readonly note: string;
  },
): Promise<CatalogueTaken> {
  const { catalogue, rejected, notices } = await readCatalogueBytes(change.bytes, now());
  if (catalogue === undefined || rejected.length > 0) return { kind: "unusable", rejected };
  const changed = await store.catalogues.add({ ...change, by: await store.people.pseudonymOf(change.by) });
  return changed.kind === "conflict"
    ? changed
    : { kind: "stored", version: changed.version.version, notices };
}

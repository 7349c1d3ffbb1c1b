import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Catalogue } from "../../core/accountability/index.js";
import type { Rejection } from "../../core/estate/index.js";
import type { Repositories } from "../../store/index.js";

export interface ReadCatalogue {
  readonly catalogue: Catalogue | undefined;
  readonly rejected: readonly Rejection[];
  readonly notices: readonly Rejection[];
}

export interface CurrentCatalogue {
  readonly version: number;
  readonly bytes: Uint8Array;
  readonly catalogue: Catalogue;
}

/** What the bytes of a catalogue say, with line and column of every fault. `now`: ISO instant. */
export async function readCatalogueBytes(bytes: Uint8Array, now: string): Promise<ReadCatalogue> {
  const { loadCatalogue } = await import("../../readers/index.js");
  const folder = await mkdtemp(join(tmpdir(), "remit-catalogue-"));
  try {
    const path = join(folder, "remit.yaml");
    await writeFile(path, bytes, { mode: 0o600 });
    const { catalogue, rejected, notices } = await loadCatalogue(path, { now });
    const named = (item: Rejection): Rejection => ({ ...item, document: "remit.yaml" });
    return { catalogue, rejected: rejected.map(named), notices: notices.map(named) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The catalogue in force; undefined where none was stored. */
export async function currentCatalogue(
  store: Pick<Repositories, "catalogues">,
  now: string,
): Promise<CurrentCatalogue | undefined> {
  const current = await store.catalogues.current();
  const bytes = current === undefined ? undefined : await store.catalogues.bytes(current.version);
  if (current === undefined || bytes === undefined) return undefined;
  const { catalogue } = await readCatalogueBytes(bytes, now);
  // Only what could be read was stored.
  if (catalogue === undefined)
    throw new Error(`version ${String(current.version)} of the catalogue is unreadable`);
  return { version: current.version, bytes, catalogue };
}

/** The bytes in force, as they were sent. */
export async function storedCatalogue({
  store,
}: {
  readonly store: Pick<Repositories, "catalogues">;
}): Promise<Pick<CurrentCatalogue, "version" | "bytes"> | undefined> {
  const current = await store.catalogues.current();
  const bytes = current === undefined ? undefined : await store.catalogues.bytes(current.version);
  return current === undefined || bytes === undefined ? undefined : { version: current.version, bytes };
}

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

/**
 * Catalogues that were read, by the digest of their bytes: every request asks who somebody is, and the same bytes always
 * say the same. What `now` changes are notices, which are not kept. The last few, so that a change forgets old ones.
 */
const readBefore = new Map<string, Omit<CurrentCatalogue, "version">>();
const mostRead = 4;

/** The catalogue in force; undefined where none was stored. */
export async function currentCatalogue(
  store: Pick<Repositories, "catalogues">,
  now: string,
): Promise<CurrentCatalogue | undefined> {
  const current = await store.catalogues.current();
  if (current === undefined) return undefined;
  const { version, digest } = current;
  const known = readBefore.get(digest);
  if (known !== undefined) return { version, ...known };
  const bytes = await store.catalogues.bytes(version);
  if (bytes === undefined) return undefined;
  const { catalogue } = await readCatalogueBytes(bytes, now);
  // Only what could be read was stored.
  if (catalogue === undefined) throw new Error(`version ${String(version)} of the catalogue is unreadable`);
  readBefore.set(digest, { bytes, catalogue });
  for (const oldest of readBefore.keys())
    if (readBefore.size > mostRead) readBefore.delete(oldest);
    else break;
  return { version, bytes, catalogue };
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

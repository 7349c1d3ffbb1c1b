import type { Store } from "../../store/index.js";
import type { AnalysedDocument } from "./analyse-documents.js";

/** One file of an upload. */
export interface Upload {
  /** Relative, with `/`, as the sender names it. */
  readonly path: string;
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>;
}

/** Documents of the world as it is known now. Findings of every scan count; of an estate document the newest does. */
export async function currentDocuments(store: Store): Promise<{
  readonly estate: readonly AnalysedDocument[];
  readonly findings: readonly AnalysedDocument[];
  /** The newest upload; empty where there is none. */
  readonly snapshot: string;
}> {
  const uploads = await allUploads(store);
  const newest = new Map<string, Held>();
  const scans = new Map<string, Held>();
  const seen = new Set<string>();
  for (const { kind, id, takenAt } of uploads) {
    for (const { path, digest } of await store.snapshots.documents(id)) {
      if (kind === "estate") newest.set(path, { digest, takenAt });
      // The same bytes once, under the name that they came with first.
      else if (!seen.has(digest))
        scans.set(scans.has(path) ? `${id.slice(0, 8)}/${path}` : path, { digest, takenAt });
      if (kind === "findings") seen.add(digest);
    }
  }
  const read = ([path, { digest, takenAt }]: readonly [string, Held]): AnalysedDocument => ({
    path,
    takenAt,
    digest,
    bytes: () => store.documents.bytes(digest),
  });
  return {
    estate: [...newest].map(read),
    findings: [...scans].map(read),
    snapshot: uploads.at(-1)?.id ?? "",
  };
}

interface Held {
  readonly digest: string;
  readonly takenAt: string;
}

/** Oldest first, by when they came: a document that was sent again later is the newer one. */
async function allUploads(store: Store) {
  const found = [];
  for (let after: string | undefined; ;) {
    const page = await store.snapshots.list({}, after === undefined ? {} : { after });
    found.push(...page.items.filter(({ kind }) => kind !== "analysis"));
    if (page.next === undefined) break;
    after = page.next;
  }
  return found.sort((a, b) => (a.storedAt < b.storedAt ? -1 : a.storedAt > b.storedAt ? 1 : 0));
}

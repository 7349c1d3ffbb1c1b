import type { PreparedDocument, SnapshotDocument } from "../../store/index.js";
import type { Installation } from "../installation/installation.js";
import { openSpool, type SpoolPlace } from "./spool.js";

/** A document that is being sent. Its bytes are read once, to their end. */
export interface SentDocument {
  readonly kind: "estate" | "findings";
  /** Relative, with `/`, as the sender names it. */
  readonly path: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

export type TakenUpload =
  | { readonly kind: "taken"; readonly id: string; readonly documents: number; readonly bytes: number }
  | { readonly kind: "empty" }
  /** Two documents of one name that are not the same. */
  | { readonly kind: "ambiguous"; readonly path: string };

/**
 * Takes in what is sent while it is sent: memory holds a part of a document at a time, the disk what is sealed already,
 * the database nothing before the last byte has come. Then all of it is there, or nothing. `by`: as the catalogue calls
 * them. Rejects with what the sender's bytes reject with.
 */
export async function takeUpload(
  { store, now, spool: folder }: Pick<Installation, "store" | "now" | "spool">,
  sent: AsyncIterable<SentDocument>,
  { id, by }: { readonly id: string; readonly by: string },
): Promise<TakenUpload> {
  const spool = await openSpool(folder);
  try {
    const held = new Map<string, Held>();
    for await (const { kind, path, bytes } of sent) {
      const from = spool.end();
      const document = await store.documents.prepare(bytes, spool.write);
      const known = held.get(`${kind} ${path}`);
      if (known !== undefined && known.document.digest !== document.digest)
        return { kind: "ambiguous", path };
      if (known === undefined) held.set(`${kind} ${path}`, { kind, path, document, from, to: spool.end() });
    }
    const all = [...held.values()];
    if (all.length === 0) return { kind: "empty" };
    const bytes = all.reduce((sum, { document }) => sum + document.size, 0);
    const pseudonym = await store.people.pseudonymOf(by);
    await store.transaction(async ({ documents, snapshots, uploads, announcements }) => {
      for (const { document, from, to } of all) await documents.keep(document, spool.read(from, to));
      const at = now();
      for (const kind of ["estate", "findings"] as const) {
        const own = all.filter((item) => item.kind === kind).map(snapshotDocument);
        if (own.length === 0) continue;
        const snapshot = await snapshots.add({ kind, scope: "*", takenAt: at, documents: own });
        await announcements.add("import", { id: snapshot.id, kind, documents: own.length });
      }
      await uploads.add({ id, at, by: pseudonym, documents: all.length, bytes });
    });
    return { kind: "taken", id, documents: all.length, bytes };
  } finally {
    await spool.close();
  }
}

interface Held {
  readonly kind: SentDocument["kind"];
  readonly path: string;
  readonly document: PreparedDocument;
  readonly from: SpoolPlace;
  readonly to: SpoolPlace;
}

const snapshotDocument = ({ path, document }: Held): SnapshotDocument => ({ path, digest: document.digest });

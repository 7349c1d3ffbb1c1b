import type { Analysis } from "../../core/decision/index.js";
import type { Snapshot, Store } from "../../store/index.js";
import type { Installation } from "./installation.js";

interface Read {
  readonly snapshot: string;
  readonly analysis: Promise<Analysis | undefined>;
}

/** Of each store the analysis that was read last: pages ask for the same one again and again. */
const readLast = new WeakMap<Store, Read>();

/** The last analysis document; undefined where nothing was analysed yet. Not to be changed: it is handed out again. */
export async function latestAnalysis(installation: Installation): Promise<Analysis | undefined> {
  const { store } = installation;
  const snapshot = await store.snapshots.latest("analysis", "*");
  if (snapshot === undefined) return undefined;
  const known = readLast.get(store);
  if (known?.snapshot === snapshot.id) return known.analysis;
  const analysis = analysisOf(installation, snapshot);
  readLast.set(store, { snapshot: snapshot.id, analysis });
  // What could not be read is tried again.
  analysis.catch(() => readLast.delete(store));
  return analysis;
}

/** The document of a stored analysis; undefined where it is no longer stored. */
export async function analysisOf(
  { store }: Pick<Installation, "store">,
  { id }: Pick<Snapshot, "id">,
): Promise<Analysis | undefined> {
  const [document] = await store.snapshots.documents(id);
  return document === undefined
    ? undefined
    : (JSON.parse(Buffer.from(await store.documents.bytes(document.digest)).toString("utf8")) as Analysis);
}

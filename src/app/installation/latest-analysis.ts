import type { Analysis } from "../../core/decision/index.js";
import type { Installation } from "./installation.js";

/** The last analysis document; undefined where nothing was analysed yet. */
export async function latestAnalysis({ store }: Installation): Promise<Analysis | undefined> {
  const snapshot = await store.snapshots.latest("analysis", "*");
  const [document] = snapshot === undefined ? [] : await store.snapshots.documents(snapshot.id);
  return document === undefined
    ? undefined
    : (JSON.parse(Buffer.from(await store.documents.bytes(document.digest)).toString("utf8")) as Analysis);
}

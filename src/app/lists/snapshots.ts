import type { PageRequest } from "../../store/index.js";
import type { Installation } from "../installation/installation.js";

export interface StoredAnalysis {
  readonly id: string;
  /** 1 is the first analysis of this installation. */
  readonly number: number;
  readonly at: string;
  readonly current: boolean;
}

/** Analyses that are stored, the newest first. */
export async function storedAnalyses(
  { store }: Installation,
  page: PageRequest,
): Promise<{ items: StoredAnalysis[]; next?: string }> {
  const found = await store.snapshots.list({ kind: "analysis", scope: "*" }, page);
  const latest = await store.snapshots.latest("analysis", "*");
  const items = [];
  for (const { id, takenAt } of found.items)
    items.push({
      id,
      number: await store.snapshots.number({ kind: "analysis", scope: "*", id, takenAt }),
      at: takenAt,
      current: id === latest?.id,
    });
  return { items, ...(found.next === undefined ? {} : { next: found.next }) };
}

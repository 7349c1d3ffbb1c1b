import { createHash } from "node:crypto";
import type { Store } from "../../store/index.js";

interface Counted {
  readonly position: number;
  readonly values: Map<string, unknown>;
}

/** Per store, what was counted since the last event of a finding. */
const knownFindings = new WeakMap<Store, Counted>();
const mostValues = 500;

/**
 * Counts findings once per filter and state: every change of one is an event, so that nothing counted is old. What
 * somebody sees is part of the filter, so that whoever sees something else is counted for anew.
 */
export async function findingsCountedOnce<Value>(
  store: Store,
  what: string,
  filter: object,
  count: () => Promise<Value>,
): Promise<Value> {
  return counted(knownFindings, store, await store.findings.position(), [what, filter], count);
}

async function counted<Value>(
  known: WeakMap<Store, Counted>,
  store: Store,
  position: number,
  asked: readonly unknown[],
  count: () => Promise<Value>,
): Promise<Value> {
  let held = known.get(store);
  if (held?.position !== position) known.set(store, (held = { position, values: new Map() }));
  // Places in sight are many: of them only the digest is kept.
  const key = createHash("sha256").update(JSON.stringify(asked)).digest("base64");
  if (held.values.has(key)) return held.values.get(key) as Value;
  const value = await count();
  if (held.values.size >= mostValues) held.values.clear();
  held.values.set(key, value);
  return value;
}

import type { Store } from "../../store/index.js";

interface Counted {
  readonly position: number;
  readonly values: Map<string, unknown>;
}

/** Per store, what was counted since the last event. Every change of a case is an event, so that nothing counted is old. */
const known = new WeakMap<Store, Counted>();
const mostValues = 500;

/** Counts once per filter and state of the ledger. */
export async function countedOnce<Value>(
  store: Store,
  what: string,
  filter: object,
  count: () => Promise<Value>,
): Promise<Value> {
  const { position } = await store.ledger.head();
  let counted = known.get(store);
  if (counted?.position !== position) known.set(store, (counted = { position, values: new Map() }));
  const key = JSON.stringify([what, filter]);
  if (counted.values.has(key)) return counted.values.get(key) as Value;
  const value = await count();
  if (counted.values.size >= mostValues) counted.values.clear();
  counted.values.set(key, value);
  return value;
}

/** Finds a value or makes it. */
export type Kept<Value> = (key: string, make: () => Value) => Value;

/** Keeps up to `limit` values, then starts again: what an analysis asks for grows with its estate, memory does not. */
export function kept<Value>(limit: number): Kept<Value> {
  const values = new Map<string, Value>();
  return (key, make) => {
    const known = values.get(key);
    if (known !== undefined) return known;
    const value = make();
    if (values.size >= limit) values.clear();
    values.set(key, value);
    return value;
  };
}

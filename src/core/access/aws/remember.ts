/** Remembers up to `limit` values, then starts again: memory stays flat however many questions are asked. */
export function remember<Value>(limit: number): (key: string, make: () => Value) => Value {
  const known = new Map<string, Value>();
  return (key, make) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = make();
    if (known.size >= limit) known.clear();
    known.set(key, value);
    return value;
  };
}

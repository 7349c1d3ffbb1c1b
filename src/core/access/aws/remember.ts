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

/** The same for answers about somebody, an action and a resource: no text is put together to find one. */
export function rememberAnswers<Who, Value>(
  limit: number,
): (who: Who, action: string, resource: string, make: () => Value) => Value {
  const known = new Map<Who, Map<string, Map<string, Value>>>();
  let size = 0;
  return (who, action, resource, make) => {
    const before = known.get(who)?.get(action)?.get(resource);
    if (before !== undefined) return before;
    const value = make();
    if (size >= limit) {
      known.clear();
      size = 0;
    }
    let actions = known.get(who);
    if (actions === undefined) known.set(who, (actions = new Map<string, Map<string, Value>>()));
    let resources = actions.get(action);
    if (resources === undefined) actions.set(action, (resources = new Map<string, Value>()));
    if (!resources.has(resource)) size += 1;
    resources.set(resource, value);
    return value;
  };
}

/** The same for values of very different size: `make` tells how much its value counts towards the limit. */
export function rememberWeighed<Value>(
  limit: number,
): (key: string, make: () => readonly [Value, number]) => Value {
  const known = new Map<string, Value>();
  let weight = 0;
  return (key, make) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const [value, size] = make();
    if (weight >= limit) {
      known.clear();
      weight = 0;
    }
    weight += size + 1;
    known.set(key, value);
    return value;
  };
}

/** Deeper values are no events of ours. */
const mostDepth = 64;

/**
 * One way to write a value (RFC 8785): keys sorted by UTF-16 code units, no white space, numbers as ECMAScript writes
 * them. Keys whose value is undefined are absent. Undefined: the value cannot be written so that every reader reads
 * the same (a number that is not finite, a lone surrogate, a function, a depth without end).
 */
export function canonical(value: unknown, depth = 0): string | undefined {
  if (value === null || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number") return Number.isFinite(value) ? JSON.stringify(value) : undefined;
  if (typeof value === "string") return isWellFormed(value) ? JSON.stringify(value) : undefined;
  if (typeof value !== "object" || depth >= mostDepth) return undefined;
  const parts: string[] = [];
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) {
      const text = canonical(item, depth + 1);
      if (text === undefined) return undefined;
      parts.push(text);
    }
    return `[${parts.join(",")}]`;
  }
  const record = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(record).sort()) {
    if (record[key] === undefined) continue;
    const [name, text] = [canonical(key), canonical(record[key], depth + 1)];
    if (name === undefined || text === undefined) return undefined;
    parts.push(`${name}:${text}`);
  }
  return `{${parts.join(",")}}`;
}

/** No half of a surrogate pair stands alone: UTF-8 could not carry it. */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

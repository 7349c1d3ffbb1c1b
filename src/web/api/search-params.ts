/** Search parameters as they come out of an address: nothing of them is believed. */
export type Raw = Readonly<Record<string, unknown>>;

/** A word of at most 300 characters; a number that somebody searched for is a word too. */
export function word(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text !== "" ? text.slice(0, 300) : undefined;
}

export function oneOf<const Value extends string>(
  value: unknown,
  allowed: readonly Value[],
): Value | undefined {
  return allowed.find((candidate) => candidate === value);
}

export const wholeNumber = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;

export const switchedOn = (value: unknown): true | undefined =>
  value === true || value === "true" ? true : undefined;

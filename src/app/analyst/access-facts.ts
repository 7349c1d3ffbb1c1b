import { factsOfAccess } from "../../core/access/index.js";
import type { Estate } from "../../core/estate/index.js";

/**
 * Whether two estates have the same facts that answers about access may rest on, each with the document and the place
 * that it is from. Compared one by one: nothing is read beyond the first that differs.
 */
export const sameAccessFacts = (one: Estate, other: Estate): boolean =>
  factsOfAccess.every((name) => {
    const own: readonly unknown[] = one[name];
    const others: readonly unknown[] = other[name];
    return own.length === others.length && own.every((fact, at) => isSame(fact, others[at]));
  });

const isSame = (one: unknown, other: unknown): boolean => one === other || textOf(one) === textOf(other);

const textOf = (fact: unknown): string => JSON.stringify(fact, plain);

/** Maps and sets as lists, in their order. */
const plain = (_: string, value: unknown): unknown =>
  value instanceof Map ? [...value] : value instanceof Set ? [...value] : value;

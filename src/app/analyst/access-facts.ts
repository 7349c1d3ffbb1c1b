import { createHash } from "node:crypto";
import { factsOfAccess } from "../../core/access/index.js";
import type { Estate } from "../../core/estate/index.js";

/** sha256 of every fact that answers about access may rest on, with the document and the place that each is from. */
export function accessFactsDigest(estate: Estate): string {
  const hash = createHash("sha256");
  for (const name of factsOfAccess) {
    hash.update(`\n${name}\n`);
    for (const fact of estate[name]) hash.update(`${JSON.stringify(fact, plain)}\n`);
  }
  return hash.digest("hex");
}

/** Maps and sets as lists, in their order. */
const plain = (_: string, value: unknown): unknown =>
  value instanceof Map ? [...value] : value instanceof Set ? [...value] : value;

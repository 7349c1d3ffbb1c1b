import type { Evidence } from "../../core/estate/index.js";

/** What an address says of an evidence: enough to find it in the case again. */
export const keyOfEvidence = ({ digest, pointer, inner, line }: Evidence): string =>
  [digest.slice(0, 12), pointer ?? "", inner ?? "", line === undefined ? "" : String(line)].join("~");

/** Every evidence that a document cites, wherever it stands in it. */
export function evidenceOf(value: unknown): ReadonlyMap<string, Evidence> {
  const found = new Map<string, Evidence>();
  const walk = (part: unknown): void => {
    if (typeof part !== "object" || part === null) return;
    if (isEvidence(part)) found.set(keyOfEvidence(part), part);
    for (const inside of Object.values(part)) walk(inside);
  };
  walk(value);
  return found;
}

const isEvidence = (part: object): part is Evidence =>
  "digest" in part && "excerpt" in part && "document" in part && typeof part.digest === "string";

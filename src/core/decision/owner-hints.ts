import { ownerTags, type OwnershipHint } from "../accountability/index.js";
import type { Exposure } from "../findings/index.js";
import { compareText } from "./sorting.js";

/**
 * Whom the findings of an exposure name, each once per tool, with the newest row that says so: owner tags as the tool saw
 * them, and what the tool keeps of its own.
 */
export function ownerHintsOf({ findings }: Exposure): readonly OwnershipHint[] {
  const hints = new Map<string, OwnershipHint>();
  const add = (hint: OwnershipHint): void => {
    const key = JSON.stringify([hint.kind, hint.who, hint.about ?? "", hint.tool]);
    const known = hints.get(key);
    if (known === undefined || (known.observedAt ?? "") < (hint.observedAt ?? "")) hints.set(key, hint);
  };
  for (const { tool, lastSeen, tags = {}, ownerHints = [], evidence } of findings) {
    const [row] = evidence;
    if (row === undefined) continue;
    for (const { kind, key, raw, at } of ownerTags(tags)) {
      const seen = kind === "committer" ? at : lastSeen;
      const excerpt = `tag ${key} = ${raw}`.slice(0, mostExcerpt);
      add({ kind, who: raw, about: key, tool, ...observed(seen), evidence: { ...row, excerpt } });
    }
    for (const { kind, who, about } of ownerHints) {
      const excerpt = `${kind} ${who}${about === undefined ? "" : ` (${about})`}`.slice(0, mostExcerpt);
      const said = about === undefined ? {} : { about };
      add({ kind, who, ...said, tool, ...observed(lastSeen), evidence: { ...row, excerpt } });
    }
  }
  return [...hints].sort(([a], [b]) => compareText(a, b)).map(([, hint]) => hint);
}

const mostExcerpt = 400;

const observed = (at: string | undefined): Pick<OwnershipHint, "observedAt"> =>
  at === undefined ? {} : { observedAt: at };

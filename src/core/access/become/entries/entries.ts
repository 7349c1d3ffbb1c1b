import type { PrincipalId } from "../../../estate/index.js";
import type { Entry } from "../../become.js";
import type { EntryParts } from "./entry.js";
import { applySanction } from "./sanction.js";
import { workloadEntries } from "./service.js";
import { rootEntries, secretEntries, userEntries } from "./standing.js";
import { statedEntries } from "./stated.js";
import { trustEntries } from "./trust.js";

/** Every way into an identity from outside the set of identities, worst band first, then by what is known and label. */
export function entriesFor(parts: EntryParts, id: PrincipalId): readonly Entry[] {
  const { model } = parts;
  const index = model.index(id);
  if (index === undefined || !model.isIdentity(index)) return [];
  const principal = model.principal(index);
  if (principal === undefined) {
    const account = model.account(index);
    return account === undefined ? [] : rootEntries(parts, { id, account });
  }
  const found: Entry[] = [];
  if (principal.kind === "root") found.push(...rootEntries(parts, principal));
  else if (principal.kind === "user") found.push(...userEntries(parts, principal));
  else {
    found.push(...secretEntries(parts, principal));
    if (principal.kind === "role") found.push(...trustEntries(parts, principal));
  }
  const running = new Set(found.map(({ starter }) => starter));
  for (const entry of workloadEntries(parts, principal)) if (!running.has(entry.starter)) found.push(entry);
  found.push(...statedEntries(parts, principal));
  return found.map((entry) => applySanction(parts, principal, entry)).sort(worstFirst);
}

const certaintyRank = (entry: Entry): number =>
  (entry.verdict === true ? 0 : 2) + (entry.certainty === "certain" ? 0 : 1);

const worstFirst = (a: Entry, b: Entry): number =>
  a.band - b.band ||
  certaintyRank(a) - certaintyRank(b) ||
  compare(a.label, b.label) ||
  compare(a.starter, b.starter);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

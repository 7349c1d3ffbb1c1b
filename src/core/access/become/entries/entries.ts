import type { PrincipalId } from "../../../estate/index.js";
import type { Entry } from "../../become.js";
import { globMatches } from "../../glob.js";
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
  const federated = found.filter(({ kind }) => kind === "federated-workload");
  for (const entry of workloadEntries(parts, principal)) {
    if (running.has(entry.starter) || federated.some(({ starter }) => isTheSameWay(entry, starter))) continue;
    found.push(entry);
  }
  found.push(...statedEntries(parts, principal));
  return found.map((entry) => applySanction(parts, principal, entry)).sort(worstFirst);
}

/**
 * A pipeline enters by the token that the role's trust admits: where its repository is one of the trusted subjects it
 * is that entry, not a second one beside it (a sanction names the subject).
 */
function isTheSameWay(entry: Entry, subject: string): boolean {
  const repository = entry.kind === "pipeline" ? entry.starter.split("#")[0] : undefined;
  return (
    repository !== undefined && globMatches(subject.split(":").slice(0, 2).join(":"), `repo:${repository}`)
  );
}

const certaintyRank = (entry: Entry): number =>
  (entry.verdict === true ? 0 : 2) + (entry.certainty === "certain" ? 0 : 1);

const worstFirst = (a: Entry, b: Entry): number =>
  a.band - b.band ||
  certaintyRank(a) - certaintyRank(b) ||
  compare(a.label, b.label) ||
  compare(a.starter, b.starter);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

import type { Answerable, Role } from "../../accountability/index.js";
import type { Case } from "../analysis.js";
import type { Contact } from "./playbook.js";

const rank = { can: 0, unknown: 1, cannot: 2 } as const;

/** Everybody that a case names for each role, whoever is proven able first; the order of the case otherwise. */
export function contactsByRole(item: Case): (role: string) => readonly Contact[] {
  const { contain, trace, fix, authorities } = item;
  const byRole = new Map<string, Contact[]>();
  for (const answerable of [
    ...contain.answerable,
    ...trace.answerable,
    ...fix.flatMap((each) => each.answerable),
    ...authorities.revoke,
    ...authorities.compensatingControl,
    ...authorities.residualRisk,
    ...authorities.privilegeChange,
    ...authorities.emergency,
  ]) {
    const contact = contactOf(answerable);
    if (contact === undefined) continue;
    const list = byRole.get(answerable.role) ?? [];
    byRole.set(answerable.role, list);
    const at = list.findIndex(({ who }) => who === contact.who);
    const before = list[at];
    if (before === undefined) list.push(contact);
    // One call proven and another not: what is proven of them somewhere is what helps.
    else if (rank[contact.authority.verdict] < rank[before.authority.verdict]) list[at] = contact;
  }
  const sorted = new Map(
    [...byRole].map(([role, list]) => [
      role,
      [...list].sort((a, b) => rank[a.authority.verdict] - rank[b.authority.verdict]),
    ]),
  );
  return (role) => sorted.get(role) ?? [];
}

export function contactOf({
  person,
  team,
  via,
  inferred,
  authority,
  evidence,
}: Answerable): Contact | undefined {
  const who = person ?? team;
  if (who === undefined) return undefined;
  return {
    who,
    ...(team === undefined || team === who ? {} : { team }),
    via,
    inferred,
    authority,
    evidence,
  };
}

/** The one who is named for the step first, then the others of the role. */
export function withFirst(
  contacts: readonly Contact[],
  canNow: {
    readonly verdict: "can" | "cannot" | "unknown";
    readonly who?: string;
    readonly proof: readonly string[];
  },
): readonly Contact[] {
  const { who, verdict, proof } = canNow;
  if (who === undefined) return contacts.map(asked);
  const known = contacts.find((contact) => contact.who === who);
  const first: Contact = {
    ...(known ?? { who, via: "named for this step", inferred: false, evidence: [] }),
    authority: { verdict, proof },
  };
  return [first, ...contacts.filter((contact) => contact.who !== who).map(asked)];
}

/** What is proven of somebody is proven of one call; of another step nothing is said. */
const asked = (contact: Contact): Contact => ({ ...contact, authority: { verdict: "unknown", proof: [] } });

export const rolesInOrder = (roles: Iterable<Role>): readonly Role[] => [...new Set(roles)];

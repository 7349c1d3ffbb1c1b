import { evidenceAt, type Credential, type Principal, type PrincipalId } from "../../estate/index.js";
import type { Become } from "../become.js";
import { shortName } from "../recreate/context.js";
import { deedOf, whatOf, type Deeds } from "./deeds.js";
import type { OffspringItem } from "./offspring.js";

/**
 * What may be theirs: things of their accounts that are as young as the records and that nobody is on record to have
 * made, where they hold the right to make them; and what roles made that they can become. A capability, never a deed.
 */
export function possibleOffspring(
  become: Become,
  deeds: Deeds,
  holders: readonly PrincipalId[],
  told: ReadonlySet<string>,
): readonly OffspringItem[] {
  const found = new Map<string, OffspringItem>();
  const keep = (item: OffspringItem): void => {
    if (!told.has(item.id) && !found.has(item.id)) found.set(item.id, item);
  };
  for (const item of unattributed(become, deeds, holders)) keep(item);
  for (const item of throughRoles(become, deeds, holders)) keep(item);
  return [...found.values()].sort((a, b) =>
    (a.at ?? "") < (b.at ?? "") ? 1 : (a.at ?? "") > (b.at ?? "") ? -1 : a.id < b.id ? -1 : 1,
  );
}

function unattributed(
  become: Become,
  deeds: Deeds,
  holders: readonly PrincipalId[],
): readonly OffspringItem[] {
  const { engine } = become;
  const { estate } = engine;
  return holders.flatMap((holder) => {
    const account = estate.principal(holder)?.account;
    const start = account === undefined ? undefined : deeds.span(account)?.from;
    // Without records everything there ever was would be suspect: then the missing log is named instead.
    if (account === undefined || start === undefined || engine.indexOf(holder) === undefined) return [];
    const young = (thing: { readonly createdAt?: string }): boolean =>
      thing.createdAt !== undefined && thing.createdAt >= start;
    const may = (action: string, resource: string): boolean =>
      engine.verdict(holder, action, resource) !== false;
    const identities = estate.principals.filter(
      (item: Principal) =>
        item.account === account &&
        item.id !== holder &&
        (item.kind === "user" || item.kind === "role") &&
        young(item) &&
        deeds.creatorsOf(item.id).length === 0 &&
        may(item.kind === "user" ? "iam:CreateUser" : "iam:CreateRole", item.id),
    );
    const secrets = estate.credentials.filter(
      (item: Credential) =>
        item.kind === "access-key" &&
        item.status !== "deleted" &&
        young(item) &&
        estate.principal(item.holder)?.account === account &&
        deeds.creatorsOf(item.id).length === 0 &&
        may("iam:CreateAccessKey", item.holder),
    );
    return [
      ...identities.map((item) => youngItem(holder, item.id, "identity", item)),
      ...secrets.map((item) => youngItem(holder, item.id, "credential", item)),
    ];
  });
}

function youngItem(
  holder: PrincipalId,
  id: string,
  what: OffspringItem["what"],
  thing: Pick<Principal | Credential, "createdAt" | "origin">,
): OffspringItem {
  const at = thing.createdAt ?? "";
  return {
    id,
    name: shortName(id),
    what,
    how: "created",
    by: holder,
    generation: 1,
    at,
    stands: true,
    why: `created ${at.slice(0, 10)}, by whom is not recorded, and ${shortName(holder)} may create such`,
    evidence: [evidenceAt(thing.origin, `${id} created ${at}`)],
  };
}

function throughRoles(
  become: Become,
  deeds: Deeds,
  holders: readonly PrincipalId[],
): readonly OffspringItem[] {
  const { estate } = become.engine;
  return holders.flatMap((holder) => {
    if (become.engine.indexOf(holder) === undefined) return [];
    const roles = become
      .edgesFrom(holder)
      .filter((edge) => edge.via === "assume-role" && edge.verdict === true && !edge.mutates)
      .map((edge) => edge.to);
    return [...new Set(roles)].flatMap((role) =>
      deeds.by(role).flatMap((event) => {
        const how = deedOf(event.action);
        if (how === undefined) return [];
        return event.targets.map((id): OffspringItem => ({
          id,
          name: shortName(id),
          what: how === "consented" ? "consent" : whatOf(estate, id),
          how,
          by: role,
          generation: 2,
          at: event.at,
          ...(event.region === undefined ? {} : { region: event.region }),
          action: event.action,
          stands: deeds.deletedAt(id) === undefined ? "unknown" : false,
          why: `made as ${shortName(role)}, which ${shortName(holder)} can become`,
          evidence: [evidenceAt(event.origin, `${event.action} by ${role}`)],
        }));
      }),
    );
  });
}

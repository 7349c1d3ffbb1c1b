import { accountOfArn, principalId, type PrincipalId, type Statement } from "../../estate/index.js";
import type { Hop } from "../recreation.js";
import { priceOfUse, prices, short, upToTen, type Candidate } from "./candidate.js";
import type { Ground } from "./ground.js";
import type { Located } from "./located.js";
import type { Usage } from "./use.js";

/** A trust that admits too much: the name that lets the hop in goes, or the whole statement. */
export function trustCandidates(ground: Ground, hop: Hop, at: Located): readonly Candidate[] {
  const role = at.holder;
  if (role === undefined || ground.estate.principal(role)?.immutable !== undefined) return [];
  const names = admitting(at.statement, hop.from);
  const wide = (name: string): boolean => name === "*" || name.endsWith(":root") || /^\d{12}$/.test(name);
  const use = useOf(ground, hop.from, role, names.every(isNamed));
  const found = names.map((name): Candidate => ({
    key: `untrust|${role}|${name}`,
    edit: { kind: "changes", changes: [{ kind: "removeTrust", role, principal: name }] },
    cause: hop.cause,
    subject: role,
    title: `${short(role)}: no longer trusts ${wide(name) ? nameOf(name) : short(name)}`,
    cost: prices.trust + (wide(name) ? prices.other * upToTen(10) : 0) + priceOfUse(use),
    use,
    interim: false,
    fix: "narrow",
    others: 0,
  }));
  const more = countNames(at.statement) - 1;
  found.push({
    key: `remove|${at.key}`,
    edit: { kind: "changes", changes: [{ kind: "removeStatement", statement: at.ref }] },
    cause: hop.cause,
    subject: role,
    title: `${short(role)}: remove trust statement ${at.statement.sid ?? String(at.ref.index ?? 0)}`,
    cost: prices.statement + prices.more * upToTen(more) + prices.trust + priceOfUse(use),
    use,
    interim: false,
    fix: "narrow",
    others: 0,
  });
  return found;
}

/** One identity by name, whose calls the audit log would show. */
const isNamed = (name: string): boolean =>
  /^arn:[^:]+:(iam|sts)::\d{12}:(role|user|assumed-role)\//.test(name);

/**
 * Whoever enters is seen entering, where it is one of ours and named alone; else the role being used at all means that the
 * trust is.
 */
function useOf({ use, estate }: Ground, from: string, role: PrincipalId, named: boolean): Usage {
  const enters = use.all.some(
    ({ principal, action, resource }) =>
      principal === from && action.startsWith("sts:AssumeRole") && (resource === role || resource === "*"),
  );
  if (enters) return "used";
  const caller = principalId(from);
  if (named && estate.principal(caller) !== undefined && use.known([caller])) return "unused";
  return use.entered(role);
}

const nameOf = (name: string): string =>
  name === "*" ? "anyone" : `account ${accountOfArn(name)?.slice(4) ?? name}`;

/** The names of a trust statement that admit somebody: its own, its account's, anyone's, a provider's, a service's. */
function admitting({ principal }: Statement, from: string): readonly string[] {
  if (principal === undefined) return [];
  const account = accountOfArn(from)?.slice(4) ?? /^(?:aws:)?(\d{12})$/.exec(from)?.[1];
  const named = principal.aws.filter(
    (name) =>
      name === "*" ||
      name === from ||
      (account !== undefined && (name === account || name.endsWith(`::${account}:root`))),
  );
  const rest = [...principal.federated, ...principal.service];
  const star = principal.any && !named.includes("*") ? ["*"] : [];
  const found = [...named, ...star];
  // A token or a service enters: whoever starts is no name of the statement.
  return found.length > 0 ? found : rest;
}

const countNames = ({ principal }: Statement): number =>
  principal === undefined
    ? 1
    : principal.aws.length + principal.federated.length + principal.service.length + Number(principal.any);

import {
  anyOf,
  evidenceAt,
  resourceId,
  type AccountId,
  type Estate,
  type PrincipalId,
  type Tri,
} from "../../estate/index.js";
import type { FactRecord } from "../analysis.js";
import type { CaseView } from "../case-view.js";
import { managesPermissions, nativePrivileges } from "./native-rights.js";
import { crossing, privilegesOf, spreadOf } from "./spread.js";
import { anyFact, known, stated, triOf } from "./fact.js";

/**
 * D11: the workload or the counted starter holds a permissions-management action, administrator-equivalent
 * rights, or reads another workload's secrets.
 */
export function privileged(view: CaseView): FactRecord {
  const facts: FactRecord[] = [...statedPrivilege(view)];
  if (view.input.sharedCause !== undefined) {
    facts.push(known(true, [], "administrator-equivalent rights"));
  }
  const { become } = view.context;
  for (const id of starters(view)) {
    const right = privilegesOf(become, id)[0] ?? nativePrivileges(view.context.estate, id)[0];
    if (right !== undefined) facts.push(known(true, [right.evidence], `holds ${right.action}`));
  }
  for (const path of view.counted) {
    const decisive = path.hops[path.recurrenceHop];
    if (decisive?.action !== undefined && isPermissionsManagement(decisive.action, view)) {
      facts.push(known(true, decisive.evidence, `${decisive.action} manages permissions`));
    }
  }
  facts.push(...secretsOfOthers(view));
  if (facts.some((fact) => fact.value === true)) return anyFact(facts);
  const openPath = view.candidates.find((path) => path.verdict === "unknown");
  if (openPath !== undefined) return known("unknown", [], "what the path can do is not known");
  return facts.length > 0 ? anyFact(facts) : known(false);
}

function statedPrivilege(view: CaseView): readonly FactRecord[] {
  return [
    ...view.catalogued.map((entry) => ({ value: entry.facts.privileged, origin: entry.origin })),
    ...view.workloads.map((workload) => ({
      value: triOf(workload.facts["privileged"]),
      origin: workload.origin,
    })),
  ].flatMap(({ value, origin }) =>
    value === "unknown" ? [] : [stated(value, origin, `privileged: ${String(value)}`)],
  );
}

/**
 * The exposed thing holds secrets of other workloads, and a counted starter or an exposed secret opens it. A vault that
 * nobody reaches tells nothing about privilege.
 */
function secretsOfOthers(view: CaseView): readonly FactRecord[] {
  const opened = view.counted.length > 0 || view.use.some((hop) => hop.cause === "secret");
  if (!opened) return [];
  const { estate } = view.context;
  return view.scope.resources.flatMap((id) => {
    const held = estate.resource(resourceId(id))?.properties.get("secretsOf");
    const names = Array.isArray(held?.value) ? held.value.map(String) : [];
    const foreign = names.filter((name) => !view.scope.workloads.includes(name.replace(/^workload:/, "")));
    if (held === undefined || foreign.length === 0) return [];
    return [
      known(
        true,
        [evidenceAt(held.origin, `holds secrets of ${foreign.join(", ")}`)],
        "opens another workload's secrets",
      ),
    ];
  });
}

/** First identity of ours on every counted path, what the exposure hands out, and what its workloads run as. */
export function starters(view: CaseView): readonly PrincipalId[] {
  const found = new Set<PrincipalId>();
  for (const path of view.counted) {
    const first = view.identities.find(
      (id) => path.starter === id || path.hops.some((hop) => hop.from === id || hop.to === id),
    );
    if (first !== undefined) found.add(first);
  }
  for (const id of view.exposedIdentities) found.add(id);
  for (const workload of view.workloads) for (const id of workload.runsAs) found.add(id);
  return [...found];
}

/** AWS: access level "Permissions management" of the service authorization reference; elsewhere `native-rights.ts`. */
function isPermissionsManagement(action: string, view: CaseView): boolean {
  const info = view.context.actions?.lookup(action);
  return info === undefined ? managesPermissions(action) : info.level === "permissions";
}

/**
 * D8: one identity, not a shared cause, with permissions-management in accounts of two or more owners, or a
 * delegated administrator. Owners come from the catalogue; without it the answer is unknown.
 */
export function sharedPlatformDelegatedAdmin(view: CaseView): FactRecord {
  if (view.input.sharedCause !== undefined) return known(false, [], "the administrators of one account");
  const { become, estate, catalogue } = view.context;
  let open = false;
  let unnamed: AccountId | undefined;
  for (const id of starters(view)) {
    const account = estate.principal(id)?.account;
    const { governed } = spreadOf(become, estate, id);
    if (account !== undefined && governed.size >= 2) {
      const owners = ownersOf(governed, catalogue?.accounts ?? []);
      if (owners.size >= 2) {
        return known(
          true,
          [...privilegesOf(become, id), ...nativePrivileges(estate, id)]
            .slice(0, 2)
            .map((item) => item.evidence),
          `manages permissions in accounts of ${[...owners].sort().join(" and ")}`,
        );
      }
      if (owners.size === 0) open = true;
    }
    const delegated = isDelegatedAdministrator(estate, account);
    if (delegated === true) return known(true, [], "a delegated administrator of the organisation");
    if (delegated === "unknown") unnamed ??= account;
  }
  if (open) return known("unknown", [], "no document says who owns the accounts it manages");
  return unnamed === undefined
    ? known(false)
    : known(
        "unknown",
        [],
        `for which services ${unnamed.replace(/^aws:/, "")} is a delegated administrator: aws organizations list-delegated-services-for-account`,
      );
}

/** `list-delegated-administrators` names accounts without their services: which ones is then not known, never none. */
function isDelegatedAdministrator(estate: Estate, account: AccountId | undefined): Tri {
  const services = estate.organizations.flatMap(({ delegatedAdministrators }) =>
    delegatedAdministrators.flatMap((item) => (item.account === account ? [item.service] : [])),
  );
  return anyOf(
    services.map((service): Tri => {
      if (service === "unknown") return "unknown";
      return /^(iam|sso|organizations|stacksets\.cloudformation|member\.org\.stacksets\.cloudformation)\./.test(
        service,
      );
    }),
  );
}

function ownersOf(
  accounts: ReadonlySet<AccountId>,
  entries: readonly { readonly id: string; readonly owner?: string }[],
): ReadonlySet<string> {
  const owners = new Set<string>();
  for (const entry of entries)
    if (entry.owner !== undefined && accounts.has(entry.id as AccountId)) owners.add(entry.owner);
  return owners;
}

/**
 * Tier 3: counted from the first identity of ours on the path, it reaches administration of, or data in, an
 * account with another owner (organisation execution roles and shared causes not counted).
 */
export const crossesOwners = (view: CaseView): FactRecord => {
  const { value, text } = crossing(starters(view), view.context);
  return known(value, [], text === "" ? undefined : text);
};

/** R7: rights that reach beyond the workload's own resources. */
export function broadPermissions(view: CaseView): FactRecord {
  const { estate } = view.context;
  for (const id of view.workloads.flatMap((workload) => workload.runsAs)) {
    const principal = estate.principal(id);
    if (principal === undefined) continue;
    for (const use of principal.inline) {
      const wide = use.document.statements.find(
        (statement) =>
          statement.effect === "Allow" &&
          statement.resource?.patterns.includes("*") === true &&
          statement.action.patterns.some((pattern) => pattern === "*" || pattern.endsWith(":*")),
      );
      if (wide !== undefined)
        return known(true, [
          evidenceAt(use.origin, `${principal.name}: ${wide.action.patterns.join(", ")} on *`, wide.pointer),
        ]);
    }
  }
  return view.workloads.length === 0 ? known("unknown") : known(false);
}

import { matchingWorkloads, rankOf, type Catalogue } from "../../core/accountability/index.js";
import { scopeOfCase, type CaseState } from "../../core/cases/index.js";
import type { Case } from "../../core/decision/index.js";
import { keyOf } from "./principal.js";

/** How a pseudonym looks. */
const pseudonyms = /"(p-[0-9a-zA-Z-]{8,64})"/g;

/** Keys of everybody a case concerns, as far as it says so itself: people that it names, teams, roles, accounts. */
export function audienceOf(state: CaseState, decided: Case): readonly string[] {
  const { plan } = state;
  const { accounts, workloads } = scopeOfCase(decided);
  const roles = new Set<string>([
    plan.lead,
    ...[plan.contain, plan.trace].flatMap(({ lead, also }) => [lead, ...also]),
    ...plan.fix.flatMap(({ accountable, responsible }) => [accountable, ...responsible]),
    ...plan.steps.map(({ role }) => role),
    ...plan.followUps.map(({ owner }) => owner),
    ...plan.owners.map(({ role }) => role),
  ]);
  // Whoever is named anywhere in it: answerable, ordered, asked, handed over to.
  const named = [...JSON.stringify(state).matchAll(pseudonyms)].map(([, pseudonym = ""]) => pseudonym);
  const keys = new Set([
    keyOf.everything,
    ...named.map(keyOf.person),
    ...plan.owners.flatMap(({ teams }) => teams.map(keyOf.team)),
    ...[...roles].flatMap((role) => [
      keyOf.role(role),
      ...accounts.map((account) => keyOf.role(role, account)),
    ]),
    ...accounts.map(keyOf.account),
    ...workloads.map(keyOf.workload),
    ...(plan.commanderRequired ? [keyOf.command] : []),
  ]);
  return [...keys].sort();
}

/** Keys that only a catalogue can tell: its workloads that the case is about, and its scopes with patterns. */
export function coveredBy(catalogue: Catalogue, decided: Case): readonly string[] {
  const scope = scopeOfCase(decided);
  const { catalogued } = matchingWorkloads({ workloads: [] }, catalogue, scope);
  const known = { ...scope, workloads: catalogued.map(({ id }) => id) };
  const scopes = [...catalogue.teams, ...catalogue.authorities].flatMap(({ scope: stated }) =>
    stated?.startsWith("resource:") === true ? [stated] : [],
  );
  const keys = [
    ...known.workloads.map(keyOf.workload),
    ...[...new Set(scopes)].filter((text) => rankOf(text, known) !== undefined).map(keyOf.scope),
  ];
  return [...new Set(keys)].sort();
}

import type { AccessEngine } from "../../access/index.js";
import type { Estate } from "../../estate/index.js";
import { indexEstate } from "../estate-index.js";
import { draftAccounts, draftThirdParties } from "./accounts.js";
import { createRoster } from "./people.js";
import { proposer } from "./proposals.js";
import type { DraftCatalogue } from "./types.js";
import { draftIdentities, draftWorkloads } from "./workloads.js";

/**
 * Drafts who answers for what from what documents say (ownership.md 6b): for people to confirm, line by line. Nobody
 * is in it whom no document names; authorities and commanders are appointments and are never drafted.
 */
export function draftCatalogue(estate: Estate, engine: AccessEngine, now: string): DraftCatalogue {
  const index = indexEstate(estate);
  const roster = createRoster(index, now);
  const propose = proposer(index, engine, roster, now);
  const { workloads, cut: workloadsCut } = draftWorkloads(index, propose);
  const { identities, cut: identitiesCut } = draftIdentities(index, propose);
  const { accounts, cut: accountsCut } = draftAccounts(index, roster);
  const people = roster.people();
  return {
    people,
    teams: roster.teams(),
    accounts,
    workloads,
    workloadIdentities: identities,
    thirdParties: draftThirdParties(estate),
    authorities: ["revoke", "compensating-control", "residual-risk", "privilege-change", "emergency"],
    cut: [
      ...(roster.left === 0 ? [] : [`${String(roster.left)} sign-ins of people beyond the first thousand`]),
      ...(workloadsCut === 0 ? [] : [`${String(workloadsCut)} workloads`]),
      ...(identitiesCut === 0 ? [] : [`${String(identitiesCut)} identities`]),
      ...(accountsCut === 0 ? [] : [`${String(accountsCut)} accounts`]),
    ],
  };
}

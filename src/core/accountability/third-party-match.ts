import { globMatches } from "../access/index.js";
import { accountOfArn } from "../estate/index.js";
import type { OwnershipScope } from "./answerable.js";
import type { ThirdParty } from "./catalogue.js";
import type { MatchingWorkloads } from "./workload-match.js";

/** Third parties whose account, app, issuer or package is part of the question (R27, R77). */
export function matchingThirdParties(
  parties: readonly ThirdParty[],
  about: OwnershipScope,
  workloads: MatchingWorkloads,
): readonly ThirdParty[] {
  const names = [...about.principals, ...about.resources];
  const accounts = new Set([...about.accounts, ...names.flatMap((name) => accountOfArn(name) ?? [])]);
  const components = workloads.deployed.flatMap((workload) => workload.components);
  const anyOf = (patterns: readonly string[], texts: readonly string[]): boolean =>
    patterns.some((pattern) => texts.some((text) => globMatches(pattern, text)));
  return parties.filter(
    (party) =>
      about.thirdParties?.includes(party.id) === true ||
      workloads.catalogued.some((entry) => entry.outsourced === party.id) ||
      party.match.accounts.some((account) => accounts.has(account)) ||
      anyOf(party.match.apps, names) ||
      anyOf(party.match.issuers, names) ||
      anyOf(party.match.purls, [...components, ...names]),
  );
}

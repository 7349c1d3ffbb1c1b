import { accountOfArn, type Estate, type PrincipalId } from "../../estate/index.js";
import type { Entry } from "../become.js";
import { everyone } from "../aws/actors.js";
import { missing } from "../aws/missing.js";
import { isOurAccount } from "../own-account.js";

/**
 * Actors that stand for somebody outside the estate and enter by themselves: everyone, and identities of accounts that
 * are not ours (recreation.md 3, band 1). An identity of ours that no document describes is an unknown entry. Anything
 * else that has no entry cannot start a path.
 */
export function symbolicEntries(estate: Estate, principal: PrincipalId): readonly Entry[] {
  if (principal === everyone || estate.principal(principal)?.kind === "everyone")
    return [outside(principal, "anyone at all")];
  const known = estate.principal(principal);
  if (known !== undefined && known.kind !== "external-account") return [];
  const account = accountOfArn(principal) ?? known?.account;
  if (account === undefined)
    return principal.startsWith("aws:canonical-user/")
      ? [outside(principal, "an account known only by its canonical user id")]
      : [];
  if (!isOurAccount(estate, account))
    return [outside(principal, `external account ${estate.account(account)?.name ?? account.slice(4)}`)];
  if (principal.endsWith(":root")) return [];
  const fact = missing.identities(account);
  return [
    {
      ...outside(
        principal,
        `${principal.slice(principal.lastIndexOf("/") + 1)}, which no document describes`,
      ),
      band: 2,
      rawBand: 2,
      verdict: "unknown",
      missing: [fact],
    },
  ];
}

const outside = (principal: PrincipalId, label: string): Entry => ({
  principal,
  kind: "trust",
  band: 1,
  rawBand: 1,
  label,
  starter: principal,
  certainty: "certain",
  verdict: true,
  missing: [],
  evidence: [],
});

import { accountId, type Estate, type MissingFact } from "../estate/index.js";
import type { Recreation } from "../access/index.js";
import type { Catalogue } from "../accountability/index.js";
import type { Exposure } from "../findings/index.js";

/** An estate older than this, in days, against the findings it is held up to, decides nothing (default). */
export const defaultMaxAgeDays = 14;

const day = 86_400_000;

/**
 * Lowers an answer to `unknown` where the account's documents are older than the finding by more than the policy
 * allows (interfaces.md, Verdicts): what held then may not hold now. Age that no document states lowers nothing.
 */
export function ageLimit(
  input: { readonly estate: Estate },
  catalogue: Catalogue | undefined,
): (exposure: Exposure, answer: Recreation) => Recreation {
  const observed = newestPerAccount(input.estate);
  const maxDays = catalogue?.policy.maxEstateAgeDays ?? defaultMaxAgeDays;
  return (exposure, answer) => {
    const seen = exposure.lastSeen === undefined ? Number.NaN : Date.parse(exposure.lastSeen);
    const at = exposure.account === undefined ? undefined : observed.get(exposure.account);
    if (at === undefined || Number.isNaN(seen)) return answer;
    const age = Math.floor((seen - at) / day);
    if (age <= maxDays || answer.verdict === "unknown") return answer;
    const fact: MissingFact = {
      key: `age|${exposure.account ?? ""}`,
      fact: `documents of account ${nameOf(exposure, input.estate)} newer than ${String(age)} days before the finding`,
      collect: "aws iam get-account-authorization-details (and the other documents of this account)",
    };
    const { band: _band, certificate: _certificate, ...rest } = answer;
    return {
      ...rest,
      verdict: "unknown",
      basis: [],
      missing: [fact, ...answer.missing],
      wouldDecide: [
        { fact, ifTrue: "the answer holds", ifFalse: "the answer may differ" },
        ...answer.wouldDecide,
      ],
    };
  };
}

function nameOf(exposure: Exposure, estate: Estate): string {
  const id = exposure.account ?? "";
  return estate.account(accountId(id))?.name ?? exposure.accountName ?? id.replace(/^aws:/, "");
}

/** When the identities of each account were last observed. */
function newestPerAccount(estate: Estate): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  // Thousands of identities stand in one document.
  let [last, time] = ["", Number.NaN];
  for (const principal of estate.principals) {
    const at = principal.origin.source.observedAt;
    if (principal.account === undefined || at === undefined) continue;
    if (at !== last) [last, time] = [at, Date.parse(at)];
    const known = newest.get(principal.account);
    if (!Number.isNaN(time) && (known === undefined || time > known)) newest.set(principal.account, time);
  }
  return newest;
}

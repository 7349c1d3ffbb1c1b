import { evidenceAt, type Estate } from "../../estate/index.js";
import { candidateOf } from "../candidate.js";
import type { EstateIndex } from "../estate-index.js";
import { rounded } from "../explain-owner.js";
import { ownerTags } from "../tag-evidence.js";
import { placeOf, type Roster } from "./people.js";
import { missing } from "./workloads.js";
import type { DraftAccount, DraftThirdParty, Proposal, Reason } from "./types.js";

const mostAccounts = 1000;
const mostShown = 3;
/** Share of the tagged things of an account, as inherited evidence (0.6) of a tag (0.75): never enough alone. */
const fullShare = 0.45;

/**
 * Accounts with whom their things are tagged for. A tag on a bucket says whose bucket it is; that its owner also has
 * the runtime authority of the account is a proposal to ask about, so it is never written as a line (R49).
 */
export function draftAccounts(
  index: EstateIndex,
  roster: Roster,
): { readonly accounts: readonly DraftAccount[]; readonly cut: number } {
  const { estate } = index;
  const owned = ownersByAccount(estate);
  const all = [...estate.accounts].sort((a, b) => (a.id < b.id ? -1 : 1));
  const accounts = all.slice(0, mostAccounts).map((account): DraftAccount => {
    const things = owned.get(account.id) ?? [];
    const counts = new Map<string, { readonly raw: string; count: number; readonly reason: Reason }>();
    for (const { raw, reason } of things) {
      const candidate = candidateOf(raw);
      if ("reason" in candidate) continue;
      const known = counts.get(candidate.key) ?? { raw, count: 0, reason };
      known.count += 1;
      counts.set(candidate.key, known);
    }
    const proposals = [...counts.values()]
      .sort((a, b) => b.count - a.count || (a.raw < b.raw ? -1 : 1))
      .slice(0, mostShown)
      .flatMap(({ raw, count, reason }): readonly Proposal[] => {
        const candidate = candidateOf(raw);
        if ("reason" in candidate) return [];
        return [
          {
            holder: roster.idOf(candidate),
            confidence: rounded((count / things.length) * fullShare),
            written: false,
            reasons: [
              { text: `owns ${String(count)} of ${String(things.length)} tagged things`, ...placed(reason) },
            ],
          },
        ];
      });
    const called = account.name === undefined ? `account \`${account.id}\`` : `account ${account.name}`;
    return {
      id: account.id,
      ...(account.name === undefined ? {} : { name: account.name }),
      runtimeAuthority: proposals,
      gaps: [
        ...missing(called, "runtime authority (exactly one, R49)", proposals),
        `${called}: who answers for access decisions (\`accessDecisions\`, R51), and whether it is regulated`,
      ],
    };
  });
  return { accounts, cut: all.length - accounts.length };
}

const placed = ({ place }: Reason): { readonly place?: string } => (place === undefined ? {} : { place });

function ownersByAccount(
  estate: Estate,
): ReadonlyMap<string, readonly { readonly raw: string; readonly reason: Reason }[]> {
  const found = new Map<string, { raw: string; reason: Reason }[]>();
  for (const resource of estate.resources) {
    const [tag] = ownerTags(resource.tags).filter(({ kind }) => kind === "tag");
    if (resource.account === undefined || tag === undefined) continue;
    const list = found.get(resource.account) ?? [];
    found.set(resource.account, list);
    list.push({
      raw: tag.raw,
      reason: { text: `tag ${tag.key}`, place: placeOf(evidenceAt(resource.origin, tag.raw)) },
    });
  }
  return found;
}

/** Accounts that roles trust and that are none of ours: somebody has to manage each as a third party (R27, R74, R75). */
export function draftThirdParties(estate: Estate): readonly DraftThirdParty[] {
  const own = new Set<string>(estate.accounts.map(({ id }) => id));
  for (const { nodes } of estate.organizations)
    for (const { kind, id } of nodes) if (kind === "account") own.add(`aws:${id}`);
  const found = new Map<string, Reason[]>();
  for (const role of estate.principals) {
    for (const { effect, principal } of role.trustPolicy?.document.statements ?? []) {
      if (effect !== "Allow" || principal === undefined || principal.negated) continue;
      for (const name of principal.aws) {
        const digits = /^(?:arn:[^:]+:iam::)?(\d{12})(?::|$)/.exec(name)?.[1];
        if (digits === undefined || own.has(`aws:${digits}`)) continue;
        const reasons = found.get(digits) ?? [];
        found.set(digits, reasons);
        if (reasons.length < 3)
          reasons.push({
            text: `role ${role.name} trusts it`,
            place: placeOf(evidenceAt(role.trustPolicy?.origin ?? role.origin, role.name)),
          });
      }
    }
  }
  return [...found.keys()].sort().map((digits) => ({
    id: `account-${digits}`,
    accounts: [`aws:${digits}`],
    reasons: found.get(digits) ?? [],
    gaps: [
      `account \`${digits}\` is trusted and its documents were not supplied: if it is yours, supply them and remove the entry; else name its manager, the contract and our lever`,
    ],
  }));
}

import type { AccountId } from "../../estate/index.js";
import { collectUse, type Collector } from "./collector.js";
import type { Actor, Terms } from "./model.js";
import type { Chain, LevelPolicy } from "./organization.js";
import { rcpExempt } from "./services.js";
import { allOfTerms, always, anyOfTerms, never, unknownBecause } from "./terms.js";

export interface OrganizationLayer {
  readonly terms: Terms;
  readonly text: string;
}

/** The SCPs of the caller's account, or the RCPs of the resource's. Undefined: the layer does not concern this question. */
export function organizationTerms(
  collector: Collector,
  actor: Actor,
  type: "scp" | "rcp",
): OrganizationLayer | undefined {
  if (actor.serviceLinked || actor.kind === "native") return undefined;
  const { chains } = collector.lens;
  const account = type === "scp" ? boundAccount(actor) : guardedAccount(collector, actor);
  if (account === undefined || !chains.ours.has(account)) return undefined;
  if (type === "scp" && collector.lens.relaxed?.has("scps") === true)
    return { terms: always, text: "SCPs lifted" };
  const chain = chains.of(account, type);
  if (chain.kind === "none") return { terms: always, text: chain.text };
  return { terms: chainTerms(collector, chain, type), text: textOf(chain, type) };
}

/** SCPs bind users, roles and root of member accounts, not services and strangers. */
function boundAccount({ kind, account }: Actor): AccountId | undefined {
  return kind === "user" || kind === "role" || kind === "root" ? account : undefined;
}

function guardedAccount({ question, lens }: Collector, actor: Actor): AccountId | undefined {
  if (!lens.chains.rcpServices.has(question.service) || rcpExempt.has(question.folded)) return undefined;
  const { target } = question;
  // KMS developer guide: RCPs do not affect AWS managed keys.
  if (target.resource?.properties.get("keyManager")?.value === "AWS") return undefined;
  return target.account ?? (target.accountMissing === undefined ? boundAccount(actor) : undefined);
}

type Levels = Extract<Chain, { kind: "levels" }>;

function chainTerms(collector: Collector, chain: Levels, type: "scp" | "rcp"): Terms {
  const before = collector.denies.length;
  let terms: Terms = always;
  for (const level of chain.levels) {
    const allowed = anyOfTerms(...level.policies.map((policy) => policyTerms(collector, policy, type)));
    // Every RCP level carries RCPFullAWSAccess, which cannot be detached: RCPs only deny.
    if (type === "scp" && chain.incomplete === undefined) terms = allOfTerms(terms, allowed);
    for (const policy of level.policies) {
      if (policy.use === undefined && policy.unless !== undefined)
        terms = allOfTerms(terms, unknownBecause(policy.unless));
    }
  }
  if (chain.incomplete !== undefined) terms = allOfTerms(terms, unknownBecause(chain.incomplete));
  const { exemptUnless } = chain;
  if (exemptUnless === undefined) return terms;
  // Perhaps this is the management account: then nothing of it binds.
  for (let i = before; i < collector.denies.length; i++) {
    const deny = collector.denies[i];
    if (deny !== undefined) collector.denies[i] = { ...deny, missing: [...deny.missing, exemptUnless] };
  }
  return anyOfTerms(terms, unknownBecause(exemptUnless));
}

function policyTerms(collector: Collector, policy: LevelPolicy, type: "scp" | "rcp"): Terms {
  if (policy.allowsAll) return policy.unless === undefined ? always : unknownBecause(policy.unless);
  if (policy.use === undefined) return policy.unless === undefined ? never : unknownBecause(policy.unless);
  const before = collector.denies.length;
  const terms = collectUse(collector, type, policy.use, true);
  const { unless } = policy;
  if (unless === undefined) return terms;
  for (let i = before; i < collector.denies.length; i++) {
    const deny = collector.denies[i];
    if (deny !== undefined) collector.denies[i] = { ...deny, missing: [...deny.missing, unless] };
  }
  return allOfTerms(terms, unknownBecause(unless));
}

function textOf({ levels, incomplete }: Levels, type: "scp" | "rcp"): string {
  const name = type.toUpperCase();
  if (incomplete !== undefined) return `${name}s not collected`;
  const custom = levels.reduce(
    (sum, level) => sum + level.policies.filter((policy) => !policy.allowsAll).length,
    0,
  );
  if (type === "rcp" && custom === 0) return "no RCP";
  return `${name}s (${levels.length} levels)`;
}

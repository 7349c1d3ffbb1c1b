import {
  accountId,
  evidenceAt,
  principalId,
  type CoverageFact,
  type Estate,
  type Evidence,
} from "../estate/index.js";
import { unchangeable, type Recreation } from "../access/index.js";
import type { Exposure } from "../findings/index.js";

/** What the documents show of a thing that is there no more. */
export interface Gone {
  readonly text: string;
  readonly evidence: readonly Evidence[];
}

/** A thing, and when something was last known of it. */
export type LookedFor = Pick<Exposure, "resource" | "resourceKind" | "account" | "lastSeen">;

/**
 * Whether the estate shows that the thing is gone: a list of everything of its kind in its account, made after it was
 * last seen, does not have it. Anything less is no proof: without such a list absence is nothing, and what code still
 * declares, or a stack still owns, is made again by the next run (recreation.md 1, drift).
 */
export function goneBy(estate: Estate): (thing: LookedFor) => Gone | undefined {
  const declared = new Set<string>();
  for (const { target, status } of estate.definitions)
    if (target !== undefined && status !== "destroyed") declared.add(target);
  for (const { kind, properties } of estate.resources) {
    const owned = kind === "cloudformation:stack" ? properties.get("resources")?.value : undefined;
    for (const id of Array.isArray(owned) ? owned : []) if (typeof id === "string") declared.add(id);
  }
  return (thing) => {
    const { resource, resourceKind, account, lastSeen } = thing;
    if (account === undefined || lastSeen === undefined || declared.has(resource)) return undefined;
    if (estate.resource(resource) !== undefined || estate.principal(principalId(resource)) !== undefined)
      return undefined;
    const identity = identities.has(resourceKind);
    const list = newestList(
      estate,
      identity ? "iam" : "inventory",
      identity ? account : `${account}/${resourceKind}`,
    );
    const at = list?.origin.source.observedAt;
    if (list === undefined || at === undefined || !(Date.parse(at) > Date.parse(lastSeen))) return undefined;
    const name = estate.account(accountId(account))?.name ?? account.replace(/^aws:/, "");
    const text = `it is gone: the list of every ${resourceKind} of account ${name} of ${at} does not have it`;
    return { text, evidence: [evidenceAt(list.origin, text)] };
  };
}

/** Kinds that a complete description of an account's IAM lists. */
const identities: ReadonlySet<string> = new Set(["iam:user", "iam:role", "iam:group"]);

function newestList(estate: Estate, topic: CoverageFact["topic"], scope: string): CoverageFact | undefined {
  if (!estate.covers(topic, scope)) return undefined;
  const time = ({ origin }: CoverageFact): number => Date.parse(origin.source.observedAt ?? "");
  return estate.coverage
    .filter((item) => item.topic === topic && item.scope === scope)
    .sort((a, b) => (time(b) || 0) - (time(a) || 0))[0];
}

/** What is gone cannot come back: another of its name is another exposure (recreation.md 1). */
export const goneAnswer = ({ formula, derived, floor }: Recreation, gone: Gone): Recreation => ({
  ...unchangeable({ formula, derived, floor }, { basis: "gone", ...gone }),
  now: { ...gone, value: true },
});

/** Seen passing says more than gone. */
export const goneExposure = <Item extends Exposure>(exposure: Item): Item =>
  exposure.state === "fixed" ? exposure : { ...exposure, state: "gone" };

import type { OwnershipScope } from "./answerable.js";
import type { Catalogue } from "./catalogue.js";
import type { HolderResolver } from "./holder.js";

export interface StandIn {
  readonly who: string;
  /** In words: `owner of account prod`. */
  readonly via: string;
}

/**
 * Whom the clock runs against while a proposal waits for an answer (ownership.md 6b, fallback ladder): the owner of the
 * account, then its runtime authority. Security is never the default; nobody is an answer too.
 */
export function untilConfirmed(
  about: OwnershipScope,
  catalogue: Catalogue | undefined,
  resolve: HolderResolver,
): StandIn | undefined {
  for (const id of about.accounts) {
    const account = catalogue?.accounts.find((item) => item.id === id);
    if (account === undefined) continue;
    const place = `account ${account.name ?? account.id}`;
    for (const [name, via] of [
      [account.owner, `owner of ${place}`],
      [account.runtimeAuthority, `runtime authority of ${place}`],
    ] as const) {
      const holder = name === undefined ? undefined : resolve(name);
      const [person] = holder?.departed === undefined ? (holder?.people ?? []) : [];
      if (person !== undefined) return { who: person.id, via };
    }
  }
  return undefined;
}

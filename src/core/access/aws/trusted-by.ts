import { accountOfArn, awsAccount, type Estate } from "../../estate/index.js";
import type { Compiled } from "./compiled.js";

/** Roles by whom their trust may let in, as actors in ascending order: a first look, the engine decides. */
export interface TrustedBy {
  /** Whose trust is not known, lets in anybody, or names somebody in a way that is not told apart here. */
  readonly anybody: readonly number[];
  /** The same by the account of the role. */
  readonly anybodyIn: ReadonlyMap<string, readonly number[]>;
  /** By the account that a trust names as a whole. */
  readonly byAccount: ReadonlyMap<string, readonly number[]>;
  /** By identity that a trust names, its ARN or its unique id. */
  readonly byName: ReadonlyMap<string, readonly number[]>;
}

const known = new WeakMap<Estate, { readonly compiled: Compiled; readonly found: TrustedBy }>();

export function trustedBy(compiled: Compiled, estate: Estate): TrustedBy {
  const before = known.get(estate);
  if (before?.compiled === compiled) return before.found;
  const found = collect(compiled, estate);
  known.set(estate, { compiled, found });
  return found;
}

/** Also a role that only documents name: nobody has shown its trust. */
const isRole = (id: string): boolean => /^arn:[^:]+:iam::\d{12}:role\//.test(id);

function collect({ actors }: Compiled, estate: Estate): TrustedBy {
  const anybody: number[] = [];
  const anybodyIn = new Map<string, number[]>();
  const byAccount = new Map<string, number[]>();
  const byName = new Map<string, number[]>();
  actors.forEach(({ id }, index) => {
    if (!isRole(id)) return;
    const trust = estate.principal(id)?.trustPolicy?.document.statements;
    let open = trust === undefined;
    const accounts = new Set<string>();
    const names = new Set<string>();
    for (const { effect, principal } of trust ?? []) {
      if (effect === "Deny" || principal === undefined) continue;
      if (principal.any || principal.negated) open = true;
      for (const name of principal.aws) {
        const number = /^\d{12}$/.test(name) ? name : /^arn:[^:]*:iam::(\d{12}):root$/.exec(name)?.[1];
        if (number !== undefined) accounts.add(awsAccount(number));
        // Sessions of a role stand for the role; what a wildcard inside stands for is left to the engine.
        else if (name.includes(":sts:") || /[*?]/.test(name)) open = true;
        else names.add(name);
      }
    }
    if (open) {
      anybody.push(index);
      push(anybodyIn, accountOfArn(id) ?? "", index);
    }
    for (const account of accounts) push(byAccount, account, index);
    for (const name of names) push(byName, name, index);
  });
  return { anybody, anybodyIn, byAccount, byName };
}

function push(groups: Map<string, number[]>, key: string, role: number): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [role]);
  else group.push(role);
}

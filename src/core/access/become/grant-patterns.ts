import type { AccountId, Estate, PolicyUse } from "../../estate/index.js";
import { parseArn } from "../../estate/index.js";
import { globMatches } from "../glob.js";
import { isUnresolvedAddress, matchesAction, witnessOf } from "./arn-pattern.js";

/** Resources that some statement names for an action: where to look for compute that no document lists. */
export interface GrantPatterns {
  /** Witnesses in `account` for the Allow statements of `action` whose ARNs are of one of `services` and may be of resource type `type`. */
  witnesses(
    action: string,
    services: readonly string[],
    account: AccountId,
    type?: string,
  ): readonly string[];
  /** Patterns of `action` that are unresolved Terraform addresses of `account`. */
  unresolved(action: string, account: AccountId): readonly string[];
}

interface ActionPatterns {
  /** By the digits of the account part; `` for none or a wildcard. */
  readonly byAccount: Map<string, Set<string>>;
}

/** One pass over every policy in force, for the given actions; built when first asked. */
export function createGrantPatterns(estate: Estate, actions: readonly string[]): GrantPatterns {
  let index: Map<string, ActionPatterns> | undefined;
  const build = (): Map<string, ActionPatterns> => {
    const built = new Map(actions.map((action) => [action, { byAccount: new Map<string, Set<string>>() }]));
    const matches = new Map<string, readonly ActionPatterns[]>();
    const matching = (pattern: string): readonly ActionPatterns[] => {
      let list = matches.get(pattern);
      if (list === undefined) {
        list = actions
          .filter((action) => matchesAction(pattern, action))
          .flatMap((action) => built.get(action) ?? []);
        matches.set(pattern, list);
      }
      return list;
    };
    const everything = [...built.values()];
    for (const use of policiesInForce(estate)) {
      for (const { effect, action, resource } of use.document.statements) {
        if (effect !== "Allow" || resource === undefined || resource.negated) continue;
        const lists = action.negated ? [everything] : action.patterns.map(matching);
        for (const list of lists) {
          for (const entry of list) for (const pattern of resource.patterns) keep(entry, pattern);
        }
      }
    }
    return built;
  };
  const patterns = function* (action: string, account: AccountId): Generator<string> {
    index ??= build();
    const entry = index.get(action);
    if (entry === undefined) return;
    yield* entry.byAccount.get(account.replace(/^aws:/, "")) ?? [];
    yield* entry.byAccount.get("") ?? [];
  };
  return {
    witnesses(action, services, account, type) {
      const found = new Set<string>();
      for (const pattern of patterns(action, account)) {
        const arn = parseArn(pattern);
        if (arn === undefined || isUnresolvedAddress(pattern)) continue;
        const { service } = arn;
        if (
          type !== undefined &&
          !globMatches((arn.resource.split(/[/:]/)[0] ?? "").replace(/\*.*$/, "*"), type)
        )
          continue;
        if (!services.some((name) => globMatches(service, name))) continue;
        const witness = witnessOf(
          pattern.replace(
            /^(arn:[^:]*:)[^:]*/,
            `$1${services.find((name) => globMatches(service, name)) ?? service}`,
          ),
          account,
        );
        if (witness !== undefined) found.add(witness);
      }
      return [...found].sort();
    },
    unresolved: (action, account) =>
      [...patterns(action, account)]
        .filter(isUnresolvedAddress)
        .sort()
        .flatMap((pattern) => witnessOf(pattern, account) ?? []),
  };
}

function* policiesInForce(estate: Estate): Generator<PolicyUse> {
  for (const principal of estate.principals) yield* principal.inline;
  for (const policy of estate.managedPolicies) {
    for (const version of policy.versions) if (version.isDefault) yield version.use;
  }
}

function keep(entry: ActionPatterns, pattern: string): void {
  const arn = parseArn(pattern);
  if (arn === undefined) return; // `*` is covered by the resource that nobody has named
  const key = /^\d{12}$/.test(arn.account) ? arn.account : "";
  const set = entry.byAccount.get(key);
  if (set === undefined) entry.byAccount.set(key, new Set([pattern]));
  else set.add(pattern);
}

import type { CoverageFact, EstateFacts } from "../core/estate/index.js";
import { userScope } from "./aws-iam/user-of-path.js";
import type { Listing } from "./estate-reader.js";

/** What must be listed of every user of an account before a topic is known of the account. */
const parts = {
  "access-keys": [""],
  console: ["/password", "/mfa"],
} as const;

/**
 * Answers about one user at a time cover an account when each user of it has one, and its users are known to be
 * all (topic `iam`). The credential report says the same in one document.
 */
export function userCoverage(facts: EstateFacts, listings: readonly Listing[]): readonly CoverageFact[] {
  const whole = new Set(
    listings.filter((item) => item.extent === "whole").map((item) => `${item.topic}|${item.scope}`),
  );
  const known = new Set(facts.coverage.map((item) => `${item.topic}|${item.scope}`));
  const users = new Map<string, string[]>();
  for (const item of facts.principals) {
    if (item.kind === "user" && item.account !== undefined)
      users.set(item.account, [...(users.get(item.account) ?? []), item.name]);
  }
  return facts.coverage
    .filter((item) => item.topic === "iam" && item.scope.startsWith("aws:"))
    .flatMap(({ scope, origin }) =>
      (["access-keys", "console"] as const)
        .filter((topic) => !known.has(`${topic}|${scope}`))
        .filter((topic) =>
          (users.get(scope) ?? []).every((name) =>
            parts[topic].every((part) =>
              whole.has(`${topic}|${userScope(scope.slice("aws:".length), name)}${part}`),
            ),
          ),
        )
        .map((topic): CoverageFact => ({ topic, scope, origin })),
    );
}

import { any, can } from "../formula.js";
import type { WeaknessFormula } from "../weakness-formula.js";

/**
 * A user with a credential that nobody uses. Containment takes the password away and switches the keys off; both are
 * back with a new password, a new key, or an old key switched on again (IAM User Guide, "Find unused credentials").
 */
export const unusedCredential: WeaknessFormula = {
  name: "unused-credential",
  weaknesses: ["iam.credential.unused"],
  kinds: ["iam:user"],
  contain: () => ({}),
  restore: ({ id }) =>
    any(can("iam:CreateLoginProfile", id), can("iam:CreateAccessKey", id), can("iam:UpdateAccessKey", id)),
  bypass: () => [],
  declares: () => false,
  elsewhere: () => [],
  verbs: {
    "iam:CreateLoginProfile": "may give it a password again",
    "iam:CreateAccessKey": "may make a new key",
    "iam:UpdateAccessKey": "may switch the key on again",
  },
  // What is unused is what containment took away: it starts nothing.
  excludes: (entry, { id }) => (entry.principal as string) === id && entry.credential !== undefined,
};

import { evidenceAt } from "../../../estate/index.js";
import type { FormulaContext } from "../context.js";
import { resourceEffectGuard } from "../effect-guard.js";
import { all, can } from "../formula.js";
import { declaresPublicPolicy, withoutPublicStatements } from "../policy-weakness.js";
import { weakPolicy } from "../weak-setting.js";
import type { WeaknessFormula } from "../weakness-formula.js";

/**
 * Row 5: a key that any AWS identity may use. The engine answers `can` for KMS: the key policy names the actor, or it
 * delegates to the account and identity policies allow; without that delegation nobody else can, the account root and
 * administrators included (AWS KMS Developer Guide, "Default key policy", "Key policies"). AWS managed keys have a
 * policy that nobody can change. The lockout safety check of PutKeyPolicy refuses a policy that would shut out its own
 * writer unless it is bypassed; a policy open to all never does (AWS KMS API Reference, PutKeyPolicy).
 */
export const kmsOpenKey: WeaknessFormula = {
  name: "kms-open-key",
  weaknesses: ["kms.open-key"],
  kinds: ["kms:key"],
  weak: (context) => weakPolicy(context, "any AWS identity may use it"),
  contain: withoutPublicStatements,
  restore: (context) =>
    all(can("kms:PutKeyPolicy", context.id), resourceEffectGuard(context, "kms:Decrypt", context.id, "kms")),
  immutable(context: FormulaContext) {
    const manager = context.property(context.id, "keyManager");
    return manager?.value === "AWS"
      ? {
          basis: "immutable",
          text: "the policy of an AWS managed key cannot be changed",
          evidence: [evidenceAt(manager.origin, "keyManager = AWS")],
        }
      : undefined;
  },
  // Grants are not in the policy: whoever creates one hands the key to a named outsider.
  bypass: (context) => [
    {
      formula: can("kms:CreateGrant", context.id),
      verb: "may grant the key to outsiders",
      counts: "outside",
    },
  ],
  declares: (definition) => declaresPublicPolicy(definition),
  elsewhere: () => [["kms:CreateKey", "*"]],
  verbs: { "kms:PutKeyPolicy": "may change the key policy" },
};

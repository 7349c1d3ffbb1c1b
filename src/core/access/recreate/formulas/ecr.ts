import { resourceEffectGuard } from "../effect-guard.js";
import { all, can } from "../formula.js";
import { declaresPublicPolicy, withoutPublicStatements } from "../policy-weakness.js";
import { weakPolicy } from "../weak-setting.js";
import type { WeaknessFormula } from "../weakness-formula.js";

/**
 * Row 8: any AWS account may pull from the repository; never anonymous, because every call needs a token (Amazon ECR
 * User Guide, "Private repository policies"). Creation templates set the policy of repositories to come, not of this.
 */
export const ecrOpenRepository: WeaknessFormula = {
  name: "ecr-open-repository",
  weaknesses: ["ecr.open-repository"],
  kinds: ["ecr:repository"],
  weak: (context) => weakPolicy(context, "any AWS account may pull from it"),
  contain: withoutPublicStatements,
  restore: (context) =>
    all(
      can("ecr:SetRepositoryPolicy", context.id),
      resourceEffectGuard(context, "ecr:BatchGetImage", context.id, "ecr"),
    ),
  bypass: () => [],
  declares: (definition) => declaresPublicPolicy(definition),
  elsewhere: (context) => [
    [
      "ecr:CreateRepository",
      `arn:aws:ecr:${context.region ?? "*"}:${context.account?.slice(4) ?? "*"}:repository/*`,
    ],
    ["ecr:CreateRepositoryCreationTemplate", "*"],
  ],
  verbs: { "ecr:SetRepositoryPolicy": "may change the repository policy" },
};

import { resourceEffectGuard } from "../effect-guard.js";
import { all, can } from "../formula.js";
import { declaresPublicPolicy, withoutPublicStatements } from "../policy-weakness.js";
import { weakPolicy } from "../weak-setting.js";
import type { WeaknessFormula } from "../weakness-formula.js";

/**
 * Row 7: queues and topics that anyone may use. `AddPermission` of both takes account ids only, therefore it makes a
 * queue or topic cross-account and never public (API references). Encryption with a closed key would be an effect
 * guard, but the same right that sets the policy takes the encryption away, so it decides nothing.
 */
export const sqsPublic: WeaknessFormula = {
  name: "sqs-public",
  weaknesses: ["sqs.public"],
  kinds: ["sqs:queue"],
  weak: (context) => weakPolicy(context, "anyone may use it"),
  contain: withoutPublicStatements,
  restore: (context) =>
    all(
      can("sqs:SetQueueAttributes", context.id),
      resourceEffectGuard(context, "sqs:ReceiveMessage", context.id, "sqs"),
    ),
  bypass: () => [],
  declares: (definition) => declaresPublicPolicy(definition),
  elsewhere: (context) => [
    ["sqs:CreateQueue", `arn:aws:sqs:${context.region ?? "*"}:${context.account?.slice(4) ?? "*"}:*`],
  ],
  verbs: { "sqs:SetQueueAttributes": "may change the queue policy" },
};

/**
 * RCPs do not cover SNS. A topic policy may grant SetTopicAttributes to other accounts, an SQS policy SetQueueAttributes
 * may not (SNS Developer Guide, "Amazon SNS API permissions: Actions and resources reference"; SQS Developer Guide,
 * "Limitations of custom policies").
 */
export const snsPublic: WeaknessFormula = {
  name: "sns-public",
  weaknesses: ["sns.public"],
  kinds: ["sns:topic"],
  weak: (context) => weakPolicy(context, "anyone may use it"),
  contain: withoutPublicStatements,
  restore: (context) => can("sns:SetTopicAttributes", context.id),
  bypass: () => [],
  declares: (definition) => declaresPublicPolicy(definition),
  elsewhere: (context) => [
    ["sns:CreateTopic", `arn:aws:sns:${context.region ?? "*"}:${context.account?.slice(4) ?? "*"}:*`],
  ],
  verbs: { "sns:SetTopicAttributes": "may change the topic policy" },
};

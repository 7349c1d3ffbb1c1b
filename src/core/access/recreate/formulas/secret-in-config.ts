import { evidenceAt } from "../../../estate/index.js";
import type { PropertyTruth } from "../../recreation.js";
import { secretHops } from "../exposure-path.js";
import { isTrue, missingFact, overlayOf, type FormulaContext } from "../context.js";
import { all, any, can, fact, is, type Formula } from "../formula.js";
import { weakProperty } from "../weak-setting.js";
import type { WeaknessFormula } from "../weakness-formula.js";
import { exposedCredentials } from "./exposed-credential.js";

/**
 * Row 13: a secret value in the configuration of compute. Decisive is whether the old value is dead, not who may write
 * variables: old function versions, task definition revisions, user data and logs keep it (AWS Lambda Developer Guide,
 * "Lambda function versions"; Amazon ECS Developer Guide, "Deregistering a task definition": inactive revisions stay
 * readable).
 */
export const secretInConfig: WeaknessFormula = {
  name: "secret-in-config",
  weaknesses: ["secret.in-config"],
  kinds: ["lambda:function", "ecs:task-definition", "ec2:instance"],
  weak: holdsSecret,
  contain: (context) =>
    overlayOf({
      properties: [
        [context.id, "environmentSecrets", []],
        [context.id, "userDataSecrets", false],
      ],
    }),
  restore: (context) => all(writers(context), is(alive(context)), readers(context)),
  immutable(context) {
    const truth = alive(context);
    return truth.value === false
      ? { basis: "gone", text: "the old value is dead", evidence: truth.evidence }
      : undefined;
  },
  bypass: (context) => [
    { formula: all(readers(context), is(alive(context))), verb: "may read the old value", counts: "outside" },
  ],
  declares(definition) {
    const names = definition.declares.get("environmentSecrets");
    return (Array.isArray(names) && names.length > 0) || definition.declares.get("userDataSecrets") === true;
  },
  elsewhere: () => [],
  exposurePath: (context) => secretHops(exposedCredentials(context)),
  verbs: {
    "lambda:UpdateFunctionConfiguration": "may write its variables",
    "ecs:RegisterTaskDefinition": "may register a revision with it",
    "ec2:StopInstances": "may write its user data",
  },
};

function alive(context: FormulaContext): PropertyTruth {
  const values = exposedCredentials(context);
  const label = "the old value still works";
  const found = context.property(context.id, "environmentSecrets")?.value;
  const undescribed = Array.isArray(found) && found.length > values.length;
  if (values.length === 0 || undescribed || values.some((item) => item.status === "unknown")) {
    return fact(
      "unknown",
      label,
      [],
      [
        missingFact(
          "secret-alive",
          context.id,
          `whether the secret in ${context.name} still works`,
          "rotate it, and state the credential and its status in the estate",
        ),
      ],
    );
  }
  // A key that is only switched off can be switched on again (IAM User Guide, "Manage access keys"): not dead.
  const dead = values.every((item) => item.status === "deleted" || item.status === "expired");
  if (!dead && values.every((item) => item.status !== "active")) {
    return fact("unknown", label, [], [switchedOff(context)]);
  }
  return fact(
    !dead,
    label,
    values.map((item) => evidenceAt(item.origin, `${item.id}: ${item.status}`)),
  );
}

const switchedOff = (context: FormulaContext) =>
  missingFact(
    "secret-alive",
    context.id,
    `whether the secret in ${context.name} is gone for good: it is switched off, not deleted`,
    "delete it, and state its status in the estate",
  );

function holdsSecret(context: FormulaContext): PropertyTruth {
  const label = "its configuration holds a secret";
  const names = weakProperty(
    context,
    "environmentSecrets",
    (value) => Array.isArray(value) && value.length > 0,
    label,
  );
  return names.value === true ? names : weakProperty(context, "userDataSecrets", isTrue, label);
}

function writers(context: FormulaContext): Formula {
  const { id, resource } = context;
  if (resource?.kind === "ecs:task-definition" || id.includes(":task-definition/")) {
    return all(
      can("ecs:RegisterTaskDefinition", "*", context.account),
      any(can("ecs:UpdateService", "*", context.account), can("ecs:RunTask", id)),
      can("iam:PassRole", resource?.runsAs ?? `arn:aws:iam::${context.account?.slice(4) ?? "*"}:role/*`),
    );
  }
  if (resource?.kind === "ec2:instance" || id.includes(":instance/"))
    return all(can("ec2:StopInstances", id), can("ec2:ModifyInstanceAttribute", id));
  return can("lambda:UpdateFunctionConfiguration", id);
}

function readers(context: FormulaContext): Formula {
  const { id, resource } = context;
  if (resource?.kind === "ecs:task-definition" || id.includes(":task-definition/"))
    return can("ecs:DescribeTaskDefinition", "*", context.account);
  if (resource?.kind === "ec2:instance" || id.includes(":instance/"))
    return can("ec2:DescribeInstanceAttribute", id);
  return can("lambda:GetFunctionConfiguration", id);
}

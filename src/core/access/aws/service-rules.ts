import { parseArn } from "../../estate/index.js";
import type { Actor, Question } from "./model.js";
import { ownerOnlyActions, roleMutations } from "./services.js";

/** Rules of a service that no policy can lift. The text says what refuses; undefined: none applies. */
export function refusedByService(
  { folded, target, service }: Question,
  actor: Actor,
  same: boolean,
): string | undefined {
  const protectedRole = roleMutations.has(folded)
    ? protectionOf(target.text, target.principal?.immutable)
    : undefined;
  if (protectedRole !== undefined) return protectedRole;
  if (awsManagedPolicyChange(folded, target.text))
    return "AWS managed policies cannot be changed by customers";
  if (awsManagedKeyChange(folded) && target.resource?.properties.get("keyManager")?.value === "AWS") {
    return "the policy of an AWS managed key cannot be changed";
  }
  // STS API reference, AssumeRole and AssumeRoot: not with the credentials of a root user.
  if (folded === "sts:assumerole" && actor.kind === "root") return "root users cannot call sts:AssumeRole";
  if (folded === "sts:assumeroot") {
    if (actor.kind === "root") return "root users cannot call sts:AssumeRoot";
    if (same) return "privileged root sessions are for member accounts of other accounts only";
  }
  if (actor.kind === "native" || same) return undefined;
  if (ownerOnlyActions.has(folded))
    return `only the owning account may call ${service}:${folded.slice(service.length + 1)}`;
  if (target.mode === "none" && target.account !== undefined) {
    return "no resource policy exists that could let another account in";
  }
  return undefined;
}

function protectionOf(
  arn: string,
  immutable: "service-linked" | "aws-reserved" | undefined,
): string | undefined {
  const path = parseArn(arn)?.resource ?? "";
  if (immutable === "service-linked" || path.startsWith("role/aws-service-role/")) {
    return "service-linked roles are changed by their service only";
  }
  if (immutable === "aws-reserved" || path.startsWith("role/aws-reserved/")) {
    return "roles under aws-reserved are changed by Identity Center only";
  }
  return undefined;
}

const policyChanges: ReadonlySet<string> = new Set([
  "iam:createpolicyversion",
  "iam:deletepolicy",
  "iam:deletepolicyversion",
  "iam:setdefaultpolicyversion",
]);

const awsManagedPolicyChange = (folded: string, arn: string): boolean =>
  policyChanges.has(folded) && /^arn:[a-z-]+:iam::aws:policy\//.test(arn);

/** KMS developer guide, "AWS managed keys": customers cannot change their properties or policy. */
const awsManagedKeyChange = (folded: string): boolean =>
  folded === "kms:putkeypolicy" || folded === "kms:schedulekeydeletion" || folded === "kms:disablekey";

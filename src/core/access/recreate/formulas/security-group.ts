import { resourceId, type Resource, type ResourceId } from "../../../estate/index.js";
import { isWorldOpen, rules, strings } from "../../internet-reach.js";
import type { PropertyTruth } from "../../recreation.js";
import { missingFact, type FormulaContext } from "../context.js";
import { fact } from "../formula.js";

export { isWorldOpen, rules, strings };

/** Security groups as several rows read them: whether a rule lets the internet in, and which resource a group id is. */
export function groupId(context: FormulaContext, id: string): ResourceId {
  if (id.startsWith("arn:")) return resourceId(id);
  return resourceId(
    `arn:aws:ec2:${context.region ?? "*"}:${context.account?.slice(4) ?? "*"}:security-group/${id}`,
  );
}

export function groupOpen(context: FormulaContext, group: ResourceId): PropertyTruth {
  return context.truth(
    group,
    "ingress",
    (value) => rules(value).some(isWorldOpen),
    "the security group lets the internet in",
    `the rules of security group ${group.slice(group.lastIndexOf("/") + 1)}`,
    "aws ec2 describe-security-groups",
  );
}

/** Resources of a kind that carry the group; undefined when nobody listed them and none is known. */
export function carriersOf(
  context: FormulaContext,
  group: ResourceId,
  kind: string,
): readonly Resource[] | undefined {
  const short = group.slice(group.lastIndexOf("/") + 1);
  const found = context
    .resourcesOf(kind)
    .filter((item) =>
      strings(item.properties.get("securityGroups")?.value).some((id) => id === short || id === group),
    );
  if (found.length > 0) return found;
  return context.account !== undefined && context.estate.covers("inventory", `${context.account}/${kind}`)
    ? []
    : undefined;
}

export const unreachedTruth = (context: FormulaContext): PropertyTruth =>
  fact(
    "unknown",
    "an address behind the group is reachable from the internet",
    [],
    [
      missingFact(
        "reachable",
        context.id,
        `what security group ${context.name} guards, and its route to the internet`,
        "aws ec2 describe-instances",
      ),
    ],
  );

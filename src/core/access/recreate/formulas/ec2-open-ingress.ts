import type { JsonValue, Resource, ResourceId } from "../../../estate/index.js";
import { missingFact, overlayOf, type FormulaContext } from "../context.js";
import { all, any, can, fact, is, type Formula } from "../formula.js";
import { accountGuard } from "../guards.js";
import type { Bypass, WeaknessFormula } from "../weakness-formula.js";
import {
  carriersOf,
  groupId,
  groupOpen,
  isWorldOpen,
  rules,
  strings,
  unreachedTruth,
} from "./security-group.js";

/**
 * Row 2: the internet reaches a port: `rule ∧ reachable`. Sources: Amazon EC2 User Guide, "Security group rules";
 * Amazon VPC User Guide, "Block public access to VPCs and subnets" (options and exclusions, pinned by declarative
 * policies). No condition key sees the range of a rule: an SCP can only forbid the whole action.
 */
export const ec2OpenIngress: WeaknessFormula = {
  name: "ec2-open-ingress",
  weaknesses: ["ec2.open-ingress"],
  kinds: ["ec2:security-group", "ec2:instance"],
  weak: (context) =>
    context.resource?.kind === "ec2:security-group" ? groupOpen(context, context.id) : undefined,
  contain(context) {
    return overlayOf({
      properties: groupsOf(context).map(
        (group) =>
          [
            group,
            "ingress",
            rules(context.property(group, "ingress")?.value).filter((rule) => !isWorldOpen(rule)),
          ] as const,
      ),
    });
  },
  restore(context) {
    const groups = groupsOf(context);
    if (groups.length === 0) return groupsUnknown(context);
    return any(...groups.map((group) => all(rule(context, group), reachable(context, group))));
  },
  bypass: (context) => swaps(context),
  declares: (definition) => rules(definition.declares.get("ingress")).some(isWorldOpen),
  definedOn: (context) => groupsOf(context),
  elsewhere: (context) => [
    [
      "ec2:CreateSecurityGroup",
      `arn:aws:ec2:${context.region ?? "*"}:${context.account?.slice(4) ?? "*"}:vpc/*`,
    ],
  ],
  verbs: {
    "ec2:AuthorizeSecurityGroupIngress": "may change the group",
    "ec2:ModifySecurityGroupRules": "may change the group",
    "ec2:ModifyManagedPrefixList": "may widen the address list",
  },
};

/** The exposure may be reported on the group itself or on the instance behind it. */
function groupsOf(context: FormulaContext): readonly ResourceId[] {
  if (context.resource?.kind !== "ec2:instance") return isInstance(context) ? [] : [context.id];
  const ids = strings(context.resource.properties.get("securityGroups")?.value);
  return ids.map((id) => groupId(context, id));
}

const isInstance = (context: FormulaContext): boolean =>
  context.resource?.kind === "ec2:instance" || context.id.includes(":instance/");

/** An instance always has a group (Amazon EC2 User Guide, "Security groups"): none known means not collected. */
const groupsUnknown = (context: FormulaContext): Formula =>
  is(
    fact(
      "unknown",
      "one of its security groups can be opened",
      [],
      [
        missingFact(
          "property",
          `${context.id}|securityGroups`,
          `the security groups of ${context.name}`,
          "aws ec2 describe-instances",
        ),
      ],
    ),
  );

function rule(context: FormulaContext, group: ResourceId): Formula {
  const lists = rules(context.property(group, "ingress")?.value).flatMap((item: JsonValue) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? strings((item as { readonly [key: string]: JsonValue })["prefixLists"])
      : [],
  );
  const place = `arn:aws:ec2:${context.region ?? "*"}:${context.account?.slice(4) ?? "*"}`;
  return any(
    can("ec2:AuthorizeSecurityGroupIngress", group),
    can("ec2:ModifySecurityGroupRules", group),
    is(groupOpen(context, group)),
    ...[...new Set(lists)].map((list) => can("ec2:ModifyManagedPrefixList", `${place}:prefix-list/${list}`)),
  );
}

function reachable(context: FormulaContext, group: ResourceId): Formula {
  if (context.resource?.kind === "ec2:instance") return carrierReachable(context, context.resource);
  const instances = carriersOf(context, group, "ec2:instance") ?? [];
  // Load balancers, databases and other interfaces carry groups too, and new ones can be put on: what was not listed,
  // or may yet be attached, is unknown and never "not reachable".
  return any(...instances.map((carrier) => carrierReachable(context, carrier)), is(unreachedTruth(context)));
}

function carrierReachable(context: FormulaContext, carrier: Resource): Formula {
  const now = context.truth(
    carrier.id,
    "internetReachable",
    (value) => value === true,
    `${carrier.name} has a public address and a route to the internet`,
    `whether ${carrier.name} has a route to the internet`,
    "aws ec2 describe-instances, describe-route-tables, describe-network-acls",
  );
  if (now.value !== false) return is(now);
  const place = `arn:aws:ec2:${context.region ?? "*"}:${context.account?.slice(4) ?? "*"}`;
  const routeMissing = missingFact(
    "route",
    carrier.id,
    `which of route, network ACL and VPC block keeps ${carrier.name} off the internet`,
    "aws ec2 describe-route-tables, describe-network-acls",
  );
  const part = (name: string, label: string): Formula => {
    const property = context.property(carrier.id, name);
    return is(
      property === undefined
        ? fact("unknown", label, [], [routeMissing])
        : fact(property.value === true, label),
    );
  };
  return all(
    any(
      is(
        context.truth(
          carrier.id,
          "publicIp",
          (value) => value !== null,
          `${carrier.name} has a public address`,
          `whether ${carrier.name} has a public address`,
          "aws ec2 describe-instances",
        ),
      ),
      can("ec2:AssociateAddress", carrier.id),
    ),
    any(
      part("internetRoute", "a route leads to the internet"),
      can("ec2:CreateRoute", `${place}:route-table/*`),
      can("ec2:ReplaceRoute", `${place}:route-table/*`),
    ),
    any(
      part("networkAclOpen", "the network ACL lets it through"),
      can("ec2:ReplaceNetworkAclEntry", `${place}:network-acl/*`),
    ),
    accountGuard(context, {
      name: "VPC block public access",
      kind: "effect",
      property: "ec2.vpcBlockPublicAccess",
      isOff: (value) => value === "off",
      lift: any(
        can("ec2:ModifyVpcBlockPublicAccessOptions", "*", context.account),
        can("ec2:CreateVpcBlockPublicAccessExclusion", `${place}:vpc/*`),
      ),
      collect: "aws ec2 describe-vpc-block-public-access-options",
      declarative: "vpc_block_public_access",
    }),
  );
}

/** Another group that is open already, put on the same instance. */
function swaps(context: FormulaContext): readonly Bypass[] {
  const own = new Set<string>(groupsOf(context));
  const others = context
    .resourcesOf("ec2:security-group")
    .filter(
      (item) =>
        !own.has(item.id) &&
        item.account === context.account &&
        rules(item.properties.get("ingress")?.value).some(isWorldOpen),
    );
  const other = others[0];
  const instances =
    context.resource?.kind === "ec2:instance"
      ? [context.resource]
      : groupsOf(context).flatMap((group) => carriersOf(context, group, "ec2:instance") ?? []);
  if (other === undefined) return [];
  return instances.map((instance) => ({
    formula: all(
      can("ec2:ModifyInstanceAttribute", instance.id),
      can("ec2:ModifyInstanceAttribute", other.id),
      carrierReachable(context, instance),
    ),
    verb: `may swap in ${other.name}, which is open`,
    counts: "all",
  }));
}

import { evidenceAt, type ResourceId } from "../../../estate/index.js";
import { isTrue, missingFact, overlayOf, type FormulaContext } from "../context.js";
import { all, any, can, fact, is, type Formula } from "../formula.js";
import { declares } from "../policy-weakness.js";
import { weakProperty } from "../weak-setting.js";
import type { WeaknessFormula } from "../weakness-formula.js";
import { groupId, groupOpen, strings } from "./security-group.js";

/**
 * Row 3: a database with a public address. Source: Amazon RDS User Guide, "Hiding a DB instance in a VPC from the
 * internet". The key `rds:PubliclyAccessible` exists on create and restore only (service authorization reference): an
 * SCP that uses it does not stop a modification, which the engine's own condition handling shows.
 */
export const rdsPublicInstance: WeaknessFormula = {
  name: "rds-public-instance",
  weaknesses: ["rds.public-instance"],
  kinds: ["rds:db-instance"],
  weak: (context) => weakProperty(context, "publiclyAccessible", isTrue, "it has a public address"),
  contain: (context) => overlayOf({ properties: [[context.id, "publiclyAccessible", false]] }),
  restore: (context) => all(can("rds:ModifyDBInstance", context.id), subnets(context), groups(context)),
  bypass: () => [],
  declares: (definition) => declares(definition, "publiclyAccessible", true),
  elsewhere: (context) => [
    ["rds:CreateDBInstance", `arn:aws:rds:${context.region ?? "*"}:${context.account?.slice(4) ?? "*"}:db:*`],
  ],
  verbs: { "rds:ModifyDBInstance": "may make the database public" },
};

const otherUnknown = (context: FormulaContext, what: string, label: string): Formula =>
  is(
    fact(
      "unknown",
      label,
      [],
      [
        missingFact(
          `other-${what.replaceAll(" ", "-")}`,
          context.id,
          `whether ${label}, for database ${context.name}`,
          "aws ec2 describe-route-tables, describe-security-groups; aws rds describe-db-subnet-groups",
        ),
      ],
    ),
  );

function subnets(context: FormulaContext): Formula {
  const routes = `arn:aws:ec2:${context.region ?? "*"}:${context.account?.slice(4) ?? "*"}:route-table/*`;
  return any(
    is(
      context.truth(
        context.id,
        "publicSubnets",
        isTrue,
        "its subnets have a route to the internet",
        `the subnets of database ${context.name}`,
        "aws rds describe-db-instances; aws ec2 describe-route-tables",
      ),
    ),
    can("ec2:CreateRoute", routes),
    can("ec2:ReplaceRoute", routes),
    // Whoever modifies the instance may also put it into other subnets: whether such a group exists is not read.
    otherUnknown(context, "subnet group", "a subnet group of its VPC has a route to the internet"),
  );
}

function groups(context: FormulaContext): Formula {
  const ids = strings(context.property(context.id, "securityGroups")?.value);
  if (ids.length === 0) {
    return is(
      context.truth(
        context.id,
        "securityGroups",
        () => false,
        "a security group lets the internet in",
        `the security groups of database ${context.name}`,
        "aws rds describe-db-instances",
      ),
    );
  }
  return any(
    ...ids
      .map((id) => groupId(context, id))
      .map((group: ResourceId) =>
        any(
          is(groupOpen(context, group)),
          can("ec2:AuthorizeSecurityGroupIngress", group),
          can("ec2:ModifySecurityGroupRules", group),
        ),
      ),
    // ModifyDBInstance takes other security groups as well (Amazon RDS API Reference, VpcSecurityGroupIds).
    otherUnknown(context, "security group", "another security group of its VPC lets the internet in"),
  );
}

/**
 * Row 3b: a snapshot that any account may restore. Encrypted snapshots cannot be shared publicly, automated ones
 * only after a copy (Amazon RDS User Guide, "Sharing a DB snapshot"). There is no account switch and no condition key.
 */
export const rdsPublicSnapshot: WeaknessFormula = {
  name: "rds-public-snapshot",
  weaknesses: ["rds.public-snapshot"],
  kinds: ["rds:snapshot", "rds:cluster-snapshot"],
  weak: (context) => weakProperty(context, "public", isTrue, "any account may restore it"),
  contain: (context) => overlayOf({ properties: [[context.id, "public", false]] }),
  restore(context) {
    const collect = `aws rds describe-db-snapshots`;
    const share = can(
      isCluster(context) ? "rds:ModifyDBClusterSnapshotAttribute" : "rds:ModifyDBSnapshotAttribute",
      context.id,
    );
    const manual = context.truth(
      context.id,
      "snapshotType",
      (value) => value === "manual",
      "the snapshot is manual",
      `the type of snapshot ${context.name}`,
      collect,
    );
    return all(
      share,
      is(
        context.truth(
          context.id,
          "encrypted",
          (value) => value === false,
          "the snapshot is not encrypted",
          `whether snapshot ${context.name} is encrypted`,
          collect,
        ),
      ),
      any(
        is(manual),
        can(isCluster(context) ? "rds:CopyDBClusterSnapshot" : "rds:CopyDBSnapshot", context.id),
      ),
    );
  },
  immutable: (context) => encrypted(context, "an encrypted snapshot cannot be made public"),
  bypass: (context) => [
    {
      formula: can("rds:StartExportTask", "*", context.account),
      verb: "may export snapshots",
      counts: "outside",
    },
  ],
  declares: (definition) => declares(definition, "public", true),
  elsewhere: (context) => [
    [
      "rds:CreateDBSnapshot",
      `arn:aws:rds:${context.region ?? "*"}:${context.account?.slice(4) ?? "*"}:snapshot:*`,
    ],
  ],
  verbs: {
    "rds:ModifyDBSnapshotAttribute": "may share the snapshot",
    "rds:ModifyDBClusterSnapshotAttribute": "may share the snapshot",
  },
};

const isCluster = (context: FormulaContext): boolean =>
  context.resource?.kind === "rds:cluster-snapshot" || context.id.includes(":cluster-snapshot:");

export function encrypted(context: FormulaContext, text: string) {
  const property = context.property(context.id, "encrypted");
  return property?.value === true
    ? { basis: "immutable" as const, text, evidence: [evidenceAt(property.origin, "encrypted = true")] }
    : undefined;
}

// Families of checks of one service, for which no general rule finds what brings the finding back. Each says why; none
// names a check.
import { asksSecrets } from "./noise.mjs";
import { serviceOf } from "./service-of.mjs";

/** @typedef {import("./causes.mjs").CauseRule} CauseRule */

/** @type {readonly CauseRule[]} */
export const familyCauses = [
  {
    name: "code",
    outranks: true,
    why: "code is written by the actions that take code",
    adds: ({ check }) => {
      if (!asksSecrets.test(check.id)) return [];
      if (check.service === "codecommit")
        return ["codecommit:GitPush", "codecommit:PutFile", "codecommit:CreateCommit"];
      return /_in_code$/.test(check.id) ? ["lambda:UpdateFunctionCode"] : [];
    },
  },
  {
    name: "opened",
    why: "ports are opened one by one as well as set as a whole",
    adds: ({ actions }) =>
      [...actions].flatMap((action) =>
        /:Put\w*PublicPorts$/.test(action) ? [action.replace(":Put", ":Open")] : [],
      ),
  },
  {
    name: "one-setter",
    why: "a distribution has one setter for everything",
    adds: ({ check }) =>
      /^cloudfront_distributions_/.test(check.id) ? ["cloudfront:UpdateDistribution"] : [],
  },
  {
    name: "security-setting",
    why: "a cluster's encryption in transit and sign-in are set together",
    outranks: true,
    adds: ({ check, dictionary }) =>
      /_in_transit_|authentication|unrestricted_access/.test(check.id)
        ? serviceOf(check).flatMap((service) =>
            dictionary.find(`${service}:UpdateSecurity`) === undefined ? [] : [`${service}:UpdateSecurity`],
          )
        : [],
  },
  {
    name: "both-snapshots",
    why: "snapshots of instances and of clusters are asked",
    adds: ({ check, actions }) =>
      /^rds_snapshots_/.test(check.id)
        ? [...actions].map((action) => action.replace(/DBSnapshot/, "DBClusterSnapshot"))
        : [],
  },
  {
    name: "alarm-actions",
    why: "whether an alarm acts is part of the alarm",
    adds: ({ actions }) =>
      actions.has("cloudwatch:DisableAlarmActions") ? ["cloudwatch:PutMetricAlarm"] : [],
  },
  {
    name: "api-gateway",
    why: "API Gateway changes everything by PATCH",
    adds: ({ actions }) =>
      [...actions].some((action) => action.startsWith("apigateway:")) ? ["apigateway:PATCH"] : [],
  },
  {
    name: "trail",
    why: "that there is a trail that logs is asked: it ends by stopping or deleting it too",
    adds: ({ check }) =>
      check.service === "cloudtrail" && /_multi_region_|_trail_enabled|_all_regions/.test(check.id)
        ? ["cloudtrail:UpdateTrail", "cloudtrail:StopLogging", "cloudtrail:DeleteTrail"]
        : [],
  },
  {
    name: "subnet-group",
    why: "a database lies in the subnets of its subnet group",
    adds: ({ check, dictionary }) =>
      /public_subnet/.test(check.id)
        ? serviceOf(check).flatMap((service) =>
            dictionary
              .of(service)
              .filter((action) => /^Modify\w*SubnetGroup$/.test(action.verb + action.noun))
              .map((action) => action.name),
          )
        : [],
  },
  {
    name: "cluster-members",
    why: "a database cluster spans zones by its instances",
    adds: ({ check }) =>
      check.resourceType === "AwsRdsDbCluster" && /_multi_az/.test(check.id) ? ["rds:DeleteDBInstance"] : [],
  },
  {
    name: "load-balancer-zones",
    outranks: true,
    why: "a load balancer loses a zone by leaving it or its subnet",
    adds: ({ check }) =>
      check.service === "elb" && /multiple_az/.test(check.id)
        ? [
            "elasticloadbalancing:DisableAvailabilityZonesForLoadBalancer",
            "elasticloadbalancing:DetachLoadBalancerFromSubnets",
          ]
        : [],
  },
  {
    name: "backup-plan",
    why: "a resource is protected as long as plan and selection stand",
    adds: ({ check }) =>
      /protected_by_backup_plan/.test(check.id)
        ? ["backup:DeleteBackupSelection", "backup:DeleteBackupPlan", "backup:UpdateBackupPlan"]
        : [],
  },
  {
    name: "organization-policy",
    why: "a policy that must hold ends by changing, detaching or deleting it",
    adds: ({ check, actions }) =>
      check.service === "organizations" && actions.has("organizations:UpdatePolicy")
        ? ["organizations:DetachPolicy", "organizations:DeletePolicy"]
        : [],
  },
  {
    name: "bucket-access",
    why: "a bucket is public by its policy or its list, where the block lets it",
    adds: ({ check }) =>
      /bucket/.test(check.id) && /publicly_accessible/.test(check.id) && check.resourceType === "AwsS3Bucket"
        ? ["s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock"]
        : [],
  },
  {
    name: "ingress",
    why: "rules of both directions are asked",
    adds: ({ check, actions }) =>
      /ingress_egress/.test(check.id) && actions.has("ec2:AuthorizeSecurityGroupEgress")
        ? ["ec2:AuthorizeSecurityGroupIngress", "ec2:ModifySecurityGroupRules"]
        : [],
  },
  {
    name: "launch-configuration",
    why: "a group takes its settings from the launch configuration it is pointed to, which itself cannot change",
    adds: ({ check }) =>
      check.service === "autoscaling" && /_group_launch_configuration_/.test(check.id)
        ? ["autoscaling:UpdateAutoScalingGroup"]
        : [],
  },
  {
    name: "role-rights",
    why: "a role has too many rights by what is attached to it or written into it",
    adds: ({ check }) =>
      /_role_least_privilege$/.test(check.id) ? ["iam:AttachRolePolicy", "iam:PutRolePolicy"] : [],
  },
  {
    name: "subscription",
    why: "a subscription comes to be by subscribing",
    adds: ({ check }) => (/^sns_subscription_/.test(check.id) ? ["sns:Subscribe"] : []),
  },
  {
    name: "role-exists",
    why: "a role that must be there ends by deleting it",
    adds: ({ check }) => (/_role_created$/.test(check.id) ? ["iam:DeleteRole"] : []),
  },
  {
    name: "autoscaling-target",
    why: "scaling by load ends by taking away the target or its policy",
    adds: ({ check }) =>
      /_autoscaling_enabled$/.test(check.id)
        ? ["application-autoscaling:DeregisterScalableTarget", "application-autoscaling:DeleteScalingPolicy"]
        : [],
  },
  {
    name: "dangling",
    why: "a record or an origin dangles once what it names was given up",
    adds: ({ check }) =>
      /_dangling_ip_/.test(check.id)
        ? ["ec2:ReleaseAddress"]
        : /_non_existent_bucket$/.test(check.id)
          ? ["s3:DeleteBucket"]
          : [],
  },
  {
    name: "organization-member",
    why: "an account is part of an organization until it leaves or is removed",
    adds: ({ check }) =>
      check.fixOperations.includes("organizations:CreateOrganization")
        ? ["organizations:LeaveOrganization", "organizations:RemoveAccountFromOrganization"]
        : [],
  },
  {
    name: "user-attachment",
    why: "what is attached to users, inline or managed, is asked",
    adds: ({ check }) => (/only_to_group/.test(check.id) ? ["iam:PutUserPolicy"] : []),
  },
];

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { corpusPath } from "../../test/corpus.js";
import type { EstateReading } from "./estate-reader.js";
import { estateReaders } from "./estate-registry.js";
import { readDocument } from "./read-document.js";

/** What the index of the corpus says of each document, or why nothing of it can be used. */
interface Expected {
  readonly kind: string;
  readonly entities: Readonly<Record<string, number>>;
  readonly rejected?: RegExp;
}

const is = (kind: string, entities: Readonly<Record<string, number>>, rejected?: RegExp): Expected => ({
  kind,
  entities,
  ...(rejected === undefined ? {} : { rejected }),
});
const plan = (changes: number): Expected => is("terraform-plan", { resource_changes: changes });
const state = (resources: number): Expected => is("terraform-state", { resources });
const trail = (events: number): Expected => is("aws-cloudtrail", { events });
const owners = (rules: number, sections = 0): Expected => is("codeowners", { rules, sections });
const noKey = is("aws-kms", {}, /does not name its key/);
const noBucket = is("aws-s3", {}, /does not name its bucket/);
const auth = { mapRoles: 1, mapUsers: 1, mapAccounts: 1 };

const expected: Readonly<Record<string, Readonly<Record<string, Expected>>>> = {
  "aws-cloudformation": {
    "awscli-describe-stacks.json": is("aws-cloudformation", { stacks: 1 }),
    "awscli-list-stack-resources.json": is("aws-cloudformation", { resources: 3 }, /does not name its stack/),
    "c7n-describe-stacks.json": is("aws-cloudformation", { stacks: 7 }),
    "cfngoat-yor-tagged.yaml": is("aws-cloudformation", { resources: 45 }),
    "github-oidc-provider-and-role.yaml": is("aws-cloudformation", { resources: 2 }),
    "github-oidc-provider.yaml": is("aws-cloudformation", { resources: 1 }),
    "yor-tagged-ebs.json": is("aws-cloudformation", { resources: 1 }),
    "yor-tagged-ebs.yaml": is("aws-cloudformation", { resources: 1 }),
  },
  "aws-cloudtrail": {
    "awscli-lookup-events.json": trail(1),
    "c7n-cwe-put-bucket.json": trail(1),
    "c7n-cwe-run-instance-assumed-role.json": trail(1),
    "c7n-cwe-s3.json": trail(1),
    "cartography-saml-lookup-events.json": trail(2),
    "cartography-web-identity-lookup-events.json": trail(2),
    "panther-assume-role-by-service.json": trail(1),
    "panther-policy-changes.json": trail(9),
    "stratus-aws.credential-access.ec2-steal-instance-credentials.json": trail(45),
    "stratus-aws.defense-evasion.organizations-leave.json": trail(3),
    "stratus-aws.persistence.iam-backdoor-role.json": trail(1),
    "stratus-aws.persistence.iam-backdoor-user.json": trail(1),
    "stratus-aws.persistence.iam-create-admin-user.json": trail(3),
    "stratus-aws.persistence.iam-create-backdoor-role.json": trail(2),
    "stratus-aws.persistence.lambda-backdoor-function.json": trail(1),
    "stratus-aws.persistence.rolesanywhere-create-trust-anchor.json": trail(2),
    "stratus-aws.persistence.sts-federation-token.json": trail(2),
  },
  "aws-compute": {
    "awscli-ecs-describe-services.json": is("aws-compute", { services: 1 }),
    "awscli-ecs-describe-task-definition.json": is("aws-compute", { containers: 2 }),
    "awscli-ecs-describe-tasks.json": is("aws-compute", { tasks: 1 }),
    "awscli-instance-profile-associations.json": is(
      "aws-compute",
      { associations: 2 },
      /Region .* not stated/,
    ),
    "awscli-lambda-get-policy.json": is("aws-resource-policies", { policies: 1 }),
    "awscli-lambda-list-functions.json": is("aws-compute", { functions: 3 }),
    "c7n-ecs-describe-task-definition.json": is("aws-compute", { containers: 1 }),
    "c7n-lambda-get-function-env.json": is("aws-compute", { functions: 1 }),
    "c7n-lambda-get-policy.json": is("aws-resource-policies", { policies: 1 }),
    "c7n-lambda-list-functions-env.json": is("aws-compute", { functions: 2 }),
    "c7n-secretsmanager-resource-policy.json": is("aws-resource-policies", { policies: 1 }),
  },
  "aws-config": {
    "c7n-config-rule-event.json": is("aws-config", { events: 1 }),
    "c7n-resource-config-history-ecs-service.json": is("aws-config", { configurationItems: 1 }),
    "c7n-resource-config-history-ecs-task-definition.json": is("aws-config", { configurationItems: 1 }),
    "c7n-resource-config-history-eks-cluster.json": is("aws-config", { configurationItems: 1 }),
    "c7n-resource-config-history-security-group.json": is("aws-config", { configurationItems: 2 }),
    "c7n-select-resource-config-ecr-policy.json": is("aws-config", { results: 8 }),
    "c7n-select-resource-config-kms-key.json": is("aws-config", { results: 3 }),
    "c7n-select-resource-config-lambda.json": is("aws-config", { results: 1 }),
    "c7n-select-resource-config-sns.json": is("aws-config", { results: 2 }),
    "lambda-go-config-event.json": is("aws-config", { events: 1 }, /no configuration item/),
  },
  "aws-eks": {
    "aws-auth-configmap-broken.yaml": is("aws-eks", { mapUsers: 1, mapAccounts: 1 }, /`mapRoles` is no text/),
    "aws-auth-configmap-lower-case-top-keys.yaml": is("aws-eks", {}, /grants nothing/),
    "aws-auth-configmap-odd-case.yaml": is("aws-eks", auth),
    "aws-auth-configmap-space-out-of-place.yaml": is("aws-eks", auth),
    "aws-auth-configmap.yaml": is("aws-eks", auth),
    "aws-iam-authenticator-example.yaml": is("aws-eks", { objects: 5 }),
    "awscli-describe-access-entry.json": is("aws-eks", { entries: 1 }),
    "awscli-describe-pod-identity-association.json": is("aws-eks", { associations: 1 }),
    "awscli-list-access-entries.json": is("aws-eks", { accessEntries: 4 }),
    "awscli-list-associated-access-policies.json": is("aws-eks", { associatedAccessPolicies: 1 }),
    "awscli-list-pod-identity-associations.json": is("aws-eks", { associations: 3 }),
    "c7n-describe-cluster.json": is("aws-eks", { clusters: 1 }),
  },
  "aws-kms": {
    "awscli-list-grants.json": is("aws-kms", { grants: 1 }),
    "c7n-key-policy-after-removal.json": noKey,
    "c7n-key-policy-condition-keys.json": noKey,
    "c7n-key-policy-cross-account.json": noKey,
    "c7n-key-policy-default-root.json": noKey,
    "c7n-list-grants-empty.json": is("aws-kms", { grants: 0 }, /does not name its key/),
    "cartography-list-grants.json": is("aws-kms", { grants: 1 }),
  },
  "aws-s3": {
    "awscli-get-bucket-acl.json": noBucket,
    "awscli-get-bucket-policy.json": is("aws-s3", { statements: 2 }),
    "awscli-get-public-access-block.json": is("aws-s3", {}, /neither its bucket nor its account/),
    "c7n-access-point-policy.json": is("aws-s3", {}, /account and Region of access point/),
    "c7n-account-public-access-block-missing.json": is("aws-s3", { errors: 1 }),
    "c7n-account-public-access-block.json": is("aws-s3", {}, /neither its bucket nor its account/),
    "c7n-bucket-acl-1.json": noBucket,
    "c7n-bucket-acl-2.json": noBucket,
    "c7n-bucket-acl-3.json": noBucket,
    "c7n-bucket-policy-1.json": is("aws-s3", { statements: 2 }),
    "c7n-bucket-policy-2.json": is("aws-s3", { statements: 1 }),
    "c7n-bucket-policy-3.json": is("aws-s3", { statements: 2 }),
    // Two Deny statements, one of which names its principal in a form outside the grammar.
    "c7n-bucket-policy-4.json": is("aws-s3", {}, /`Principal` must be/),
    "c7n-bucket-policy-5.json": is("aws-s3", { statements: 1 }),
    "c7n-bucket-public-access-block.json": is("aws-s3", { errors: 1 }),
  },
  "terraform-plan": {
    "aws-infracost-target.json": plan(1),
    "azure-infracost-firewall.json": plan(11),
    "checkov-aws-deleted.json": plan(1),
    "checkov-aws-github-oidc-trust.json": plan(9),
    "checkov-aws-iam-data-block.json": plan(3),
    "checkov-aws-iam-policies.json": plan(7),
    "checkov-aws-large.json": plan(55),
    "checkov-aws-nested-modules.json": plan(9),
    "checkov-aws-tags-module.json": plan(5),
    "checkov-utf16.json": plan(1),
    "gcp-example_folder_iam_binding.json": plan(1),
    "gcp-example_kms_crypto_key_iam_member.json": plan(2),
    "gcp-example_org_policy_policy.json": plan(3),
    "gcp-example_organization_iam_custom_role.json": plan(1),
    "gcp-example_project_iam.json": plan(5),
    "trivy-plan.json": plan(3),
  },
  "terraform-state": {
    "driftctl-aws-iam-access-keys.tfstate": state(2),
    "driftctl-aws-iam-module-user.tfstate": state(2),
    "driftctl-aws-iam-roles.tfstate": state(1),
    "driftctl-aws-iam-user-policies.tfstate": state(12),
    "driftctl-aws-kms-key.tfstate": state(3),
    "driftctl-aws-lambda.tfstate": state(2),
    "driftctl-aws-s3-full.tfstate": state(26),
    "driftctl-azure-nsg.tfstate": state(4),
    "driftctl-azure-ssh-key.tfstate": state(1),
    "driftctl-gcp-bucket-iam-member.tfstate": state(4),
    "driftctl-gcp-bucket-iam-policy.tfstate": state(2),
    "driftctl-github-branch-protection.tfstate": state(1),
    "driftctl-github-team-membership.tfstate": state(2),
    "inframap-aws-count.tfstate": state(2),
    "inframap-azure.tfstate": state(5),
    "inframap-gcp.tfstate": state(4),
    "inframap-invalid-version.tfstate": is("terraform-state", {}, /state version `2` is not supported/),
    "inframap-multi-module.tfstate": state(3),
    "inframap-repeated-modules.tfstate": state(16),
    "inframap-v3.tfstate": is("terraform-state", { modules: 1 }),
  },
  codeowners: {
    "cloudfox-CODEOWNERS": owners(1),
    // 54 lines that count: 46 rules and 8 section headings.
    "gitlab-sections-CODEOWNERS": owners(46, 8),
    "icalendar-CODEOWNERS": owners(23),
    "openfga-CODEOWNERS": owners(3),
    "prowler-CODEOWNERS": owners(19),
    "trivy-CODEOWNERS": owners(14),
  },
};

function readCorpus(folder: string, file: string): { kind: string; reading: EstateReading } {
  const bytes = readFileSync(join(corpusPath("estates", "documents", folder), file));
  const read = readDocument({ path: `documents/${folder}/${file}`, bytes });
  if (read.kind === "rejected") throw new Error(read.rejection.reason);
  const reader = estateReaders.find((candidate) => candidate.recognises(read.document));
  if (reader === undefined) throw new Error("no reader recognises it");
  const source = { ...read.document.source, kind: reader.kind };
  return { kind: reader.kind, reading: reader.read(read.document, { source }) };
}

describe.each(Object.entries(expected))("documents of kind %s", (folder, files) => {
  test("every file of the corpus is expected", () => {
    expect(readdirSync(corpusPath("estates", "documents", folder)).sort()).toEqual(Object.keys(files).sort());
  });

  test.each(Object.entries(files))(
    "%s is read as what the index says",
    (file, { kind, entities, rejected }) => {
      const { kind: found, reading } = readCorpus(folder, file);
      expect(found).toBe(kind);
      expect(reading.entities).toMatchObject(entities);
      const reasons = reading.rejected.map((item) => item.reason).join("\n");
      if (rejected === undefined) expect(reasons).toBe("");
      else expect(reasons).toMatch(rejected);
    },
  );

  test("no secret value survives reading", () => {
    for (const file of Object.keys(files)) {
      const text = JSON.stringify(readCorpus(folder, file).reading, (_, value: unknown) =>
        value instanceof Map ? Object.fromEntries(value) : value,
      );
      // Session tokens, secrets of keys and passwords of the corpus begin like this (masked in the corpus itself).
      expect(text).not.toMatch(/wJalrXUtnFEMI|IQoJxxx|IQxxxx|"bqxxx|BOxxxxx|Aaxxxxxxxxx/);
    }
  });
});

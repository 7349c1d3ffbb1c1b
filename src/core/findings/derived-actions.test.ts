import { describe, expect, it, test } from "vitest";
import { readWriteActions } from "../../../scripts/data/derived/action-words.mjs";
import { improveActions } from "../../../scripts/data/derived/index.mjs";

const dictionary = readWriteActions(new URL("../../../data/aws-actions.json", import.meta.url).pathname);

/** A check that no table holds: rules speak about families, not about checks. */
const improved = (id: string, more: Partial<Parameters<typeof improveActions>[0]> = {}): readonly string[] =>
  improveActions(
    {
      id,
      provider: "aws",
      service: id.split("_")[0] ?? "",
      resourceType: "Other",
      classes: ["configuration"],
      fixOperations: [],
      derivedActions: [],
      creationActions: [],
      derivation: ["cli"],
      confidence: "high",
      ...more,
    },
    dictionary,
  ).actions;

describe("rules for the actions that bring a finding back (findings.md 3.2)", () => {
  test.each([
    [
      "what the fix undoes, beside what only a looser source named",
      improved("kinesis_x_retention", {
        fixOperations: ["kinesis:IncreaseStreamRetentionPeriod"],
        derivedActions: ["kinesis:UpdateShardCount"],
        derivation: ["cfn"],
      }),
      ["kinesis:DecreaseStreamRetentionPeriod"],
    ],
    [
      "the deletion of what must exist, not its change",
      improved("backup_things_exist", {
        fixOperations: ["backup:CreateBackupPlan"],
        derivedActions: ["backup:DeleteBackupPlan", "backup:UpdateBackupPlan"],
      }),
      ["backup:DeleteBackupPlan"],
    ],
    [
      "the creation of a part on the same resource",
      improved("awslambda_function_url_x", {
        resourceType: "AwsLambdaFunction",
        derivedActions: ["lambda:UpdateFunctionUrlConfig"],
      }),
      ["lambda:UpdateFunctionUrlConfig", "lambda:CreateFunctionUrlConfig"],
    ],
    [
      "attaching, where attached policies are asked",
      improved("iam_role_x_policy", {
        fixOperations: ["iam:DetachRolePolicy"],
        derivedActions: ["iam:AttachRolePolicy", "iam:PutRolePolicy"],
      }),
      ["iam:AttachRolePolicy"],
    ],
    [
      "adding a statement, where the resource is public by its policy",
      improved("sqs_x_publicly_accessible", {
        classes: ["public-exposure"],
        derivedActions: ["sqs:SetQueueAttributes"],
      }),
      ["sqs:SetQueueAttributes", "sqs:AddPermission"],
    ],
    [
      "nothing by deleting, where a secret is asked",
      improved("sagemaker_x_no_secrets", {
        derivedActions: [
          "sagemaker:UpdateNotebookInstanceLifecycleConfig",
          "sagemaker:DeleteNotebookInstanceLifecycleConfig",
        ],
      }),
      ["sagemaker:UpdateNotebookInstanceLifecycleConfig"],
    ],
    [
      "nothing by deleting what would be made anew to encrypt it",
      improved("dax_cluster_encryption_enabled", {
        fixOperations: ["dax:CreateCluster"],
        derivedActions: ["dax:DeleteCluster"],
      }),
      [],
    ],
  ])("find %s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  it("name only actions that AWS has, and leave other providers alone", () => {
    expect(improved("iam_x_role_created", { derivedActions: ["iam:DetachRolePolicy"] })).toEqual([
      "iam:DetachRolePolicy",
      "iam:DeleteRole",
    ]);
    expect(improved("x", { provider: "gcp", derivedActions: ["iam.roles.update"] })).toEqual([
      "iam.roles.update",
    ]);
    expect(dictionary.find("iam:DeleteRole")).toMatchObject({
      verb: "Delete",
      noun: "Role",
      types: ["role"],
    });
  });
});

import type { ComputeAction, ComputeKind, ComputeRule } from "./rule.js";

const ec2 = ["ec2.amazonaws.com"];
const lambda = ["lambda.amazonaws.com"];
const tasks = ["ecs-tasks.amazonaws.com"];
const cloudformation = ["cloudformation.amazonaws.com"];
const codebuild = ["codebuild.amazonaws.com"];
const glue = ["glue.amazonaws.com"];
const sagemaker = ["sagemaker.amazonaws.com"];
const apprunner = ["tasks.apprunner.amazonaws.com"];
const agentcore = ["bedrock-agentcore.amazonaws.com"];
const datapipeline = ["datapipeline.amazonaws.com", "elasticmapreduce.amazonaws.com", "ec2.amazonaws.com"];

const on = (kind: ComputeKind | "*", ...actions: readonly string[]): readonly ComputeAction[] =>
  actions.map((action) => ({ action, on: kind }));

/** The actor creates compute and hands it the role. `needs`: something that must exist besides. */
const pass = (
  id: string,
  services: readonly string[],
  actions: readonly ComputeAction[],
  needs?: ComputeKind,
): ComputeRule => ({
  id,
  kind: "new-pass-role",
  services,
  passRole: true,
  actions,
  ...(needs === undefined ? {} : { needs }),
});

/** Compute that already runs with the role is made to run the actor's code. */
const use = (
  id: string,
  services: readonly string[],
  needs: ComputeKind,
  actions: readonly ComputeAction[],
): ComputeRule => ({
  id,
  kind: "existing-compute",
  services,
  passRole: false,
  actions,
  needs,
  runsAsRole: true,
});

/**
 * Ways to a role through compute. Ids and required actions are the facts of pathfinding.cloud (see
 * test/corpus/escalations); ids with a `+` are further ways that the same services offer.
 * `ec2:DescribeInstances` of ec2instanceconnect-003 only finds the address and is not required here.
 */
export const computeRules: readonly ComputeRule[] = [
  pass("apprunner-001", apprunner, on("service", "apprunner:CreateService")),
  use("apprunner-002", apprunner, "service", on("service", "apprunner:UpdateService")),
  pass(
    "bedrock-001",
    agentcore,
    on(
      "interpreter",
      "bedrock-agentcore:CreateCodeInterpreter",
      "bedrock-agentcore:StartCodeInterpreterSession",
      "bedrock-agentcore:InvokeCodeInterpreter",
    ),
  ),
  use(
    "bedrock-002",
    agentcore,
    "interpreter",
    on(
      "interpreter",
      "bedrock-agentcore:StartCodeInterpreterSession",
      "bedrock-agentcore:InvokeCodeInterpreter",
    ),
  ),
  pass("cloudformation-001", cloudformation, on("stack", "cloudformation:CreateStack")),
  use("cloudformation-002", cloudformation, "stack", on("stack", "cloudformation:UpdateStack")),
  pass(
    "cloudformation-003",
    cloudformation,
    on("stack-set", "cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"),
  ),
  pass("cloudformation-004", cloudformation, on("stack-set", "cloudformation:UpdateStackSet"), "stack-set"),
  use(
    "cloudformation-005",
    cloudformation,
    "stack",
    on("stack", "cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"),
  ),
  pass("codebuild-001", codebuild, on("project", "codebuild:CreateProject", "codebuild:StartBuild")),
  use("codebuild-002", codebuild, "project", on("project", "codebuild:StartBuild")),
  use("codebuild-003", codebuild, "project", on("project", "codebuild:StartBuildBatch")),
  pass("codebuild-004", codebuild, on("project", "codebuild:CreateProject", "codebuild:StartBuildBatch")),
  pass(
    "datapipeline-001",
    datapipeline,
    on(
      "pipeline",
      "datapipeline:CreatePipeline",
      "datapipeline:PutPipelineDefinition",
      "datapipeline:ActivatePipeline",
    ),
  ),
  use("ec2instanceconnect-003", ec2, "instance", on("instance", "ec2-instance-connect:SendSSHPublicKey")),
  pass("ec2-001", ec2, on("instance", "ec2:RunInstances")),
  use(
    "ec2-002",
    ec2,
    "instance",
    on("instance", "ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"),
  ),
  // Asked on the request and on what it names, not on an instance (service authorization reference, Amazon EC2).
  pass("ec2-003", ec2, on("*", "ec2:RequestSpotInstances")),
  ...(["ec2:RunInstances", "ec2:RequestSpotInstances"] as const).map((launch, at): ComputeRule => ({
    ...pass(`ec2-00${5 + at}+`, ec2, [
      ...on("*", "iam:CreateInstanceProfile", "iam:AddRoleToInstanceProfile"),
      ...on(launch === "ec2:RunInstances" ? "instance" : "*", launch),
    ]),
    newProfile: true,
  })),
  use(
    "ec2-004",
    ec2,
    "launch-template",
    on("launch-template", "ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"),
  ),
  pass("ecs-001", tasks, on("*", "ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:CreateService")),
  pass("ecs-002", tasks, on("*", "ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:RunTask")),
  pass("ecs-003", tasks, on("*", "ecs:RegisterTaskDefinition", "ecs:CreateService")),
  pass("ecs-004", tasks, on("*", "ecs:RegisterTaskDefinition", "ecs:RunTask")),
  pass("ecs-005", tasks, on("*", "ecs:RegisterTaskDefinition", "ecs:StartTask"), "container-instance"),
  use("ecs-006+", tasks, "task", on("task", "ecs:ExecuteCommand")),
  pass("ecs-007+", tasks, on("*", "ecs:RegisterContainerInstance", "ecs:StartTask"), "task-definition"),
  pass("ecs-008+", tasks, on("task-definition", "ecs:RunTask"), "task-definition"),
  pass("ecs-009+", tasks, on("task-definition", "ecs:StartTask"), "task-definition"),
  pass("glue-001", glue, on("endpoint", "glue:CreateDevEndpoint")),
  use("glue-002", glue, "endpoint", on("endpoint", "glue:UpdateDevEndpoint")),
  pass("glue-003", glue, on("job", "glue:CreateJob", "glue:StartJobRun")),
  pass("glue-004", glue, on("*", "glue:CreateJob", "glue:CreateTrigger")),
  pass("glue-005", glue, on("job", "glue:UpdateJob", "glue:StartJobRun"), "job"),
  pass("glue-006", glue, on("*", "glue:UpdateJob", "glue:CreateTrigger"), "job"),
  pass("lambda-001", lambda, on("function", "lambda:CreateFunction", "lambda:InvokeFunction")),
  pass("lambda-002", lambda, on("*", "lambda:CreateFunction", "lambda:CreateEventSourceMapping")),
  use("lambda-003", lambda, "function", on("function", "lambda:UpdateFunctionCode")),
  use("lambda-004", lambda, "function", on("function", "lambda:UpdateFunctionCode", "lambda:InvokeFunction")),
  use("lambda-005", lambda, "function", on("function", "lambda:UpdateFunctionCode", "lambda:AddPermission")),
  pass("lambda-006", lambda, on("function", "lambda:CreateFunction", "lambda:AddPermission")),
  use("lambda-007+", lambda, "function", on("function", "lambda:UpdateFunctionConfiguration")),
  pass("sagemaker-001", sagemaker, on("notebook", "sagemaker:CreateNotebookInstance")),
  pass("sagemaker-002", sagemaker, on("training-job", "sagemaker:CreateTrainingJob")),
  pass("sagemaker-003", sagemaker, on("processing-job", "sagemaker:CreateProcessingJob")),
  use("sagemaker-004", sagemaker, "notebook", on("notebook", "sagemaker:CreatePresignedNotebookInstanceUrl")),
  use("sagemaker-005", sagemaker, "notebook", [
    ...on("*", "sagemaker:CreateNotebookInstanceLifecycleConfig"),
    ...on(
      "notebook",
      "sagemaker:StopNotebookInstance",
      "sagemaker:UpdateNotebookInstance",
      "sagemaker:StartNotebookInstance",
    ),
  ]),
  use("ssm-001", ec2, "instance", on("instance", "ssm:StartSession")),
  use("ssm-002", ec2, "instance", on("instance", "ssm:SendCommand")),
];

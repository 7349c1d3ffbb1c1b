/**
 * Ways in which one identity becomes another or takes its rights. Ids and actions are the published facts of
 * pathfinding.cloud (test/corpus/escalations); a `+` marks further ways that the same services offer.
 */

/** Compute that runs as the role: the services that its trust must admit, and the rights that it takes. */
export interface ComputeStep {
  readonly services: readonly string[];
  readonly actions: readonly string[];
}

/** One line each: id, services (of amazonaws.com) joined by `|`, actions. */
const compute = `
apprunner-001 tasks.apprunner iam:PassRole apprunner:CreateService
apprunner-002 tasks.apprunner apprunner:UpdateService
bedrock-001 bedrock-agentcore iam:PassRole bedrock-agentcore:CreateCodeInterpreter bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter
bedrock-002 bedrock-agentcore bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter
cloudformation-001 cloudformation iam:PassRole cloudformation:CreateStack
cloudformation-002 cloudformation cloudformation:UpdateStack
cloudformation-003 cloudformation iam:PassRole cloudformation:CreateStackSet cloudformation:CreateStackInstances
cloudformation-004 cloudformation iam:PassRole cloudformation:UpdateStackSet
cloudformation-005 cloudformation cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet
codebuild-001 codebuild iam:PassRole codebuild:CreateProject codebuild:StartBuild
codebuild-002 codebuild codebuild:StartBuild
codebuild-003 codebuild codebuild:StartBuildBatch
codebuild-004 codebuild iam:PassRole codebuild:CreateProject codebuild:StartBuildBatch
datapipeline-001 datapipeline|elasticmapreduce|ec2 iam:PassRole datapipeline:CreatePipeline datapipeline:PutPipelineDefinition datapipeline:ActivatePipeline
ec2-001 ec2 iam:PassRole ec2:RunInstances
ec2-002 ec2 ec2:ModifyInstanceAttribute ec2:StopInstances ec2:StartInstances
ec2-003 ec2 iam:PassRole ec2:RequestSpotInstances
ec2-004 ec2 ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate
ec2-005+ ec2 iam:PassRole iam:CreateInstanceProfile iam:AddRoleToInstanceProfile ec2:RunInstances
ec2-006+ ec2 iam:PassRole iam:CreateInstanceProfile iam:AddRoleToInstanceProfile ec2:RequestSpotInstances
ec2instanceconnect-003 ec2 ec2-instance-connect:SendSSHPublicKey
ecs-001 ecs-tasks iam:PassRole ecs:CreateCluster ecs:RegisterTaskDefinition ecs:CreateService
ecs-002 ecs-tasks iam:PassRole ecs:CreateCluster ecs:RegisterTaskDefinition ecs:RunTask
ecs-003 ecs-tasks iam:PassRole ecs:RegisterTaskDefinition ecs:CreateService
ecs-004 ecs-tasks iam:PassRole ecs:RegisterTaskDefinition ecs:RunTask
ecs-005 ecs-tasks iam:PassRole ecs:RegisterTaskDefinition ecs:StartTask
ecs-006+ ecs-tasks ecs:ExecuteCommand
ecs-007+ ecs-tasks iam:PassRole ecs:RegisterContainerInstance ecs:StartTask
ecs-008+ ecs-tasks iam:PassRole ecs:RunTask
ecs-009+ ecs-tasks iam:PassRole ecs:StartTask
glue-001 glue iam:PassRole glue:CreateDevEndpoint
glue-002 glue glue:UpdateDevEndpoint
glue-003 glue iam:PassRole glue:CreateJob glue:StartJobRun
glue-004 glue iam:PassRole glue:CreateJob glue:CreateTrigger
glue-005 glue iam:PassRole glue:UpdateJob glue:StartJobRun
glue-006 glue iam:PassRole glue:UpdateJob glue:CreateTrigger
lambda-001 lambda iam:PassRole lambda:CreateFunction lambda:InvokeFunction
lambda-002 lambda iam:PassRole lambda:CreateFunction lambda:CreateEventSourceMapping
lambda-003 lambda lambda:UpdateFunctionCode
lambda-004 lambda lambda:UpdateFunctionCode lambda:InvokeFunction
lambda-005 lambda lambda:UpdateFunctionCode lambda:AddPermission
lambda-006 lambda iam:PassRole lambda:CreateFunction lambda:AddPermission
lambda-007+ lambda lambda:UpdateFunctionConfiguration
sagemaker-001 sagemaker iam:PassRole sagemaker:CreateNotebookInstance
sagemaker-002 sagemaker iam:PassRole sagemaker:CreateTrainingJob
sagemaker-003 sagemaker iam:PassRole sagemaker:CreateProcessingJob
sagemaker-004 sagemaker sagemaker:CreatePresignedNotebookInstanceUrl
sagemaker-005 sagemaker sagemaker:CreateNotebookInstanceLifecycleConfig sagemaker:StopNotebookInstance sagemaker:UpdateNotebookInstance sagemaker:StartNotebookInstance
ssm-001 ec2 ssm:StartSession
ssm-002 ec2 ssm:SendCommand
`;

export const computeSteps: ReadonlyMap<string, ComputeStep> = new Map(
  compute
    .trim()
    .split("\n")
    .map((line) => {
      const [id = "", services = "", ...actions] = line.split(" ");
      const step = { services: services.split("|").map((name) => `${name}.amazonaws.com`), actions };
      return [id, step] as const;
    }),
);

/** Ways into an identity itself: the rights are asked on that identity. */
export const takeoverSteps: Readonly<Record<string, readonly string[]>> = {
  "iam-002": ["iam:CreateAccessKey"],
  "iam-003": ["iam:CreateAccessKey", "iam:DeleteAccessKey"],
  "iam-004": ["iam:CreateLoginProfile"],
  "iam-006": ["iam:UpdateLoginProfile"],
  "iam-012": ["iam:UpdateAssumeRolePolicy"],
  "iam-022+": ["iam:UpdateAccessKey"],
};

/** Changes of what an identity may do, and the right that each takes; of those that only take a limit off, none. */
export const rewriteSteps: Readonly<Record<string, string>> = {
  "iam-001": "iam:CreatePolicyVersion",
  "iam-005": "iam:PutRolePolicy",
  "iam-007": "iam:PutUserPolicy",
  "iam-008": "iam:AttachUserPolicy",
  "iam-009": "iam:AttachRolePolicy",
  "iam-010": "iam:AttachGroupPolicy",
  "iam-011": "iam:PutGroupPolicy",
  "iam-013": "iam:AddUserToGroup",
  "iam-014": "iam:AttachRolePolicy",
  "iam-015": "iam:AttachUserPolicy",
  "iam-016": "iam:CreatePolicyVersion",
  "iam-017": "iam:PutRolePolicy",
  "iam-018": "iam:PutUserPolicy",
  "iam-019": "iam:AttachRolePolicy",
  "iam-020": "iam:CreatePolicyVersion",
  "iam-021": "iam:PutRolePolicy",
  "iam-023+": "iam:SetDefaultPolicyVersion",
  "iam-024+": "",
};

/** Somebody new is made, and given rights. */
export const makingSteps: ReadonlySet<string> = new Set(["new-role", "new-user"]);

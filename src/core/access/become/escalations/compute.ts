import type { ComputeKind, ComputeShape } from "./rule.js";

/** ARN forms as in the AWS service authorization reference, one row per kind of compute. */
export const computeShapes: Readonly<Record<ComputeKind, ComputeShape>> = {
  instance: {
    words: "an EC2 instance",
    resourceKind: "ec2:instance",
    arn: "arn:aws:ec2:us-east-1:{account}:instance/i-00000000000000000",
    arnServices: ["ec2"],
  },
  "launch-template": {
    words: "a launch template",
    resourceKind: "ec2:launch-template",
    arn: "arn:aws:ec2:us-east-1:{account}:launch-template/lt-00000000000000000",
    arnServices: ["ec2"],
  },
  function: {
    words: "a Lambda function",
    resourceKind: "lambda:function",
    arn: "arn:aws:lambda:us-east-1:{account}:function:x",
    arnServices: ["lambda"],
  },
  task: {
    words: "an ECS task",
    resourceKind: "ecs:task",
    arn: "arn:aws:ecs:us-east-1:{account}:task/x/x",
    arnServices: ["ecs"],
  },
  "task-definition": {
    words: "an ECS task definition",
    resourceKind: "ecs:task-definition",
    arn: "arn:aws:ecs:us-east-1:{account}:task-definition/x:1",
    arnServices: ["ecs"],
  },
  "container-instance": {
    words: "an ECS container instance",
    resourceKind: "ecs:container-instance",
    arn: "arn:aws:ecs:us-east-1:{account}:container-instance/x/x",
    arnServices: ["ecs"],
  },
  stack: {
    words: "a CloudFormation stack",
    resourceKind: "cloudformation:stack",
    arn: "arn:aws:cloudformation:us-east-1:{account}:stack/x/x",
    arnServices: ["cloudformation"],
  },
  "stack-set": {
    words: "a CloudFormation stack set",
    resourceKind: "cloudformation:stack-set",
    arn: "arn:aws:cloudformation:us-east-1:{account}:stackset/x:x",
    arnServices: ["cloudformation"],
  },
  project: {
    words: "a CodeBuild project",
    resourceKind: "codebuild:project",
    arn: "arn:aws:codebuild:us-east-1:{account}:project/x",
    arnServices: ["codebuild"],
  },
  service: {
    words: "an App Runner service",
    resourceKind: "apprunner:service",
    arn: "arn:aws:apprunner:us-east-1:{account}:service/x/x",
    arnServices: ["apprunner"],
  },
  job: {
    words: "a Glue job",
    resourceKind: "glue:job",
    arn: "arn:aws:glue:us-east-1:{account}:job/x",
    arnServices: ["glue"],
  },
  endpoint: {
    words: "a Glue development endpoint",
    resourceKind: "glue:dev-endpoint",
    arn: "arn:aws:glue:us-east-1:{account}:devEndpoint/x",
    arnServices: ["glue"],
  },
  notebook: {
    words: "a SageMaker notebook",
    resourceKind: "sagemaker:notebook-instance",
    arn: "arn:aws:sagemaker:us-east-1:{account}:notebook-instance/x",
    arnServices: ["sagemaker"],
  },
  "training-job": {
    words: "a SageMaker training job",
    resourceKind: "sagemaker:training-job",
    arn: "arn:aws:sagemaker:us-east-1:{account}:training-job/x",
    arnServices: ["sagemaker"],
  },
  "processing-job": {
    words: "a SageMaker processing job",
    resourceKind: "sagemaker:processing-job",
    arn: "arn:aws:sagemaker:us-east-1:{account}:processing-job/x",
    arnServices: ["sagemaker"],
  },
  pipeline: {
    words: "a data pipeline",
    resourceKind: "datapipeline:pipeline",
    arn: "arn:aws:datapipeline:us-east-1:{account}:pipeline/x",
    arnServices: ["datapipeline"],
  },
  interpreter: {
    words: "a code interpreter",
    resourceKind: "bedrock-agentcore:code-interpreter",
    // The interpreter of AWS itself (`aws:code-interpreter/…`) has no role: those that have one are custom.
    arn: "arn:aws:bedrock-agentcore:us-east-1:{account}:code-interpreter-custom/x",
    arnServices: ["bedrock-agentcore"],
  },
};

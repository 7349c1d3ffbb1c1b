/** Services that resource control policies cover (AWS Organizations user guide, "Resource control policies"). */
export const rcpServices: ReadonlySet<string> = new Set(
  "s3 sts kms sqs secretsmanager ecr aoss dynamodb cognito-idp cognito-identity logs".split(" "),
);

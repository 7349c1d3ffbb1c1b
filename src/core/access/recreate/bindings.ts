import { parseArn, type AccountId, type Estate, type PolicyDocument } from "../../estate/index.js";
import { any, can, type Formula } from "./formula.js";

/**
 * Actions that set or remove the tags of a resource, by service prefix of its ARN. Source: service authorization
 * reference, access level "Tagging". `tag:TagResources` needs the same right of the service (Resource Groups Tagging
 * API reference, TagResources).
 */
const taggingActions: Readonly<Record<string, readonly string[]>> = {
  s3: ["s3:PutBucketTagging", "s3:TagResource", "s3:UntagResource"],
  ec2: ["ec2:CreateTags", "ec2:DeleteTags"],
  rds: ["rds:AddTagsToResource", "rds:RemoveTagsFromResource"],
  kms: ["kms:TagResource", "kms:UntagResource"],
  lambda: ["lambda:TagResource", "lambda:UntagResource"],
  sqs: ["sqs:TagQueue", "sqs:UntagQueue"],
  sns: ["sns:TagResource", "sns:UntagResource"],
  ecr: ["ecr:TagResource", "ecr:UntagResource"],
  eks: ["eks:TagResource", "eks:UntagResource"],
  es: ["es:AddTags", "es:RemoveTags"],
  ecs: ["ecs:TagResource", "ecs:UntagResource"],
  secretsmanager: ["secretsmanager:TagResource", "secretsmanager:UntagResource"],
  iam: ["Role", "User", "Policy", "OpenIDConnectProvider"].flatMap((noun) => [
    `iam:Tag${noun}`,
    `iam:Untag${noun}`,
  ]),
};

/** Who sets the tags of a resource. */
export function tagging(id: string, account: AccountId | undefined): Formula {
  const service = parseArn(id)?.service ?? "";
  return any(...(taggingActions[service] ?? []).map((action) => can(action, id, account)));
}

/** What rights of an estate are bound to that somebody could change first. Most estates bind nothing. */
export interface Bindings {
  readonly tags: boolean;
  /** `iam:PermissionsBoundary`. */
  readonly boundaries: boolean;
}

const known = new WeakMap<Estate["principals"], Bindings>();

export function bindingsOf(estate: Estate): Bindings {
  let found = known.get(estate.principals);
  if (found === undefined) {
    const documents = [...new Set(documentsOf(estate))];
    found = { tags: documents.some(bindsTags), boundaries: documents.some(bindsBoundaries) };
    known.set(estate.principals, found);
  }
  return found;
}

function* documentsOf(estate: Estate): Generator<PolicyDocument> {
  for (const { inline, trustPolicy } of estate.principals) {
    for (const { document } of inline) yield document;
    if (trustPolicy !== undefined) yield trustPolicy.document;
  }
  for (const { versions } of estate.managedPolicies) for (const { use } of versions) yield use.document;
  for (const { policies } of estate.organizations)
    for (const { use } of policies) if (use !== undefined) yield use.document;
  for (const { policies } of estate.resources)
    for (const { document } of policies?.values() ?? []) yield document;
}

const tagKey = /^aws:principaltag\/|:resourcetag\//i;
const tagVariable = /\$\{\s*(aws:principaltag\/|[a-z0-9-]+:resourcetag\/)/i;

const bindsTags = ({ statements }: PolicyDocument): boolean =>
  statements.some(
    ({ conditions, resource }) =>
      conditions.some(
        ({ key, values }) => tagKey.test(key) || values.some((value) => tagVariable.test(value)),
      ) || resource?.patterns.some((pattern) => tagVariable.test(pattern)) === true,
  );

const bindsBoundaries = ({ statements }: PolicyDocument): boolean =>
  statements.some(({ conditions }) =>
    conditions.some(({ key }) => key.toLowerCase() === "iam:permissionsboundary"),
  );

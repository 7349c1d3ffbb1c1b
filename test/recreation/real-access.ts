import {
  createEstate,
  credentialId,
  principalId,
  type Credential,
  type Estate,
  type EstateFacts,
} from "../../src/core/estate/index.js";
import {
  createAccessEngine,
  createRecreation,
  type AccessPolicy,
  type DerivedActions,
  type RecreationAnalysis,
} from "../../src/core/access/index.js";
import { createBecome } from "../../src/core/access/become/become.js";
import { policyEstate, testOrigin, type EstateText, type StatementText } from "../policy-estate.js";
import { policy as defaultPolicy } from "./fake-access.js";

export const prod = "222222222222";
export const bucketArn = "arn:aws:s3:::acme-reports";
export const roleArn = (name: string): string => `arn:aws:iam::${prod}:role/${name}`;
export const userArn = (name: string): string => `arn:aws:iam::${prod}:user/${name}`;

const flags = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
export const blocks = (prefix: string, value: boolean): Record<string, boolean> =>
  Object.fromEntries(flags.map((flag) => [`${prefix}publicAccessBlock.${flag}`, value]));

export const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[] = "*",
  more: Partial<StatementText> = {},
): StatementText => ({ Effect: "Allow", Action, Resource, ...more });
export const inline = (...Statement: readonly StatementText[]) => ({ policies: [{ Statement }] });
export const trusts = (
  Principal: NonNullable<StatementText["Principal"]>,
  Condition?: NonNullable<StatementText["Condition"]>,
  Action = "sts:AssumeRole",
) => ({
  trust: {
    Statement: [
      { Effect: "Allow" as const, Action, Principal, ...(Condition === undefined ? {} : { Condition }) },
    ],
  },
});
export const publicRead: StatementText = {
  Sid: "PublicRead",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: `${bucketArn}/*`,
};

/** One account that stands alone, one bucket that is public by its policy, everything collected. */
export function bucketEstate(
  principals: NonNullable<EstateText["principals"]>,
  more: Partial<EstateText> = {},
  facts: Partial<EstateFacts> = {},
): Estate {
  const estate = policyEstate({
    accounts: { [prod]: "none" },
    covered: [
      "organization",
      "scp",
      "rcp",
      "org-s3-policy",
      "declarative-policies",
      "access-keys",
      "console",
      "root-credentials",
    ]
      .map((topic) => `${topic}|aws:${prod}`)
      .concat(`inventory|aws:${prod}/s3:access-point`),
    ...more,
    principals,
    resources: {
      [bucketArn]: {
        account: prod,
        policy: { Statement: [publicRead] },
        properties: {
          ...blocks("", false),
          ownershipControls: "BucketOwnerEnforced",
          "acl.publicGrants": [],
          "acl.publicObjects": false,
        },
      },
      [`aws:${prod}`]: {
        kind: "aws:account",
        account: prod,
        properties: { ...blocks("s3.", false), "root.accessKeyActive": false, "root.mfa": true },
      },
      ...more.resources,
    },
  });
  return createEstate({ ...estate, ...facts });
}

export const accessKey = (user: string, more: Partial<Credential> = {}): Credential => ({
  id: credentialId("aws:access-key/AKIAIOSFODNN7EXAMPLE"),
  kind: "access-key",
  holder: principalId(user),
  status: "active",
  createdAt: "2025-03-21T00:00:00Z",
  autoRotated: "unknown",
  copies: [],
  consumers: [],
  origin: testOrigin("/credentials/0"),
  ...more,
});

const noReference: DerivedActions = { actionsFor: () => undefined, overrides: {} };

export function analysisOf(
  estate: Estate,
  policy: Partial<AccessPolicy> = {},
  reference = noReference,
): RecreationAnalysis {
  const settings = { ...defaultPolicy, ...policy };
  return createRecreation(createBecome(createAccessEngine(estate), settings), settings, reference);
}

import { describe, expect, test } from "vitest";
import { resourceId, type Estate, type PropertyFact } from "../../src/core/estate/index.js";
import type { EstateText, StatementText } from "../policy-estate.js";
import {
  accessKey,
  allow,
  analysisOf,
  blocks,
  bucketArn,
  bucketEstate,
  inline,
  prod,
  publicRead,
  roleArn,
  trusts,
  userArn,
} from "../recreation/real-access.js";

/** Ways to a public bucket beside its policy and its ACL (recreation.md 4 rows 1, 1b, 1c): none of them is overlooked. */
const svc = userArn("svc");
const key = { credentials: [accessKey(svc)] };
const listed = ["organization", "scp", "rcp", "org-s3-policy", "access-keys", "console", "root-credentials"]
  .map((topic) => `${topic}|aws:${prod}`)
  .concat(`inventory|aws:${prod}/s3:access-point`);
interface Bucket {
  readonly statements?: readonly StatementText[];
  readonly properties?: Readonly<Record<string, PropertyFact["value"] | undefined>>;
}
const bucket = ({ statements = [], properties = {} }: Bucket): Partial<EstateText> => {
  const known = {
    ...blocks("", false),
    ownershipControls: "BucketOwnerEnforced",
    "acl.publicGrants": [],
    "acl.publicObjects": false,
    ...properties,
  };
  return {
    covered: listed,
    resources: {
      [bucketArn]: {
        account: prod,
        policy: { Statement: statements },
        properties: Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
      },
    },
  };
};
const ask = (estate: Estate) =>
  analysisOf(estate).recreate({ resource: resourceId(bucketArn), weakness: "s3.public", subLocator: "" });
const by = (rights: readonly string[], setting: Bucket = {}, more: Partial<EstateText> = {}) =>
  ask(bucketEstate({ [svc]: inline(allow(rights)) }, { ...bucket(setting), ...more }, key));
const facts = (found: ReturnType<typeof ask>): readonly string[] => found.missing.map((fact) => fact.key);
const delegatesTo = (account: string): StatementText => ({
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: `${bucketArn}/*`,
  Condition: { StringEquals: { "s3:DataAccessPointAccount": account } },
});

describe("access points (row 1c)", () => {
  const delegated: Bucket = { statements: [delegatesTo(prod)] };
  const fresh = ["s3:CreateAccessPoint", "s3:PutAccessPointPublicAccessBlock", "s3:PutAccessPointPolicy"];

  test("a new one takes the right to give it a block of its own (service authorization reference of S3)", () => {
    expect(by(fresh, delegated)).toMatchObject({ verdict: "possible", band: 2 });
    for (const left of fresh)
      expect(
        by(
          fresh.filter((right) => right !== left),
          delegated,
        ).verdict,
        left,
      ).toBe("none");
  });

  test("one for several Regions is made by rights of its own; whether it needs that block right is not published", () => {
    const rights = ["s3:CreateMultiRegionAccessPoint", "s3:PutMultiRegionAccessPointPolicy"];
    const found = by(rights, delegated);
    expect(found.verdict).toBe("unknown");
    expect(facts(found)).toEqual([`multi-region-block|${bucketArn}`]);
    expect(by([...rights, "s3:PutAccessPointPublicAccessBlock"], delegated).verdict).toBe("possible");
    expect(by(rights.slice(0, 1), delegated).verdict).toBe("none");
  });

  test("those that nobody listed are unknown where the bucket delegates to them, and only there", () => {
    const unlisted = { covered: listed.filter((topic) => !topic.startsWith("inventory")) };
    const found = by(["s3:ListBucket"], delegated, unlisted);
    expect(found.verdict).toBe("unknown");
    expect(facts(found)).toEqual([`access-points|${bucketArn}`]);
    expect(by(["s3:ListBucket"], {}, unlisted).verdict).toBe("none");
    const restricted = { ...delegated, properties: { "publicAccessBlock.RestrictPublicBuckets": true } };
    expect(by(["s3:ListBucket"], restricted, unlisted).verdict).toBe("none");
  });

  test("those of another account are not covered by BlockPublicPolicy: a bucket that delegates abroad is unknown", () => {
    const properties = { "publicAccessBlock.BlockPublicPolicy": true };
    const found = by(["s3:ListBucket"], { statements: [delegatesTo("444444444444")], properties });
    expect(found.verdict).toBe("unknown");
    expect(facts(found)).toEqual([`foreign-points|${bucketArn}`]);
    expect(by(["s3:ListBucket"], { ...delegated, properties }).verdict).toBe("none");
  });
});

describe("ACLs of single objects (row 1b)", () => {
  const asleep = {
    ownershipControls: "ObjectWriter",
    "publicAccessBlock.BlockPublicAcls": true,
    "publicAccessBlock.IgnorePublicAcls": true,
    "acl.publicObjects": undefined,
  };
  const whole = {
    resources: {
      ...bucket({ properties: asleep }).resources,
      [`aws:${prod}`]: {
        kind: "aws:account",
        account: prod,
        properties: {
          ...blocks("s3.", false),
          "s3.publicAccessBlock.BlockPublicAcls": true,
          "root.accessKeyActive": false,
          "root.mfa": true,
        },
      },
    },
  };

  test("a public one sleeps under IgnorePublicAcls: whoever lifts that may wake it, nobody knows", () => {
    const found = by(["s3:PutBucketPublicAccessBlock"], {}, whole);
    expect(found.verdict).toBe("unknown");
    expect(facts(found)).toEqual([`property|${bucketArn}|acl.publicObjects`]);
    expect(by(["s3:ListBucket"], {}, whole).verdict).toBe("none");
    expect(
      by(["s3:PutBucketPublicAccessBlock"], { properties: { "acl.publicObjects": undefined } }).verdict,
    ).toBe("none");
  });

  test("not knowing them hides nobody who needs no luck", () => {
    const properties = { ownershipControls: "ObjectWriter", "acl.publicObjects": undefined };
    expect(by(["s3:PutBucketPolicy"], { properties })).toMatchObject({ verdict: "possible", band: 2 });
    expect(by(["s3:ListBucket"], { properties }).verdict).toBe("unknown");
  });
});

describe("RestrictPublicBuckets keeps named outsiders out too, while a public statement sleeps (S3 User Guide)", () => {
  const vendor = "arn:aws:iam::444444444444:root";
  const named: StatementText = {
    Effect: "Allow",
    Principal: { AWS: vendor },
    Action: "s3:GetObject",
    Resource: `${bucketArn}/*`,
  };
  const outside = (statements: readonly StatementText[], restricted: boolean) =>
    by(["s3:ListBucket"], {
      statements,
      properties: { "publicAccessBlock.RestrictPublicBuckets": restricted },
    });

  test("asleep: the vendor is kept out; without a public statement, or without the block, it reads", () => {
    expect(outside([publicRead, named], true).verdict).toBe("none");
    expect(outside([named], true)).toMatchObject({ verdict: "possible", band: 1 });
    expect(outside([publicRead, named], false)).toMatchObject({ verdict: "possible", band: 1 });
  });

  test("identities of the owner still read, whoever enters as them", () => {
    const estate = bucketEstate(
      {
        [roleArn("reader")]: { ...inline(allow("s3:GetObject")), ...trusts({ AWS: vendor }) },
      },
      bucket({
        statements: [publicRead],
        properties: { "publicAccessBlock.RestrictPublicBuckets": true },
      }),
    );
    expect(ask(estate)).toMatchObject({ verdict: "possible", band: 1 });
  });
});

describe("a statement for whoever holds a token that everybody gets is public (S3 User Guide, The meaning of public)", () => {
  const federated = (issuer: string, condition?: StatementText["Condition"]): StatementText => ({
    Effect: "Allow",
    Principal: { Federated: issuer },
    Action: "s3:GetObject",
    Resource: `${bucketArn}/*`,
    ...(condition === undefined ? {} : { Condition: condition }),
  });
  const asleep = (statement: StatementText) =>
    by(["s3:PutBucketPublicAccessBlock"], {
      statements: [statement],
      properties: { "publicAccessBlock.RestrictPublicBuckets": true },
    }).verdict;

  test("it sleeps under RestrictPublicBuckets and wakes with it", () => {
    expect(asleep(publicRead)).toBe("possible");
    expect(asleep(federated("cognito-identity.amazonaws.com"))).toBe("possible");
    expect(asleep(federated("accounts.google.com"))).toBe("possible");
  });

  test("bound to an audience, or to a provider of one account, it is not", () => {
    const aud = { StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-west-1:11111111" } };
    expect(asleep(federated("cognito-identity.amazonaws.com", aud))).toBe("none");
    expect(asleep(federated(`arn:aws:iam::${prod}:oidc-provider/token.actions.githubusercontent.com`))).toBe(
      "none",
    );
  });
});

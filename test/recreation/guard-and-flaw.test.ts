import { describe, expect, test } from "vitest";
import {
  createEstate,
  principalId,
  resourceId,
  type Definition,
  type EstateFacts,
  type PropertyFact,
  type Resource,
} from "../../src/core/estate/index.js";
import { testOrigin, type PrincipalText } from "../policy-estate.js";
import {
  accessKey,
  allow,
  analysisOf,
  bucketArn,
  bucketEstate,
  inline,
  prod,
  roleArn,
  trusts,
  userArn,
} from "./real-access.js";

const origin = testOrigin("/native");
type Values = Readonly<Record<string, PropertyFact["value"]>>;

/** The estate of one bucket, its properties and those of its account laid over. */
function estateOf(
  principals: Readonly<Record<string, PrincipalText>>,
  own: Values = {},
  ofAccount: Values = {},
  more: Partial<EstateFacts> = {},
) {
  const base = bucketEstate(principals, {}, { credentials: [accessKey(userArn("svc"))] });
  const laid = (item: Resource, values: Values): Resource => ({
    ...item,
    properties: new Map([
      ...item.properties,
      ...Object.entries(values).map(([name, value]) => [name, { value, origin }] as const),
    ]),
  });
  const resources = base.resources.map((item) => laid(item, item.kind === "aws:account" ? ofAccount : own));
  return createEstate({ ...base, resources, ...more });
}

describe("s3.public-access-block-off: the guard rail itself (recreation.md 4 row 1, lift)", () => {
  const ask = (resource: string, estate: ReturnType<typeof estateOf>) =>
    analysisOf(estate).recreate({
      resource: resourceId(resource),
      weakness: "s3.public-access-block-off",
      subLocator: "",
    });
  const may = (action: string) => ({ [userArn("svc")]: inline(allow(action)) });
  const flags = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
  const accountOn = Object.fromEntries(flags.map((flag) => [`s3.publicAccessBlock.${flag}`, true]));

  test("who may switch it off again: on the bucket, and on the account", () => {
    expect(ask(bucketArn, estateOf(may("s3:PutBucketPublicAccessBlock")))).toMatchObject({
      verdict: "possible",
      band: 2,
      now: { value: true },
    });
    expect(ask(bucketArn, estateOf(may("s3:PutBucketPolicy"))).verdict).toBe("none");
    expect(ask(`aws:${prod}`, estateOf(may("s3:PutAccountPublicAccessBlock"))).verdict).toBe("possible");
    expect(ask(`aws:${prod}`, estateOf(may("s3:PutBucketPublicAccessBlock"))).verdict).toBe("none");
  });

  test("under the block of the account that of the bucket changes nothing, unless the same actor lifts it too", () => {
    const alone = ask(bucketArn, estateOf(may("s3:PutBucketPublicAccessBlock"), {}, accountOn));
    expect(alone.verdict).toBe("none");
    expect(alone.findingReturns).toContain("on the account");
    expect(ask(bucketArn, estateOf(may("s3:Put*PublicAccessBlock"), {}, accountOn)).verdict).toBe("possible");
  });
});

describe("vulnerability.component: a flaw is set by nobody (decision-rules.md C row 5)", () => {
  const instance = resourceId(`arn:aws:ec2:eu-west-1:${prod}:instance/i-1`);
  const ask = (estate: ReturnType<typeof estateOf>) =>
    analysisOf(estate).recreate({
      resource: instance,
      weakness: "vulnerability.component",
      subLocator: "CVE-2025-55182",
    });
  const host = (name: string): Partial<EstateFacts> => ({
    resources: [
      {
        id: instance,
        kind: "ec2:instance",
        account: `aws:${prod}` as NonNullable<Resource["account"]>,
        name: "i-1",
        runsAs: principalId(roleArn(name)),
        properties: new Map(),
        tags: {},
        origin,
      },
    ],
  });
  const runs = (rights: string) => {
    const profile = `arn:aws:iam::${prod}:instance-profile/web`;
    const base = estateOf(
      { [roleArn("web")]: { ...inline(allow(rights)), ...trusts({ Service: "ec2.amazonaws.com" }) } },
      {},
      {},
    );
    const principals = base.principals.map((item) => ({ ...item, instanceProfiles: [profile] }));
    return { ...base, principals, resources: [...base.resources, ...(host("web").resources ?? [])] };
  };

  test("not in the estate: unknown, and asks what runs there and as whom, not for actions", () => {
    const found = ask(estateOf({}));
    expect(found.verdict).toBe("unknown");
    expect(found.missing.map(({ fact }) => fact)).toContain("what runs on i-1 and as whom");
    expect(found.missing.map(({ fact }) => fact).join()).not.toContain("which actions");
  });

  test("what the flawed component runs as is the way around", () => {
    const found = ask(createEstate(runs("iam:CreateRole")));
    expect(found).toMatchObject({ verdict: "possible", band: 2 });
    expect(found.paths[0]).toMatchObject({ leg: "bypass", actor: roleArn("web") });
    expect(ask(createEstate(runs("logs:PutLogEvents"))).verdict).toBe("unknown");
  });

  test("code at HEAD that carries it brings it back by itself", () => {
    const definition: Definition = {
      tool: "other",
      address: "image of web",
      resourceType: "image",
      target: instance,
      status: "applied",
      declares: new Map([["carriesComponent", true]]),
      tags: {},
      origin,
    };
    const found = ask(createEstate({ ...runs("logs:PutLogEvents"), definitions: [definition] }));
    expect(found).toMatchObject({ verdict: "possible", band: 0 });
    expect(found.paths[0]).toMatchObject({ leg: "drift" });
  });
});

import { expect, test } from "vitest";
import {
  accountId,
  createEstate,
  credentialId,
  emptyFacts,
  principalId,
  resourceId,
  type EstateFacts,
  type PropertyFact,
  type Resource,
} from "../../src/core/estate/index.js";
import { testOrigin } from "../policy-estate.js";
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
const vault = "/subscriptions/s/resourcegroups/g/providers/microsoft.keyvault/vaults/v";
const pipeline = principalId("entra:app/deploy");
const azure = accountId("azure:s");

function vaultFacts(
  more: Partial<EstateFacts>,
  properties: Record<string, PropertyFact["value"]>,
): EstateFacts {
  const resource: Resource = {
    id: resourceId(vault),
    kind: "azure:key-vault",
    account: azure,
    name: "v",
    properties: new Map(Object.entries(properties).map(([name, value]) => [name, { value, origin }])),
    tags: {},
    origin,
  };
  return {
    ...emptyFacts,
    accounts: [{ id: azure, provider: "azure", origin }],
    principals: [
      {
        id: pipeline,
        kind: "application",
        provider: "azure",
        account: azure,
        name: "deploy",
        tags: {},
        inline: [],
        attached: [],
        groups: [],
        instanceProfiles: [],
        origin,
      },
    ],
    credentials: [
      {
        ...accessKey(userArn("x")),
        id: credentialId("entra:secret/deploy"),
        kind: "client-secret",
        holder: pipeline,
      },
    ],
    grants: [
      {
        id: "g1",
        holder: pipeline,
        effect: "Allow",
        actions: ["Microsoft.KeyVault/vaults/*"],
        resources: ["/subscriptions/s/*"],
        inheritedFrom: "/subscriptions/s",
        origin,
      },
    ],
    resources: [resource],
    coverage: [{ topic: "iam", scope: azure, origin }],
    ...more,
  };
}

const askVault = (facts: EstateFacts) =>
  analysisOf(createEstate(facts)).recreate({
    resource: resourceId(vault),
    weakness: "vault.access-policy",
    subLocator: "",
  });

test("vault write inherited by a pipeline principal brings the access-policy model back (row A3)", () => {
  const found = askVault(vaultFacts({}, { permissionModel: "access-policy", denyPolicy: false }));
  expect(found).toMatchObject({ verdict: "possible", band: 2 });
  expect(found.paths[0]?.hops.find((hop) => hop.action === "Microsoft.KeyVault/vaults/write")?.cause).toBe(
    "grant",
  );
  expect(askVault(vaultFacts({}, { permissionModel: "access-policy", denyPolicy: true })).verdict).toBe(
    "none",
  );
  expect(askVault(vaultFacts({}, { permissionModel: "rbac" })).verdict).toBe("unknown");
  expect(
    askVault(vaultFacts({ grants: [] }, { permissionModel: "access-policy", denyPolicy: false })).verdict,
  ).toBe("none");
});

test("the role of a host that fetches internal addresses is handed out where metadata asks for no token", () => {
  // A bucket that is not public: what everybody reads is no reach of the role.
  // Somebody says who sets the rule of the host: a person that no document lets in.
  const setsRules = {
    id: "rules",
    holder: principalId("person:l.meyer"),
    effect: "Allow" as const,
    actions: ["workload:configure", "workload:deploy"],
    resources: [`arn:aws:ec2:us-east-1:${prod}:instance/i-1`],
  };
  const ask = (tokens: string, role: ReturnType<typeof inline>, stated = true) => {
    const base = bucketEstate(
      { [roleArn("waf")]: { ...role, ...trusts({ Service: "ec2.amazonaws.com" }) } },
      {
        resources: { [bucketArn]: { account: prod, policy: null } },
        ...(stated ? { grants: [setsRules] } : {}),
      },
    );
    const host: Resource = {
      id: resourceId(`arn:aws:ec2:us-east-1:${prod}:instance/i-1`),
      kind: "ec2:instance",
      account: accountId(`aws:${prod}`),
      name: "waf-1",
      properties: new Map(
        Object.entries({ "metadataOptions.httpTokens": tokens, internetReachable: true }).map(
          ([name, value]) => [name, { value, origin }],
        ),
      ),
      tags: {},
      runsAs: principalId(roleArn("waf")),
      origin,
    };
    const principals = base.principals.map((item) => ({
      ...item,
      instanceProfiles: [`arn:aws:iam::${prod}:instance-profile/waf`],
    }));
    return analysisOf(createEstate({ ...base, principals, resources: [...base.resources, host] })).recreate({
      resource: host.id,
      weakness: "edge.ssrf",
      subLocator: "",
    });
  };
  const reader = inline(allow(["s3:GetObject", "s3:ListBucket"]));
  const found = ask("optional", reader);
  expect(found).toMatchObject({ verdict: "possible", band: 1 });
  expect(found.paths[0]).toMatchObject({ leg: "bypass", kind: "inherited-role", actor: roleArn("waf") });
  expect(
    found.paths[0]?.hops.some((hop) => hop.action === "s3:GetObject" && hop.to === `${bucketArn}/*`),
  ).toBe(true);
  expect(ask("required", reader).verdict).toBe("none");
  expect(ask("optional", inline(allow("cloudwatch:PutMetricData"))).verdict).toBe("none");
  // That IAM was collected says nothing about who sets the rule again.
  const open = ask("required", reader, false);
  expect(open.verdict).toBe("unknown");
  expect(open.missing.map((fact) => fact.key)).toEqual([
    `deployers|arn:aws:ec2:us-east-1:${prod}:instance/i-1`,
  ]);
});

test("a served file with a key: containment revokes the key, code at HEAD serves the next one", () => {
  const holder = userArn("web");
  const copy = (place: string) => [{ place, at: ".env:3", readableBy: "public" as const, origin }];
  const ask = (places: readonly string[], stated = true) =>
    analysisOf(
      bucketEstate(
        { [holder]: inline(allow("iam:CreateRole")) },
        {
          resources: { "workload:shop": { kind: "workload", account: prod } },
          ...(stated
            ? {
                grants: [
                  {
                    id: "deploys",
                    holder: principalId("person:l.meyer"),
                    effect: "Allow" as const,
                    actions: ["workload:deploy"],
                    resources: ["workload:shop"],
                  },
                ],
              }
            : {}),
        },
        { credentials: [accessKey(holder, { copies: [...copy("workload:shop"), ...places.flatMap(copy)] })] },
      ),
    ).recreate({
      resource: resourceId("workload:shop"),
      weakness: "web.dotenv",
      subLocator: "",
    });
  const found = ask(["repository acme/shop"]);
  expect(found).toMatchObject({ verdict: "possible", band: 0 });
  expect(found.paths[0]?.hops.map((hop) => hop.cause)).toEqual(["code", "secret"]);
  expect(ask([]).verdict).toBe("none");
  // That IAM was collected says nothing about who deploys the file again.
  const open = ask([], false);
  expect(open.verdict).toBe("unknown");
  expect(open.missing.map((fact) => fact.key)).toEqual(["deployers|workload:shop"]);
});

test("over an RCP that keeps strangers out the finding returns and the exposure does not", () => {
  const statement = {
    Effect: "Deny" as const,
    Action: "s3:*",
    Resource: "*",
    Principal: "*" as const,
    Condition: {
      StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-test" },
      BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
    },
  };
  const full = {
    type: "scp" as const,
    document: "full" as const,
    id: "p-FullAWSAccess",
    targets: ["r-1", prod],
  };
  const ask = (rcp: boolean) =>
    analysisOf(
      bucketEstate(
        { [userArn("svc")]: inline(allow("s3:PutBucketPolicy")) },
        {
          accounts: { [prod]: "o-test" },
          // The management account is listed: nobody there may take the RCP away.
          covered: [
            ...["organization", "scp", "rcp", "org-s3-policy", "declarative-policies"].map(
              (topic) => `${topic}|aws:${prod}`,
            ),
            ...["access-keys", "console", "root-credentials"].map((topic) => `${topic}|aws:${prod}`),
            "iam|aws:999999999999",
          ],
          organization: {
            management: "999999999999",
            parents: { "r-1": null, [prod]: "r-1" },
            policies: [
              full,
              ...(rcp
                ? [
                    {
                      id: "p-rcp",
                      type: "rcp" as const,
                      targets: ["r-1"],
                      document: { Statement: [statement] },
                    },
                  ]
                : []),
            ],
            enabled: ["scp", "rcp"],
          },
        },
        { credentials: [accessKey(userArn("svc"))] },
      ),
    ).recreate({ resource: resourceId(bucketArn), weakness: "s3.public", subLocator: "" });
  expect(ask(false).verdict).toBe("possible");
  const found = ask(true);
  expect(found.verdict).toBe("none");
  expect(found.findingReturns).toContain("finding returns, exposure does not");
});

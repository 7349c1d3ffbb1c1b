import { expect, test } from "vitest";
import { resourceId } from "../../src/core/estate/index.js";
import type { EstateText, PolicyText, PrincipalText } from "../policy-estate.js";
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

const management = "999999999999";
const perimeter: PolicyText = {
  Statement: [
    {
      Effect: "Deny",
      Action: "s3:*",
      Resource: "*",
      Principal: "*",
      Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-test" } },
    },
  ],
};
const keepsMembers: PolicyText = {
  Statement: [{ Effect: "Deny", Action: "organizations:LeaveOrganization", Resource: "*" }],
};

/** An account of an organisation whose RCP keeps strangers out, which only its management account takes away. */
function answerFor(
  principals: Readonly<Record<string, PrincipalText>>,
  rcp: "stands" | "not collected" | "none",
) {
  const topics = ["organization", "scp", "org-s3-policy", "declarative-policies", "access-keys", "console"];
  const text: Partial<EstateText> = {
    accounts: { [prod]: "o-test" },
    covered: [
      ...[...topics, "root-credentials", ...(rcp === "not collected" ? [] : ["rcp"])].map(
        (topic) => `${topic}|aws:${prod}`,
      ),
      `iam|aws:${management}`,
      "resource-policy|o-test",
    ],
    organization: {
      management,
      parents: { "r-1": null, [prod]: "r-1" },
      policies: [
        { type: "scp", document: "full", id: "p-FullAWSAccess", targets: ["r-1", prod] },
        { type: "scp", document: keepsMembers, id: "p-members", targets: ["r-1"] },
        ...(rcp === "stands"
          ? [{ type: "rcp" as const, document: perimeter, id: "perimeter", targets: ["r-1"] }]
          : []),
      ],
      enabled: ["scp", "rcp"],
    },
  };
  return analysisOf(bucketEstate(principals, text, { credentials: [accessKey(userArn("svc"))] })).recreate({
    resource: resourceId(bucketArn),
    weakness: "s3.public",
    subLocator: "",
  });
}

const sso = { Federated: `arn:aws:iam::${prod}:saml-provider/okta` };
const administrator: Readonly<Record<string, PrincipalText>> = {
  [roleArn("admin")]: { ...inline(allow("*")), ...trusts(sso, undefined, "sts:AssumeRoleWithSAML") },
};

test("recreation.md 2: where only administrators set it again under an RCP, the finding returns without the exposure", () => {
  const found = answerFor(administrator, "stands");
  // Administrators reading their own data is no way back: `cannot` stands, with organisation management as the floor.
  expect(found).toMatchObject({ verdict: "none", basis: ["floor"], paths: [] });
  expect(found.floor.join(" ")).toContain("organisation management");
  expect(found.findingReturns).toBe(
    "finding returns, exposure does not: administrators may set it again; RCP perimeter keeps it without effect",
  );
  expect(answerFor(administrator, "none").findingReturns).toBeUndefined();
  expect(answerFor(administrator, "none").verdict).toBe("governed");
});

test("nothing is said of a guard that was not collected, or of a setting that nobody may set", () => {
  const writer = { [userArn("svc")]: inline(allow("s3:PutBucketPolicy")) };
  expect(answerFor(writer, "stands").findingReturns).toContain("the setting may be set again");
  const unread = answerFor(writer, "not collected");
  expect(unread.verdict).toBe("unknown");
  expect(unread.findingReturns).toBeUndefined();
  const reader = { [userArn("svc")]: inline(allow("s3:ListBucket")) };
  expect(answerFor(reader, "stands").findingReturns).toBeUndefined();
});

test("recreation.md 4 row 1: behind the RCP, whoever comes from outside and reads the objects is a way back", () => {
  const outside: Readonly<Record<string, PrincipalText>> = {
    ...administrator,
    [roleArn("vendor")]: {
      ...inline(allow("s3:GetObject")),
      ...trusts({ AWS: "arn:aws:iam::888888888888:root" }),
    },
  };
  const found = answerFor(outside, "stands");
  expect(found).toMatchObject({ verdict: "possible", band: 1 });
  expect(found.paths[0]).toMatchObject({ leg: "bypass", actor: roleArn("vendor") });
});

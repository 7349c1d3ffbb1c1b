import { describe, expect, it } from "vitest";
import { createEstate, type Estate } from "../../core/estate/index.js";
import type { EstateReading } from "../estate-reader.js";
import { mergeFacts } from "../merge-facts.js";
import { readDocument } from "../read-document.js";
import { authorizationDetailsReader as reader } from "./reader.js";

const account = "111122223333";
const arn = (rest: string, partition = "aws"): string => `arn:${partition}:iam::${account}:${rest}`;
const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "AROADELETED1234567890" }, Action: "sts:AssumeRole" }],
};
const empty = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] };

function read(value: unknown): EstateReading {
  const result = readDocument({ path: "gaad.json", bytes: Buffer.from(JSON.stringify(value)) });
  if (result.kind === "rejected") throw new Error(result.rejection.reason);
  expect(reader.recognises(result.document)).toBe(true);
  return reader.read(result.document, { source: { ...result.document.source, kind: reader.kind } });
}
const estateOf = (value: unknown): Estate => createEstate(mergeFacts([read(value).facts]));
const role = (name: string, more: object = {}): object => ({
  RoleName: name,
  RoleId: "AROA1",
  Arn: arn(`role/${name}`),
  AssumeRolePolicyDocument: trust,
  ...more,
});

describe("the pitfalls of account authorization details", () => {
  it("policy documents as objects, JSON text or percent-encoded text give the same policy, each with its own place", () => {
    const forms = [trust, JSON.stringify(trust), encodeURIComponent(JSON.stringify(trust))];
    const { principals } = estateOf({
      ...empty,
      RoleDetailList: forms.map((form, index) => role(`r${index}`, { AssumeRolePolicyDocument: form })),
    });
    expect(principals.map((item) => item.trustPolicy?.document)).toEqual([
      principals[0]?.trustPolicy?.document,
      principals[0]?.trustPolicy?.document,
      principals[0]?.trustPolicy?.document,
    ]);
    expect(principals.map((item) => item.trustPolicy?.origin.inner)).toEqual([undefined, "", ""]);
    expect(principals[2]?.trustPolicy?.origin.pointer).toBe("/RoleDetailList/2/AssumeRolePolicyDocument");
    // A deleted identity stays as AWS writes it and is never turned into a name.
    expect(principals[0]?.trustPolicy?.document.statements[0]?.principal?.aws).toEqual([
      "AROADELETED1234567890",
    ]);
  });

  it("lists that AWS leaves out when they are empty are empty", () => {
    const { rejected, facts } = read({
      ...empty,
      UserDetailList: [{ UserName: "ana", Arn: arn("user/ana") }],
    });
    expect(rejected).toEqual([]);
    expect(facts.principals?.[0]).toMatchObject({
      inline: [],
      attached: [],
      groups: [],
      tags: {},
      path: "/",
    });
  });

  it("groups are names in a user and ARNs with path in the estate", () => {
    const estate = estateOf({
      ...empty,
      UserDetailList: [{ UserName: "ana", Arn: arn("user/ana"), GroupList: ["dev"] }],
      GroupDetailList: [{ GroupName: "dev", Path: "/teams/", Arn: arn("group/teams/dev") }],
    });
    const group = estate.principals.find((item) => item.kind === "group");
    expect(estate.membersOf(group!.id).map((item) => item.name)).toEqual(["ana"]);
  });

  it("all versions of a policy are kept, the default marked (iam:SetDefaultPolicyVersion)", () => {
    const version = (id: string, action: string): object => ({
      VersionId: id,
      Document: { Version: "2012-10-17", Statement: { Effect: "Allow", Action: action, Resource: "*" } },
    });
    const estate = estateOf({
      ...empty,
      RoleDetailList: [role("r")],
      Policies: [
        {
          Arn: arn("policy/p"),
          PolicyName: "p",
          DefaultVersionId: "v2",
          PolicyVersionList: [version("v10", "a:*"), version("v2", "b:*")],
        },
      ],
    });
    expect(estate.managedPolicies[0]?.versions.map((item) => [item.id, item.isDefault])).toEqual([
      ["v2", true],
      ["v10", false],
    ]);
  });

  it("a boundary that nobody has attached is still known; one whose document is missing takes the coverage away", () => {
    const boundary = {
      PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: arn("policy/edge") },
    };
    const document = {
      Arn: arn("policy/edge"),
      PolicyVersionList: [
        { VersionId: "v1", IsDefaultVersion: true, Document: { Version: "2012-10-17", Statement: [] } },
      ],
    };
    const known = estateOf({ ...empty, RoleDetailList: [role("r", boundary)], Policies: [document] });
    expect(known.principals[0]?.boundary?.arn).toBe(arn("policy/edge"));
    expect(known.covers("iam", `aws:${account}`)).toBe(true);
    expect(
      estateOf({ ...empty, RoleDetailList: [role("r", boundary)] }).covers("iam", `aws:${account}`),
    ).toBe(false);
  });

  it.each(["aws", "aws-cn", "aws-us-gov"])(
    "AWS's own policies are told by their pseudo account, partition %s too, and may lack a document",
    (partition) => {
      const own = `arn:${partition}:iam::aws:policy/AdministratorAccess`;
      const estate = estateOf({
        ...empty,
        RoleDetailList: [
          role("r", {
            Arn: arn("role/r", partition),
            AttachedManagedPolicies: [{ PolicyName: "AdministratorAccess", PolicyArn: own }],
          }),
        ],
      });
      expect(estate.principals[0]?.attached.map((item) => item.arn)).toEqual([own]);
      expect(estate.covers("iam", `aws:${account}`)).toBe(true);
    },
  );

  it("roles that nobody in the account can change are marked", () => {
    const names = [
      "aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport",
      "aws-reserved/sso.amazonaws.com/AWSReservedSSO_X_1",
      "plain",
    ];
    const estate = estateOf({ ...empty, RoleDetailList: names.map((name) => role(name)) });
    expect(estate.principals.map((item) => item.immutable)).toEqual([
      "aws-reserved",
      "service-linked",
      undefined,
    ]);
  });

  it("a filtered export is not a whole account", () => {
    const { facts, rejected } = read({ RoleDetailList: [role("r")] });
    expect(facts.coverage).toEqual([]);
    expect(rejected[0]?.reason).toContain("`UserDetailList`");
  });

  it("an entry that cannot be used is placed; the others are read", () => {
    const { facts, rejected } = read({
      ...empty,
      UserDetailList: [
        { UserName: "x" },
        { UserName: "ana", Arn: arn("user/ana") },
        7,
        { Arn: "arn:aws:s3:::x" },
      ],
    });
    expect(facts.principals?.map((item) => item.name)).toEqual(["ana"]);
    expect(rejected.map((item) => item.pointer)).toEqual([
      "/UserDetailList/0",
      "/UserDetailList/2",
      "/UserDetailList/3/Arn",
    ]);
    expect(facts.coverage).toEqual([]);
  });

  it("several pages in one file, and JSON lines of pages, are one export", () => {
    const pages = [
      { ...empty, RoleDetailList: [role("a")], IsTruncated: true, Marker: "m" },
      { ...empty, RoleDetailList: [role("b")] },
    ];
    const { facts, listings } = read(pages);
    expect(facts.principals).toHaveLength(2);
    expect(listings).toEqual([{ topic: "iam", scope: `aws:${account}`, extent: "whole" }]);
    expect(read(pages.slice(0, 1)).listings?.[0]?.extent).toBe("page");
  });
});

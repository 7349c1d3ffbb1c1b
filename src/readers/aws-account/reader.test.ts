import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { coverageKey } from "../../core/estate/index.js";
import { loadEstate, type LoadedEstate } from "../load-estate.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-account-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function load(files: Readonly<Record<string, unknown>>): Promise<LoadedEstate> {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  return await loadEstate([folder]);
}

const covered = (loaded: LoadedEstate): readonly string[] =>
  loaded.estate.coverage.map((item) => coverageKey(item.topic, item.scope));

const alone = [
  "declarative-policies|aws:222222222222",
  "org-s3-policy|aws:222222222222",
  "organization|aws:222222222222",
  "rcp|aws:222222222222",
  "scp|aws:222222222222",
];
const message = "Your account is not a member of an organization.";
const printed = `\nAn error occurred (AWSOrganizationsNotInUseException) when calling the DescribeOrganization operation: ${message}\n`;

describe("an account that stands alone (Organizations, AWSOrganizationsNotInUseException)", () => {
  it.each([
    ["the service's document", { Error: { Code: "AWSOrganizationsNotInUseException", Message: message } }],
    ["the line of the CLI", printed],
    ["the line of the CLI from 2.32", `aws: [ERROR]: ${printed.trim()}`],
  ])("%s means that no organisation policy binds it", async (_form, content) => {
    const loaded = await load({ "222222222222/describe-organization.json": content });
    expect(loaded.rejected).toEqual([]);
    expect(loaded.estate.accounts).toMatchObject([{ id: "aws:222222222222", organization: "none" }]);
    expect(covered(loaded)).toEqual(alone);
  });

  it("takes its account from get-caller-identity beside it", async () => {
    const caller = {
      UserId: "AIDAX",
      Account: "222222222222",
      Arn: "arn:aws:iam::222222222222:user/auditor",
    };
    const other = { UserId: "AIDAY", Account: "333333333333", Arn: "arn:aws:iam::333333333333:user/auditor" };
    const loaded = await load({
      "a/caller.json": caller,
      "a/organization.txt": printed,
      "b/caller.json": other,
    });
    expect(loaded.rejected).toEqual([]);
    expect(covered(loaded)).toEqual(alone);
  });

  it("says nothing without an account", async () => {
    const loaded = await load({ "organization.txt": printed });
    expect(loaded.estate.coverage).toEqual([]);
    expect(loaded.rejected[0]?.reason).toBe("the answer does not say which account stands alone");
    expect(loaded.rejected[0]?.hint).toMatch(/get-caller-identity/);
  });

  it("is not believed of an account that an organisation lists: its policies stay unknown", async () => {
    const arn = "arn:aws:organizations::111111111111:account/o-exampleorgid/222222222222";
    const loaded = await load({
      "222222222222/describe-organization.json": printed,
      "org/list-accounts.json": { Accounts: [{ Id: "222222222222", Name: "prod", Arn: arn }] },
      "org/list-roots.json": {
        Roots: [
          {
            Id: "r-abcd",
            Arn: "arn:aws:organizations::111111111111:root/o-exampleorgid/r-abcd",
            PolicyTypes: [],
          },
        ],
      },
      "org/list-parents-222222222222.json": { Parents: [{ Id: "r-abcd", Type: "ROOT" }] },
    });
    expect(loaded.estate.account("aws:222222222222" as never)?.organization).not.toBe("none");
    expect(covered(loaded)).toEqual([]);
    expect(loaded.estate.conflicts.map((item) => item.key)).toContain(
      "conflict|aws:222222222222|organisation",
    );
  });
});

describe("what an account is called", () => {
  it("an alias names it, the organisation's name comes first", async () => {
    const one = await load({ "list-account-aliases-222222222222.json": { AccountAliases: ["acme-prod"] } });
    expect(one.estate.accounts).toMatchObject([{ id: "aws:222222222222", name: "acme-prod" }]);
    const arn = "arn:aws:organizations::111111111111:account/o-exampleorgid/222222222222";
    const two = await load({
      "z.json": { Accounts: [{ Id: "222222222222", Name: "Production", Arn: arn }] },
    });
    expect(two.estate.accounts).toMatchObject([{ id: "aws:222222222222", name: "Production" }]);
  });
});

describe("a command that failed", () => {
  it("is named with its operation, in both forms, and states nothing", async () => {
    const loaded = await load({
      "acme/policy.json":
        "An error occurred (AccessDenied) when calling the GetBucketPolicy operation: Access Denied",
      "x.json": { Error: { Code: "ThrottlingException", Message: "Rate exceeded" } },
    });
    expect(loaded.estate.resources).toEqual([]);
    expect(loaded.notEstate).toEqual([]);
    expect(loaded.rejected.map((item) => item.reason)).toEqual([
      "AWS answered `AccessDenied` to `GetBucketPolicy`: nothing was collected",
      "AWS answered `ThrottlingException`: nothing was collected",
    ]);
  });

  it("that answers `there is none` is an answer: the bucket of the path has no policy", async () => {
    const loaded = await load({
      "222222222222/bucket-policy-acme-exports.json":
        "An error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation: The bucket policy does not exist",
    });
    expect(loaded.rejected).toEqual([]);
    expect(loaded.estate.resources[0]?.policies?.size).toBe(0);
  });
});

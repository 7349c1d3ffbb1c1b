import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountId, principalId } from "../../core/estate/index.js";
import { loadEstate, type LoadedEstate } from "../load-estate.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-console-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const account = accountId("aws:222222222222");
const ana = principalId("arn:aws:iam::222222222222:user/team/ana");
const user = (name: string, path: string): object => ({
  UserName: name,
  Path: path,
  UserId: `AIDA${name.toUpperCase()}`,
  Arn: `arn:aws:iam::222222222222:user${path}${name}`,
  CreateDate: "2024-01-01T00:00:00Z",
  UserPolicyList: [],
  GroupList: [],
  AttachedManagedPolicies: [],
});
const details = {
  UserDetailList: [user("ana", "/team/"), user("svc", "/")],
  GroupDetailList: [],
  RoleDetailList: [],
  Policies: [],
};
const key = {
  UserName: "svc",
  AccessKeyId: "AKIAIOSFODNN7EXAMPLE",
  Status: "Active",
  CreateDate: "2024-01-01T00:00:00Z",
};

async function load(files: Readonly<Record<string, unknown>>): Promise<LoadedEstate> {
  for (const [name, content] of Object.entries({ "gaad.json": details, ...files }))
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return await loadEstate([folder]);
}

describe("access keys, one answer per user", () => {
  it("cover the account when every user of it has one", async () => {
    const loaded = await load({
      "access-keys-svc.json": { AccessKeyMetadata: [key] },
      "access-keys-ana.json": { AccessKeyMetadata: [] },
    });
    expect(loaded.rejected).toEqual([]);
    expect(loaded.estate.covers("access-keys", account)).toBe(true);
  });

  it.each([
    ["a user without an answer", { "access-keys-svc.json": { AccessKeyMetadata: [key] } }],
    [
      "a page of an answer",
      {
        "access-keys-svc.json": { AccessKeyMetadata: [key], IsTruncated: true },
        "access-keys-ana.json": { AccessKeyMetadata: [] },
      },
    ],
    [
      "an empty answer that names nobody",
      { "keys.json": { AccessKeyMetadata: [] }, "access-keys-svc.json": { AccessKeyMetadata: [key] } },
    ],
  ])("%s leaves it open", async (_case, files) => {
    expect((await load(files)).estate.covers("access-keys", account)).toBe(false);
  });
});

describe("console access", () => {
  const missing =
    "An error occurred (NoSuchEntity) when calling the GetLoginProfile operation: Login Profile for User svc cannot be found.";

  it("a login profile is a password, no MFA device is none, of the user with its path", async () => {
    const loaded = await load({
      "login-profile.json": { LoginProfile: { UserName: "ana", CreateDate: "2025-02-03T04:05:06Z" } },
      "mfa-devices-ana.json": { MFADevices: [] },
    });
    expect(loaded.rejected).toEqual([]);
    expect(loaded.estate.principals).toHaveLength(2);
    expect(loaded.estate.principal(ana)?.console).toMatchObject({ password: true, mfa: false });
    expect(loaded.estate.principal(ana)?.origin.source.kind).toBe("aws-account-authorization-details");
    expect(loaded.estate.credentialsOf(ana)).toMatchObject([
      { id: `aws:password/${ana}`, kind: "password", status: "active", createdAt: "2025-02-03T04:05:06Z" },
    ]);
    expect(loaded.estate.covers("console", account)).toBe(false);
  });

  it("the error that there is no login profile is an answer; both answers of every user cover the account", async () => {
    const device = {
      UserName: "ana",
      SerialNumber: "arn:aws:iam::222222222222:mfa/ana",
      EnableDate: "2025-01-01T00:00:00Z",
    };
    const loaded = await load({
      "login-profile-svc.txt": missing,
      "login-profile-ana.json": { LoginProfile: { UserName: "ana", CreateDate: "2025-02-03T04:05:06Z" } },
      "mfa-devices-ana.json": { MFADevices: [device] },
      "mfa-devices-svc.json": { MFADevices: [] },
    });
    expect(loaded.rejected).toEqual([]);
    expect(loaded.estate.principal(ana)?.console).toMatchObject({ password: true, mfa: true });
    expect(loaded.estate.covers("console", account)).toBe(true);
  });

  it("an empty list that names no user is refused with the name to give it", async () => {
    const loaded = await load({ "list-mfa.json": { MFADevices: [] } });
    expect(loaded.rejected).toMatchObject([{ reason: "the answer does not name its user" }]);
    expect(loaded.rejected[0]?.hint).toContain("mfa-devices-NAME.json");
  });

  it("virtual devices name their user, the root user too; who is not listed stays unknown", async () => {
    const loaded = await load({
      "list-virtual-mfa-devices.json": {
        VirtualMFADevices: [
          { SerialNumber: "s", EnableDate: "2025-01-01T00:00:00Z", User: { Arn: ana, UserName: "ana" } },
          {
            SerialNumber: "arn:aws:iam::222222222222:mfa/root-account-mfa-device",
            EnableDate: "2025-01-01T00:00:00Z",
            User: { Arn: "arn:aws:iam::222222222222:root" },
          },
        ],
      },
    });
    expect(loaded.estate.principal(ana)?.console).toMatchObject({ password: "unknown", mfa: true });
    expect(loaded.estate.resources[0]?.properties.get("root.mfa")?.value).toBe(true);
    expect(loaded.estate.principals.filter((item) => item.console !== undefined)).toHaveLength(1);
  });
});

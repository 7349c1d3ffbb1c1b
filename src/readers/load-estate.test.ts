import { mkdtempSync, rmSync, writeFileSync, mkdirSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { corpusPath } from "../../test/corpus.js";
import { principalId } from "../core/estate/index.js";
import { loadEstate } from "./load-estate.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-load-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file below the test's folder; `at` sets its date. */
function write(name: string, content: unknown, at?: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content),
  );
  if (at !== undefined) utimesSync(path, new Date(at), new Date(at));
  return path;
}

const account = "111122223333";
const user = (name: string, more: object = {}, path = "/"): object => ({
  Path: path,
  UserName: name,
  UserId: `AIDA${name}`,
  Arn: `arn:aws:iam::${account}:user${path}${name}`,
  CreateDate: "2024-01-01T00:00:00Z",
  GroupList: [],
  AttachedManagedPolicies: [],
  ...more,
});
const gaad = (more: object = {}): object => ({
  UserDetailList: [],
  GroupDetailList: [],
  RoleDetailList: [],
  Policies: [],
  ...more,
});

describe("a lab folder", () => {
  it("loads identities, keys and ownership of keys, without an account in the key list", async () => {
    const lab = "single-account-privesc-one-hop-to-admin-cloudformation-001-iam-passrole-cloudformation";
    const { estate, rejected, inputs, notEstate } = await loadEstate([corpusPath("estates", "labs", lab)]);
    expect(rejected).toEqual([]);
    expect(inputs.map((input) => input.kind).sort()).toEqual([
      "aws-access-keys",
      "aws-account-authorization-details",
    ]);
    expect(notEstate.map((item) => item.document.split("/").at(-1))).toEqual(["labels.json"]);
    expect(estate.covers("iam", "aws:111111111111")).toBe(true);
    expect(estate.covers("access-keys", "aws:111111111111")).toBe(true);
    for (const credential of estate.credentials)
      expect(estate.principal(credential.holder)?.kind).toBe("user");
    expect(estate.credentials.length).toBeGreaterThan(0);
  });
});

describe("documents that belong together", () => {
  it("attaches a listed key to the user of that name, wherever its path is", async () => {
    write("gaad.json", gaad({ UserDetailList: [user("ana", {}, "/people/")] }));
    write("keys.json", {
      AccessKeyMetadata: [{ UserName: "ana", AccessKeyId: "AKIAIOSFODNN7EXAMPLE", Status: "Active" }],
    });
    const { estate } = await loadEstate([folder]);
    expect(estate.credentials.map((item) => item.holder)).toEqual([
      `arn:aws:iam::${account}:user/people/ana`,
    ]);
  });

  it("joins the report's keys to listed keys by the time they were made, and keeps the one without a name", async () => {
    write("gaad.json", gaad({ UserDetailList: [user("ana")] }));
    write("keys.json", {
      AccessKeyMetadata: [
        {
          UserName: "ana",
          AccessKeyId: "AKIAIOSFODNN7EXAMPLE",
          Status: "Active",
          CreateDate: "2024-03-01T00:00:00Z",
        },
      ],
    });
    write(
      "report.csv",
      report([
        `ana,arn:aws:iam::${account}:user/ana,2024-01-01T00:00:00+00:00,true,2024-05-01T00:00:00+00:00,N/A,N/A,false,true,2024-03-01T00:00:00+00:00,2024-06-01T00:00:00+00:00,us-east-1,s3,true,2023-01-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,false,N/A`,
      ]),
    );
    const { estate } = await loadEstate([folder]);
    const keys = estate.credentials.filter((item) => item.kind === "access-key");
    expect(keys.map((item) => [item.id, item.status, item.lastUsedAt])).toEqual([
      ["aws:access-key/AKIAIOSFODNN7EXAMPLE", "active", "2024-06-01T00:00:00Z"],
      [`aws:access-key/report/arn:aws:iam::${account}:user/ana/2`, "active", undefined],
    ]);
    expect(estate.principal(principalId(`arn:aws:iam::${account}:user/ana`))?.console).toMatchObject({
      password: true,
      mfa: false,
    });
    expect(estate.covers("root-credentials", `aws:${account}`)).toBe(true);
  });

  it("puts pages together and resolves groups that came with another page", async () => {
    write(
      "page1.json",
      gaad({ UserDetailList: [user("ana", { GroupList: ["dev"] })], IsTruncated: true, Marker: "m" }),
    );
    write(
      "page2.json",
      gaad({
        GroupDetailList: [
          {
            Path: "/teams/",
            GroupName: "dev",
            GroupId: "AGPA1",
            Arn: `arn:aws:iam::${account}:group/teams/dev`,
          },
        ],
        IsTruncated: false,
      }),
    );
    const { estate, rejected } = await loadEstate([folder]);
    expect(rejected).toEqual([]);
    expect(estate.principal(principalId(`arn:aws:iam::${account}:user/ana`))?.groups).toEqual([
      `arn:aws:iam::${account}:group/teams/dev`,
    ]);
    expect(estate.covers("iam", `aws:${account}`)).toBe(true);
  });
});

describe("what is not whole is never called complete", () => {
  it("a page without the last page is reported and gives no coverage", async () => {
    write("page1.json", gaad({ UserDetailList: [user("ana")], IsTruncated: true, Marker: "m" }));
    const { estate, rejected } = await loadEstate([folder]);
    expect(rejected).toMatchObject([{ pointer: "/IsTruncated", used: 1 }]);
    expect(estate.principals).toHaveLength(1);
    expect(estate.covers("iam", `aws:${account}`)).toBe(false);
  });

  it("a group that is named and not listed proves a missing page", async () => {
    write("gaad.json", gaad({ UserDetailList: [user("ana", { GroupList: ["dev"] })] }));
    const { estate } = await loadEstate([folder]);
    expect(estate.covers("iam", `aws:${account}`)).toBe(false);
    expect(estate.conflicts.map((item) => item.fact).join()).toContain("group/dev");
  });

  it("a malformed policy is placed, and the account is not called known", async () => {
    write(
      "gaad.json",
      gaad({
        UserDetailList: [
          user("ana", {
            UserPolicyList: [
              {
                PolicyName: "p",
                PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: 5 }] },
              },
            ],
          }),
        ],
      }),
    );
    const { estate, rejected } = await loadEstate([folder]);
    expect(rejected[0]).toMatchObject({
      pointer: "/UserDetailList/0/UserPolicyList/0/PolicyDocument/Statement/0/Action",
    });
    expect(estate.principals[0]?.inline).toEqual([]);
    expect(estate.covers("iam", `aws:${account}`)).toBe(false);
  });
});

describe("two exports of one account", () => {
  it("the later one replaces the earlier: what was deleted does not come back", async () => {
    write("old.json", gaad({ UserDetailList: [user("gone")] }), "2024-01-01T00:00:00Z");
    write("new.json", gaad({ UserDetailList: [user("ana")] }), "2024-02-01T00:00:00Z");
    const { estate, rejected } = await loadEstate([folder]);
    expect(estate.principals.map((item) => item.name)).toEqual(["ana"]);
    expect(rejected).toHaveLength(1);
    expect(rejected[0]?.reason).toContain("older than");
  });

  it("a filtered export, however new, adds to a whole one and never replaces it", async () => {
    write("whole.json", gaad({ UserDetailList: [user("ana")] }), "2024-01-01T00:00:00Z");
    write("filtered.json", { UserDetailList: [user("bo")] }, "2024-02-01T00:00:00Z");
    const { estate, rejected } = await loadEstate([folder]);
    expect(estate.principals.map((item) => item.name)).toEqual(["ana", "bo"]);
    expect(estate.covers("iam", `aws:${account}`)).toBe(true);
    expect(rejected.map((item) => item.document.split("/").at(-1))).toEqual(["filtered.json"]);
  });

  it("of the same moment and different: the disagreement is shown and nothing rests on it", async () => {
    const policy = (action: string): object => ({
      UserPolicyList: [
        {
          PolicyName: "p",
          PolicyDocument: {
            Version: "2012-10-17",
            Statement: { Effect: "Allow", Action: action, Resource: "*" },
          },
        },
      ],
    });
    write("a.json", gaad({ UserDetailList: [user("ana", policy("s3:*"))] }), "2024-01-01T00:00:00Z");
    write("b.json", gaad({ UserDetailList: [user("ana", policy("iam:*"))] }), "2024-01-01T00:00:10Z");
    const { estate } = await loadEstate([folder]);
    expect(estate.conflicts).toHaveLength(1);
    expect(estate.covers("iam", `aws:${account}`)).toBe(false);
  });

  it("the same file twice is one file", async () => {
    write("a/gaad.json", gaad({ UserDetailList: [user("ana")] }));
    write("b/gaad.json", gaad({ UserDetailList: [user("ana")] }));
    const { estate, rejected } = await loadEstate([folder]);
    expect(rejected).toEqual([]);
    expect(estate.conflicts).toEqual([]);
    expect(estate.principals).toHaveLength(1);
  });
});

describe("bad files beside good ones", () => {
  it("each is named with its reason, the rest is read", async () => {
    write("good.json", gaad({ UserDetailList: [user("ana")] }));
    write(
      "bom.json",
      `\uFEFF${JSON.stringify({ AccessKeyMetadata: [{ UserName: "ana", AccessKeyId: "AKIAIOSFODNN7EXAMPLE", Status: "Active" }] })}`,
    );
    write("cut.json", JSON.stringify(gaad()).slice(0, 30));
    write("empty.json", "");
    write("null.json", "null");
    write("binary.json", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00, 0x01]));
    write("unknown.json", { some: "thing" });
    const loaded = await loadEstate([folder, join(folder, "missing.json")]);
    expect(loaded.estate.principals).toHaveLength(1);
    expect(loaded.estate.credentials).toHaveLength(1);
    expect(loaded.rejected.map((item) => item.document.split("/").at(-1))).toEqual([
      "binary.json",
      "cut.json",
      "empty.json",
      "missing.json",
      "null.json",
    ]);
    expect(loaded.notEstate).toEqual([{ document: join(folder, "unknown.json") }]);
    expect(JSON.stringify(loaded.rejected)).not.toContain("at Object.");
  });

  it("a reader that fails costs its document, not the load", async () => {
    write("a.json", { a: 1 });
    const failing = {
      kind: "failing",
      title: "failing",
      recognises: () => true,
      read: () => {
        throw new Error("boom");
      },
    };
    const { rejected } = await loadEstate([folder], { readers: [failing] });
    expect(rejected).toMatchObject([{ reason: "the reader failed on this document: boom", used: 0 }]);
  });

  it("the same files give the same estate, in whatever order they are named", async () => {
    const one = write(
      "gaad.json",
      gaad({ UserDetailList: [user("ana"), user("bo")] }),
      "2024-01-01T00:00:00Z",
    );
    const two = write(
      "keys.json",
      { AccessKeyMetadata: [{ UserName: "ana", AccessKeyId: "AKIAIOSFODNN7EXAMPLE", Status: "Active" }] },
      "2024-01-01T00:00:00Z",
    );
    const [there, back] = [await loadEstate([one, two]), await loadEstate([two, one])];
    expect(JSON.stringify(there)).toBe(JSON.stringify(back));
  });
});

describe("the account of a document that does not name it", () => {
  const keys = {
    AccessKeyMetadata: [{ UserName: "ana", AccessKeyId: "AKIAIOSFODNN7EXAMPLE", Status: "Active" }],
  };

  it("is refused with what to do, not guessed", async () => {
    write("keys.json", keys);
    const { estate, rejected } = await loadEstate([folder]);
    expect(estate.credentials).toEqual([]);
    expect(rejected[0]?.hint).toContain("--account");
  });

  it("comes from a folder, from `--account`, or from the documents beside it, in that order of strength", async () => {
    write("999999999999/keys.json", keys);
    write("other.json", {
      AccessKeyMetadata: [{ UserName: "bo", AccessKeyId: "AKIAI44QH8DHBEXAMPLE", Status: "Expired" }],
    });
    const { estate } = await loadEstate([folder], { accountHint: account });
    expect(estate.credentials.map((item) => [item.holder, item.status])).toEqual([
      [`arn:aws:iam::${account}:user/bo`, "expired"],
      ["arn:aws:iam::999999999999:user/ana", "active"],
    ]);
    write(
      "gaad.json",
      gaad({ UserDetailList: [{ ...user("bo"), Arn: "arn:aws:iam::444455556666:user/bo" }] }),
    );
    const beside = await loadEstate([folder], { accountHint: account });
    expect(beside.estate.credentials[0]?.holder).toBe("arn:aws:iam::444455556666:user/bo");
  });

  it("is not confused by a list of the organisation's accounts", async () => {
    write("gaad.json", gaad({ UserDetailList: [user("ana")] }));
    write("keys.json", keys);
    const arn = (id: string): string => `arn:aws:organizations::999999999999:account/o-exampleorgid/${id}`;
    write("accounts.json", { Accounts: ["999999999999", account].map((Id) => ({ Id, Arn: arn(Id) })) });
    const { estate } = await loadEstate([folder]);
    expect(estate.credentials.map((item) => item.holder)).toEqual([`arn:aws:iam::${account}:user/ana`]);
  });

  it("is not guessed between two accounts", async () => {
    write("gaad-1.json", gaad({ UserDetailList: [user("ana")] }));
    write(
      "gaad-2.json",
      gaad({ UserDetailList: [{ ...user("bo"), Arn: "arn:aws:iam::444455556666:user/bo" }] }),
    );
    write("keys.json", keys);
    const { estate } = await loadEstate([folder]);
    expect(estate.credentials).toEqual([]);
  });
});

function report(rows: readonly string[]): string {
  const header =
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";
  const root = `<root_account>,arn:aws:iam::${account}:root,2020-01-01T00:00:00+00:00,not_supported,no_information,not_supported,not_supported,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`;
  return [header, root, ...rows].join("\n");
}

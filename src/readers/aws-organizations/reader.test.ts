import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountId } from "../../core/estate/index.js";
import { loadEstate, type LoadedEstate } from "../load-estate.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-org-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const org = "o-exampleorgid";
const root = "r-exam";
const unit = "ou-exam-prod1234";
const [management, member] = ["111111111111", "222222222222"];
const arnOf = (rest: string): string => `arn:aws:organizations::${management}:${rest}`;
const full = {
  Id: "p-FullAWSAccess",
  Arn: "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess",
  Name: "FullAWSAccess",
  Type: "SERVICE_CONTROL_POLICY",
  AwsManaged: true,
};
const deny = {
  Id: "p-deny12345",
  Arn: arnOf(`policy/${org}/service_control_policy/p-deny12345`),
  Name: "deny",
  Type: "SERVICE_CONTROL_POLICY",
  AwsManaged: false,
};
const denyContent = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "iam:*", Resource: "*" }],
});
const target = (...ids: string[]): object => ({
  Targets: ids.map((TargetId) => ({ TargetId, Type: "ROOT" })),
});

/** The answers of a whole organisation under their commands' names; a test takes parts away. */
const parts = (): Record<string, unknown> => ({
  "describe-organization": { Organization: { Id: org, MasterAccountId: management, FeatureSet: "ALL" } },
  "list-roots": {
    Roots: [{ Id: root, Name: "Root", PolicyTypes: [{ Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" }] }],
  },
  "list-organizational-units-for-parent": { [root]: { OrganizationalUnits: [{ Id: unit, Name: "prod" }] } },
  "list-accounts-for-parent": {
    [root]: { Accounts: [{ Id: management, Name: "mgmt", Arn: arnOf(`account/${org}/${management}`) }] },
    [unit]: { Accounts: [{ Id: member, Name: "prod", Arn: arnOf(`account/${org}/${member}`) }] },
  },
  "list-policies": { Policies: [full, deny] },
  "describe-policy": { "p-deny12345": { Policy: { PolicySummary: deny, Content: denyContent } } },
  "list-targets-for-policy": {
    "p-FullAWSAccess": target(root, unit, management, member),
    "p-deny12345": target(unit),
  },
});

async function load(document: unknown): Promise<LoadedEstate> {
  writeFileSync(join(folder, "org.json"), JSON.stringify(document));
  return loadEstate([folder]);
}

const covered = (
  { estate }: LoadedEstate,
  topic: "organization" | "scp" | "rcp",
  account = member,
): boolean => estate.covers(topic, `aws:${account}`);

describe("a whole organisation in one document", () => {
  it("gives the tree, the policies with content and targets, and coverage for every account", async () => {
    const loaded = await load(parts());
    expect(loaded.rejected).toEqual([]);
    const organization = loaded.estate.organizationOf(accountId(`aws:${member}`));
    expect(organization).toMatchObject({
      id: org,
      managementAccount: `aws:${management}`,
      enabledPolicyTypes: ["scp"],
    });
    expect(organization?.nodes.map((node) => [node.id, node.parent])).toEqual([
      [management, root],
      [member, unit],
      [unit, root],
      [root, undefined],
    ]);
    const policy = organization?.policies.find((item) => item.id === "p-deny12345");
    expect(policy).toMatchObject({ type: "scp", name: "deny", targets: [unit] });
    expect(policy?.use?.origin).toMatchObject({
      pointer: "/describe-policy/p-deny12345/Policy/Content",
      inner: "",
    });
    expect(covered(loaded, "organization")).toBe(true);
    expect(covered(loaded, "scp")).toBe(true);
    expect(covered(loaded, "rcp"), "list-roots shows that RCPs are not enabled").toBe(true);
    expect(loaded.estate.account(accountId(`aws:${member}`))).toMatchObject({
      name: "prod",
      organization: org,
    });
  });
});

describe("one missing answer, and the SCPs of the account are not known", () => {
  const without = (command: string, key?: string): Record<string, unknown> => {
    const all = parts();
    if (key === undefined)
      return Object.fromEntries(Object.entries(all).filter(([name]) => name !== command));
    return {
      ...all,
      [command]: Object.fromEntries(Object.entries(all[command] as object).filter(([name]) => name !== key)),
    };
  };
  it.each([
    [
      "one account among the targets of FullAWSAccess (AWS lets no level be without a policy)",
      {
        ...parts(),
        "list-targets-for-policy": {
          "p-FullAWSAccess": target(root, unit, management),
          "p-deny12345": target(unit),
        },
      },
    ],
    ["the content of a policy", without("describe-policy")],
    ["the targets of a policy", without("list-targets-for-policy", "p-deny12345")],
    [
      "the targets of FullAWSAccess (a level without any policy cannot be)",
      without("list-targets-for-policy", "p-FullAWSAccess"),
    ],
    ["the list of all policies", without("list-policies")],
    ["the unit's parent", without("list-organizational-units-for-parent")],
    ["the root", without("list-roots")],
    [
      "later pages of the list of policies",
      { ...parts(), "list-policies": { Policies: [full, deny], NextToken: "more" } },
    ],
    [
      "later pages of the targets",
      {
        ...parts(),
        "list-targets-for-policy": {
          "p-FullAWSAccess": target(root, unit, management, member),
          "p-deny12345": { ...target(root), NextToken: "more" },
        },
      },
    ],
    [
      "content that can be read",
      { ...parts(), "describe-policy": { Policy: { PolicySummary: deny, Content: "{" } } },
    ],
  ])("%s", async (_name, document) => expect(covered(await load(document), "scp")).toBe(false));

  it("content that is missing in another unit decides nothing here", async () => {
    const document = parts();
    const elsewhere = { Id: "ou-exam-side1234", Name: "side" };
    const other = { ...deny, Id: "p-other1234", Arn: deny.Arn.replace(deny.Id, "p-other1234") };
    Object.assign(document, {
      "list-organizational-units-for-parent": {
        [root]: { OrganizationalUnits: [{ Id: unit, Name: "prod" }, elsewhere] },
      },
      "list-policies": { Policies: [full, deny, other] },
      "list-targets-for-policy": {
        ...(document["list-targets-for-policy"] as object),
        "p-other1234": target(elsewhere.Id),
      },
    });
    expect(covered(await load(document), "scp")).toBe(true);
  });

  it("a type whose state at the root is not known is not taken as absent", async () => {
    const document = { ...parts(), "list-roots": { Roots: [{ Id: root }] } };
    expect(covered(await load(document), "rcp")).toBe(false);
  });
});

describe("answers in files of their own", () => {
  it("join by the ids in their names; what says nothing of its subject is shown as open", async () => {
    const all = parts();
    const write = (name: string, value: unknown): void =>
      writeFileSync(join(folder, name), JSON.stringify(value));
    for (const name of ["describe-organization", "list-roots", "list-policies"])
      write(`${name}.json`, all[name]);
    write("describe-policy.json", { Policy: { PolicySummary: deny, Content: denyContent } });
    write(`list-organizational-units-for-parent-${root}.json`, {
      OrganizationalUnits: [{ Id: unit, Name: "prod" }],
    });
    write(`list-parents-${member}.json`, { Parents: [{ Id: unit, Type: "ORGANIZATIONAL_UNIT" }] });
    write("list-targets-for-policy-p-FullAWSAccess.json", target(root, unit, management, member));
    write("targets.json", target(unit));
    const loaded = await loadEstate([folder]);
    expect(covered(loaded, "organization")).toBe(true);
    expect(covered(loaded, "scp"), "nothing says whose targets targets.json lists").toBe(false);
    expect(loaded.estate.conflicts.map((item) => item.fact).join()).toContain("targets.json");
    rmSync(join(folder, "targets.json"));
    write("list-targets-for-policy-p-deny12345.json", target(unit));
    expect(covered(await loadEstate([folder]), "scp")).toBe(true);
  });

  it("a tree that runs in a circle is no way to the root", async () => {
    const document = {
      ...parts(),
      "list-parents": {
        [unit]: { Parents: [{ Id: "ou-exam-loop1234", Type: "ORGANIZATIONAL_UNIT" }] },
        "ou-exam-loop1234": { Parents: [{ Id: unit, Type: "ORGANIZATIONAL_UNIT" }] },
      },
    };
    expect(covered(await load(document), "organization")).toBe(false);
  });
});

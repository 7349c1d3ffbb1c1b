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

describe("S3 and declarative policies of an organisation", () => {
  const s3 = {
    Id: "p-s3block123",
    Arn: arnOf(`policy/${org}/s3_policy/p-s3block123`),
    Name: "block-public",
    Type: "S3_POLICY",
    AwsManaged: false,
  };
  const ec2 = { ...s3, Id: "p-ec2imds123", Name: "imds", Type: "DECLARATIVE_POLICY_EC2" };
  const content = JSON.stringify({
    s3_attributes: { public_access_block_configuration: { "@@assign": "all" } },
  });
  const enabled = (): Record<string, unknown> => ({
    ...parts(),
    "list-roots": {
      Roots: [
        {
          Id: root,
          Name: "Root",
          PolicyTypes: ["SERVICE_CONTROL_POLICY", "S3_POLICY", "DECLARATIVE_POLICY_EC2"].map((Type) => ({
            Type,
            Status: "ENABLED",
          })),
        },
      ],
    },
  });
  const member_ = accountId(`aws:${member}`);

  it("are read with content and targets, and cover the accounts below", async () => {
    const { estate } = await load({
      ...enabled(),
      "list-policies": { Policies: [full, deny, s3, ec2] },
      "describe-policy": {
        "p-deny12345": { Policy: { PolicySummary: deny, Content: denyContent } },
        "p-s3block123": { Policy: { PolicySummary: s3, Content: content } },
        "p-ec2imds123": { Policy: { PolicySummary: ec2, Content: "{}" } },
      },
      "list-targets-for-policy": {
        ...(parts()["list-targets-for-policy"] as object),
        "p-s3block123": target(root),
        "p-ec2imds123": target(unit),
      },
    });
    const policies = estate.organizations[0]?.policies ?? [];
    expect(policies.find((item) => item.id === "p-s3block123")).toMatchObject({
      type: "s3",
      content: { s3_attributes: {} },
      targets: [root],
    });
    expect(policies.find((item) => item.id === "p-ec2imds123")?.type).toBe("declarative-ec2");
    expect(estate.covers("org-s3-policy", member_)).toBe(true);
    expect(estate.covers("declarative-policies", member_)).toBe(true);
  });

  it("enabled and not listed are unknown, not absent", async () => {
    const { estate } = await load(enabled());
    expect(estate.covers("scp", member_)).toBe(true);
    expect(estate.covers("org-s3-policy", member_)).toBe(false);
    expect(estate.covers("declarative-policies", member_)).toBe(false);
  });

  it("not enabled at the root are known to be absent", async () => {
    const { estate } = await load(parts());
    expect(estate.covers("org-s3-policy", member_)).toBe(true);
  });
});

describe("delegated administrators", () => {
  it("have the services that list-delegated-services-for-account gives them", async () => {
    const { estate } = await load({
      ...parts(),
      "list-delegated-services-for-account": {
        [member]: {
          DelegatedServices: [{ ServicePrincipal: "sso.amazonaws.com", DelegationEnabledDate: 1 }],
        },
      },
    });
    expect(estate.organizations[0]?.delegatedAdministrators).toEqual([
      { account: `aws:${member}`, service: "sso.amazonaws.com" },
    ]);
  });
});

describe("which accounts manage policies of the organisation (describe-resource-policy)", () => {
  const content = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${member}:root` },
        Action: "organizations:DetachPolicy",
        Resource: "*",
      },
    ],
  });
  const answer = (Arn: string, Content: unknown = content): object => ({
    ResourcePolicy: { ResourcePolicySummary: { Id: "rp-12345678", Arn }, Content },
  });
  const arn = arnOf(`resourcepolicy/${org}/rp-12345678`);
  const delegations = ({ estate }: LoadedEstate) =>
    estate.resources.filter(({ kind }) => kind === "organizations:resource-policy");

  it("is a resource of the management account, alone or within the whole", async () => {
    for (const document of [answer(arn), { ...parts(), "describe-resource-policy": answer(arn) }]) {
      const loaded = await load(document);
      expect(loaded.rejected).toEqual([]);
      expect(delegations(loaded)).toMatchObject([{ id: arn, account: `aws:${management}` }]);
      expect(delegations(loaded)[0]?.policies?.get("")?.document.statements).toHaveLength(1);
    }
  });

  it("where there is none, the answer says so", async () => {
    const Error = { Code: "ResourcePolicyNotFoundException", Message: "We can't find a resource policy" };
    const loaded = await load({ ...parts(), "describe-resource-policy": { Error } });
    expect(loaded.estate.covers("resource-policy", org)).toBe(true);
    expect((await load(parts())).estate.covers("resource-policy", org)).toBe(false);
  });

  it.each([
    ["without the organisation in its ARN", answer(arnOf("policy/x")), "resourcepolicy/o-"],
    ["without its text", answer(arn, null), "policy"],
    ["whose text is no policy", answer(arn, "{"), "JSON"],
  ])("%s: rejected, and nothing is believed", async (_, document, reason) => {
    const loaded = await load(document);
    expect(loaded.rejected.map((item) => item.reason).join()).toContain(reason);
    expect(delegations(loaded)).toEqual([]);
  });
});

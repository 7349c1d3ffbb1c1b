import { describe, expect, test } from "vitest";
import { resourceId, type PropertyFact, type Resource } from "../../../estate/index.js";
import { account, fakeBecome, origin, policy, role } from "../../../../../test/recreation/fake-access.js";
import { formulas } from "../formula-registry.js";
import { createRecreation } from "../recreate.js";

type Value = PropertyFact["value"];
type Properties = Readonly<Record<string, Readonly<Record<string, Value | undefined>>>>;

/** One formula: a world in which its weakness comes back, and for each conjunct what stops it. */
interface Row {
  readonly weakness: string;
  readonly resource: string;
  readonly kind: string;
  /** Rights of one actor; each alone is needed unless `spare` names it. */
  readonly rights: readonly (readonly [action: string, resource: string])[];
  readonly spare?: readonly string[];
  /** Properties by resource; a value that stops it follows after `!`. */
  readonly properties?: Properties;
  readonly stops?: readonly (readonly [resource: string, name: string, value: Value])[];
  /** A value that leaves a way open which no document shows: nobody can say. */
  readonly doubts?: readonly (readonly [resource: string, name: string, value: Value])[];
  /** Not collected: nobody can say. */
  readonly unknown?: readonly (readonly [resource: string, name: string])[];
  readonly immutable?: readonly [name: string, value: Value];
}

const ec2 = (kind: string, name: string): string => `arn:aws:ec2:eu-west-1:222222222222:${kind}/${name}`;
const group = ec2("security-group", "sg-1");
const instance = ec2("instance", "i-1");
const snapshot = ec2("snapshot", "snap-1");
const image = ec2("image", "ami-1");
const database = "arn:aws:rds:eu-west-1:222222222222:db:hr";
const dbSnapshot = "arn:aws:rds:eu-west-1:222222222222:snapshot:hr-2024";
const cluster = "arn:aws:eks:eu-west-1:222222222222:cluster/c";
const domain = "arn:aws:es:eu-west-1:222222222222:domain/d";
const storage = "/subscriptions/s/resourcegroups/g/providers/microsoft.storage/storageaccounts/a";
const vault = "/subscriptions/s/resourcegroups/g/providers/microsoft.keyvault/vaults/v";
const user = "arn:aws:iam::222222222222:user/svc";
const trusted = "arn:aws:iam::222222222222:role/trusted";
const open = [
  { protocol: "tcp", fromPort: 22, toPort: 22, cidrs: ["0.0.0.0/0"], prefixLists: [], groups: [] },
];

const rows: readonly Row[] = [
  {
    weakness: "ec2.open-ingress",
    resource: group,
    kind: "ec2:security-group",
    rights: [["ec2:AuthorizeSecurityGroupIngress", group]],
    properties: { [instance]: { securityGroups: ["sg-1"], internetReachable: true } },
    // Something else may carry the group, or be given it: never a proof that nobody is reached.
    doubts: [
      [instance, "internetReachable", false],
      [instance, "securityGroups", []],
    ],
    unknown: [[instance, "internetReachable"]],
  },
  {
    weakness: "rds.public-instance",
    resource: database,
    kind: "rds:db-instance",
    rights: [["rds:ModifyDBInstance", database]],
    properties: { [database]: { publicSubnets: true, securityGroups: ["sg-1"] }, [group]: { ingress: open } },
    // Whoever modifies the database also moves it to other subnets and groups.
    doubts: [
      [database, "publicSubnets", false],
      [group, "ingress", []],
    ],
    unknown: [
      [database, "publicSubnets"],
      [database, "securityGroups"],
      [group, "ingress"],
    ],
  },
  {
    weakness: "rds.public-snapshot",
    resource: dbSnapshot,
    kind: "rds:snapshot",
    rights: [["rds:ModifyDBSnapshotAttribute", dbSnapshot]],
    properties: { [dbSnapshot]: { snapshotType: "manual", encrypted: false } },
    stops: [[dbSnapshot, "snapshotType", "automated"]],
    unknown: [
      [dbSnapshot, "snapshotType"],
      [dbSnapshot, "encrypted"],
    ],
    immutable: ["encrypted", true],
  },
  {
    weakness: "ec2.public-snapshot",
    resource: snapshot,
    kind: "ec2:snapshot",
    rights: [["ec2:ModifySnapshotAttribute", snapshot]],
    properties: {
      [snapshot]: { encrypted: false },
      [account]: { "ec2.snapshotBlockPublicAccess.eu-west-1": "unblocked" },
    },
    stops: [
      [account, "ec2.snapshotBlockPublicAccess.eu-west-1", "block-new-sharing"],
      [account, "ec2.snapshotBlockPublicAccess.eu-west-1", "block-all-sharing"],
    ],
    unknown: [
      [snapshot, "encrypted"],
      [account, "ec2.snapshotBlockPublicAccess.eu-west-1"],
    ],
    immutable: ["encrypted", true],
  },
  {
    weakness: "ec2.public-image",
    resource: image,
    kind: "ec2:image",
    rights: [["ec2:ModifyImageAttribute", image]],
    properties: {
      [image]: { encrypted: false },
      [account]: { "ec2.imageBlockPublicAccess.eu-west-1": "unblocked" },
    },
    stops: [[account, "ec2.imageBlockPublicAccess.eu-west-1", "block-new-sharing"]],
    unknown: [
      [image, "encrypted"],
      [account, "ec2.imageBlockPublicAccess.eu-west-1"],
    ],
    immutable: ["encrypted", true],
  },
  {
    weakness: "kms.open-key",
    resource: "arn:aws:kms:eu-west-1:222222222222:key/k",
    kind: "kms:key",
    rights: [["kms:PutKeyPolicy", "arn:aws:kms:eu-west-1:222222222222:key/k"]],
    immutable: ["keyManager", "AWS"],
  },
  {
    weakness: "lambda.public",
    resource: "arn:aws:lambda:eu-west-1:222222222222:function:f",
    kind: "lambda:function",
    rights: [["lambda:AddPermission", "*"]],
  },
  {
    weakness: "sqs.public",
    resource: "arn:aws:sqs:eu-west-1:222222222222:q",
    kind: "sqs:queue",
    rights: [["sqs:SetQueueAttributes", "*"]],
  },
  {
    weakness: "sns.public",
    resource: "arn:aws:sns:eu-west-1:222222222222:t",
    kind: "sns:topic",
    rights: [["sns:SetTopicAttributes", "*"]],
  },
  {
    weakness: "ecr.open-repository",
    resource: "arn:aws:ecr:eu-west-1:222222222222:repository/r",
    kind: "ecr:repository",
    rights: [["ecr:SetRepositoryPolicy", "*"]],
  },
  {
    weakness: "ec2.imdsv1",
    resource: instance,
    kind: "ec2:instance",
    rights: [["ec2:ModifyInstanceMetadataOptions", instance]],
    properties: { [account]: { "ec2.httpTokensEnforced.eu-west-1": false } },
    stops: [[account, "ec2.httpTokensEnforced.eu-west-1", true]],
    unknown: [[account, "ec2.httpTokensEnforced.eu-west-1"]],
  },
  { weakness: "iam.key.exposed", resource: user, kind: "iam:user", rights: [["iam:CreateAccessKey", user]] },
  {
    weakness: "iam.credential.unused",
    resource: user,
    kind: "iam:user",
    rights: [["iam:CreateLoginProfile", user]],
  },
  {
    weakness: "iam.user.no-mfa",
    resource: user,
    kind: "iam:user",
    rights: [["iam:DeactivateMFADevice", user]],
  },
  {
    weakness: "iam.trust.broad",
    resource: trusted,
    kind: "iam:role",
    rights: [["iam:UpdateAssumeRolePolicy", trusted]],
  },
  {
    weakness: "iam.trust.broad",
    resource: trusted,
    kind: "iam:role",
    rights: [
      ["iam:DeleteRole", trusted],
      ["iam:CreateRole", trusted],
      ["iam:PutRolePolicy", trusted],
    ],
  },
  {
    weakness: "oidc.trust.broad",
    resource: trusted,
    kind: "iam:role",
    rights: [["iam:UpdateAssumeRolePolicy", trusted]],
  },
  {
    weakness: "iam.admin-policy",
    resource: trusted,
    kind: "iam:role",
    rights: [["iam:AttachRolePolicy", trusted]],
  },
  {
    weakness: "iam.privilege-escalation",
    resource: "arn:aws:iam::222222222222:policy/p",
    kind: "iam:policy",
    rights: [["iam:SetDefaultPolicyVersion", "*"]],
  },
  {
    weakness: "eks.public-endpoint",
    resource: cluster,
    kind: "eks:cluster",
    rights: [["eks:UpdateClusterConfig", cluster]],
  },
  {
    weakness: "opensearch.public",
    resource: domain,
    kind: "opensearch:domain",
    rights: [["es:UpdateDomainConfig", domain]],
    immutable: ["vpc", true],
  },
  {
    weakness: "azure.public-blob",
    resource: storage,
    kind: "azure:storage-account",
    rights: [
      ["Microsoft.Storage/storageAccounts/write", storage],
      ["Microsoft.Storage/storageAccounts/listKeys/action", storage],
    ],
    properties: { [storage]: { allowSharedKeyAccess: true, denyPolicy: false, publicNetworkAccess: true } },
    stops: [[storage, "denyPolicy", true]],
    unknown: [
      [storage, "denyPolicy"],
      [storage, "publicNetworkAccess"],
    ],
  },
  {
    weakness: "storage.sas.exposed",
    resource: storage,
    kind: "azure:storage-account",
    rights: [["Microsoft.Storage/storageAccounts/listKeys/action", storage]],
    properties: { [storage]: { allowSharedKeyAccess: true, denyPolicy: true } },
    stops: [[storage, "allowSharedKeyAccess", false]],
    unknown: [[storage, "allowSharedKeyAccess"]],
  },
  {
    weakness: "vault.access-policy",
    resource: vault,
    kind: "azure:key-vault",
    rights: [["Microsoft.KeyVault/vaults/write", vault]],
    properties: { [vault]: { permissionModel: "access-policy", denyPolicy: false } },
    stops: [[vault, "denyPolicy", true]],
    unknown: [[vault, "denyPolicy"]],
  },
  {
    weakness: "azure.vault.public-network",
    resource: vault,
    kind: "azure:key-vault",
    rights: [["Microsoft.KeyVault/vaults/write", vault]],
  },
  {
    weakness: "edge.ssrf",
    resource: "workload:edge",
    kind: "workload",
    rights: [["workload:configure", "workload:edge"]],
  },
  {
    weakness: "web.dotenv",
    resource: "workload:web",
    kind: "workload",
    rights: [["workload:deploy", "workload:web"]],
  },
];

function ask(row: Row, rights: Row["rights"], change: Properties = {}) {
  const stated: Record<string, Record<string, Value | undefined>> = { [row.resource]: {}, [account]: {} };
  for (const source of [row.properties ?? {}, change]) {
    for (const [id, values] of Object.entries(source)) stated[id] = { ...stated[id], ...values };
  }
  const resources = Object.entries(stated).map(([id, values]): Resource => ({
    id: resourceId(id),
    kind: id === row.resource ? row.kind : kindOf(id),
    account: row.resource.startsWith("arn:") ? account : ("azure:s" as typeof account),
    region: "eu-west-1",
    name: id.slice(id.lastIndexOf("/") + 1),
    properties: new Map(
      Object.entries(values).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, { value, origin }] as const],
      ),
    ),
    policies: new Map(),
    tags: {},
    origin,
  }));
  const actor = role("actor");
  const inventory = { topic: "inventory" as const, scope: `${account}/ec2:instance`, origin };
  const coverage = (
    [
      "iam",
      "organization",
      "scp",
      "rcp",
      "org-s3-policy",
      "declarative-policies",
      "access-keys",
      "console",
    ] as const
  ).flatMap((topic) => [account, "azure:s"].map((scope) => ({ topic, scope, origin })));
  const become = fakeBecome({
    facts: { resources, coverage: [...coverage, inventory] },
    rights: rights.map(([action, on]) => ({ who: actor, action, on })),
    entries: [{ principal: actor }],
  });
  return createRecreation(become, policy, { actionsFor: () => undefined, overrides: {} }).recreate({
    resource: resourceId(row.resource),
    weakness: row.weakness,
    subLocator: "",
  });
}

const kindOf = (id: string): string =>
  id.startsWith("aws:") ? "aws:account" : id.includes(":instance/") ? "ec2:instance" : "ec2:security-group";

describe.each(
  rows.map(
    (row) => [`${row.weakness} by ${row.rights.map(([action]) => action).join(" and ")}`, row] as const,
  ),
)("%s (recreation.md 4 and 5)", (_, row) => {
  test("comes back by these rights, and by none fewer", () => {
    expect(ask(row, row.rights)).toMatchObject({ verdict: "possible", derived: false });
    for (const right of row.rights) {
      expect(
        ask(
          row,
          row.rights.filter((other) => other !== right),
        ).verdict,
        `without ${right[0]}`,
      ).toBe("none");
    }
  });

  test("each property that stops it does, and uncollected nobody can say", () => {
    for (const [id, name, value] of row.stops ?? [])
      expect(
        ask(row, row.rights, { [id]: { [name]: value } }).verdict,
        `${name} = ${JSON.stringify(value)}`,
      ).toBe("none");
    for (const [id, name, value] of row.doubts ?? [])
      expect(
        ask(row, row.rights, { [id]: { [name]: value } }).verdict,
        `${name} = ${JSON.stringify(value)}`,
      ).toBe("unknown");
    for (const [id, name] of row.unknown ?? []) {
      const found = ask(row, row.rights, { [id]: { [name]: undefined } });
      expect(found.verdict, `${name} not collected`).toBe("unknown");
      expect(found.missing.length).toBeGreaterThan(0);
    }
    if (row.immutable !== undefined) {
      const found = ask(row, row.rights, { [row.resource]: { [row.immutable[0]]: row.immutable[1] } });
      expect(found).toMatchObject({ verdict: "none", basis: ["immutable"] });
    }
  });
});

test("every formula has a row here or a test of its own", () => {
  const own = [
    ...["s3.public", "secret.in-config", "iam.root-key", "iam.root-mfa", "iam.key.stale"],
    // test/recreation/guard-and-flaw.test.ts
    ...["s3.public-access-block-off", "vulnerability.component"],
    // test/recreation/handed-out.test.ts
    ...["secret.exposed", "secret.in-code", "ci.untrusted-step", "vendor.compromised"],
    ...["oauth.app.exposed", "saas.weak-login"],
  ];
  const covered = new Set([...rows.map((row) => row.weakness), ...own]);
  expect(
    formulas.flatMap((formula) => formula.weaknesses).filter((weakness) => !covered.has(weakness)),
  ).toEqual([]);
});

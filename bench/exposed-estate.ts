import {
  awsAccount,
  createEstate,
  emptyFacts,
  principalId,
  resourceId,
  type Estate,
  type JsonValue,
  type Origin,
  type PolicyUse,
  type Resource,
  type Statement,
} from "../src/core/estate/index.js";
import { findWeakness, type Exposure } from "../src/core/findings/index.js";
import { benchEstate, type EstateSize } from "./access.bench.js";

/** An estate in which many resources of every account are exposed, and one finding for each of them. */
export interface Exposed {
  readonly estate: Estate;
  readonly exposures: readonly Exposure[];
}

const origin = (pointer: string): Origin => ({
  source: { path: "exposed.json", digest: "e".repeat(64), kind: "bench" },
  pointer,
});

type Kind = readonly [
  weakness: string,
  kind: string,
  id: (n: number, account: string) => string,
  properties: Readonly<Record<string, JsonValue>>,
  /** Actions that the policy of the resource gives to everybody. */
  open: readonly string[],
];

const blocks = (flags: readonly string[], prefix = ""): Readonly<Record<string, JsonValue>> =>
  Object.fromEntries(
    ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"].map((flag) => [
      `${prefix}publicAccessBlock.${flag}`,
      flags.includes(flag),
    ]),
  );

const kinds: readonly Kind[] = [
  [
    "s3.public",
    "s3:bucket",
    (n) => `arn:aws:s3:::bucket-${n}`,
    { ...blocks([]), "acl.publicGrants": [], ownershipControls: "BucketOwnerEnforced" },
    ["s3:GetObject"],
  ],
  [
    "s3.public",
    "s3:bucket",
    (n) => `arn:aws:s3:::bucket-${n}`,
    { ...blocks(["BlockPublicPolicy"]), "acl.publicGrants": ["AllUsers"], ownershipControls: "ObjectWriter" },
    [],
  ],
  ["sqs.public", "sqs:queue", (n, a) => `arn:aws:sqs:eu-west-1:${a}:queue-${n}`, {}, ["sqs:SendMessage"]],
  ["sns.public", "sns:topic", (n, a) => `arn:aws:sns:eu-west-1:${a}:topic-${n}`, {}, ["sns:Publish"]],
  ["kms.open-key", "kms:key", (n, a) => `arn:aws:kms:eu-west-1:${a}:key/k-${n}`, {}, ["kms:*"]],
  [
    "lambda.public",
    "lambda:function",
    (n, a) => `arn:aws:lambda:eu-west-1:${a}:function:f-${n}`,
    { "url.authType": "NONE" },
    ["lambda:InvokeFunction", "lambda:InvokeFunctionUrl"],
  ],
  [
    "ecr.open-repository",
    "ecr:repository",
    (n, a) => `arn:aws:ecr:eu-west-1:${a}:repository/r-${n}`,
    {},
    ["ecr:BatchGetImage"],
  ],
  [
    "ec2.open-ingress",
    "ec2:security-group",
    (n, a) => `arn:aws:ec2:eu-west-1:${a}:security-group/sg-${n}`,
    { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrs: ["0.0.0.0/0"] }] },
    [],
  ],
  [
    "ec2.public-snapshot",
    "ec2:snapshot",
    (n, a) => `arn:aws:ec2:eu-west-1:${a}:snapshot/snap-${n}`,
    { public: true, encrypted: false },
    [],
  ],
  [
    "ec2.imdsv1",
    "ec2:instance",
    (n, a) => `arn:aws:ec2:eu-west-1:${a}:instance/i-${n}`,
    { "metadataOptions.httpTokens": "optional", "metadataOptions.httpEndpoint": "enabled" },
    [],
  ],
];

/** What else was asked for in every account. */
const topics = [
  "organization",
  "org-s3-policy",
  "declarative-policies",
  "access-keys",
  "console",
  "root-credentials",
] as const;

/** Account settings, collected and off. */
const accountSettings: Readonly<Record<string, JsonValue>> = {
  ...blocks([], "s3."),
  "ec2.snapshotBlockPublicAccess.eu-west-1": "unblocked",
  "root.accessKeyActive": false,
  "root.mfa": true,
  "ec2.httpTokensEnforced.eu-west-1": false,
};

/** `benchEstate` with `perAccount` exposed resources in each account: ten classes of weakness in turn. */
export function exposedEstate(size: EstateSize, perAccount: number): Exposed {
  const base = benchEstate(size);
  const resources = new Map<string, Resource>(base.resources.map((item) => [item.id, item]));
  const running = new Set<string>();
  const exposures: Exposure[] = [];
  base.accounts.forEach(({ id: account }, at) => {
    const number = account.slice("aws:".length);
    resources.set(account, {
      id: resourceId(account),
      kind: "aws:account",
      account: awsAccount(number),
      name: number,
      properties: facts(accountSettings, `/accounts/${at}`),
      tags: {},
      origin: origin(`/accounts/${at}`),
    });
    // One identity in twenty is what an instance runs as: the standing machines from which paths start.
    for (let n = at; n < base.principals.length; n += base.accounts.length * 20) {
      const runsAs = principalId(`arn:aws:iam::${number}:role/r-${n}`);
      const id = `arn:aws:ec2:eu-west-1:${number}:instance/i-run-${n}`;
      running.add(runsAs);
      resources.set(id, { ...instance(id, number), runsAs });
    }
    for (let each = 0; each < perAccount; each++) {
      const kind = kinds[each % kinds.length];
      if (kind === undefined) continue;
      // Names of buckets are those of one world; all others repeat in every account.
      const n = kind[1] === "s3:bucket" ? at + base.accounts.length * each : each * 7;
      const resource = exposed(kind, n, number);
      resources.set(resource.id, resource);
      exposures.push(exposureOf(resource, kind[0]));
    }
  });
  return {
    estate: createEstate({
      ...emptyFacts,
      accounts: base.accounts,
      organizations: base.organizations,
      principals: base.principals.map((principal) =>
        running.has(principal.id)
          ? { ...principal, instanceProfiles: [principal.id.replace(":role/", ":instance-profile/")] }
          : principal,
      ),
      managedPolicies: base.managedPolicies,
      coverage: [
        ...base.coverage,
        ...base.accounts.flatMap(({ id: scope }) => [
          ...topics.map((topic) => ({ topic, scope, origin: origin("/coverage") })),
          ...["ec2:instance", "lambda:function"].map((kind) => ({
            topic: "inventory" as const,
            scope: `${scope}/${kind}`,
            origin: origin("/coverage"),
          })),
        ]),
      ],
      resources: [...resources.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    }),
    exposures,
  };
}

const instance = (id: string, number: string): Resource => ({
  id: resourceId(id),
  kind: "ec2:instance",
  account: awsAccount(number),
  region: "eu-west-1",
  name: id.slice(id.lastIndexOf("/") + 1),
  properties: facts({ "metadataOptions.httpTokens": "required" }, `/resources/${id}`),
  tags: {},
  tagsCollected: true,
  origin: origin(`/resources/${id}`),
});

const facts = (values: Readonly<Record<string, JsonValue>>, pointer: string): Resource["properties"] =>
  new Map(Object.entries(values).map(([name, value]) => [name, { value, origin: origin(pointer) }]));

function exposed([, kind, idOf, properties, open]: Kind, n: number, number: string): Resource {
  const id = idOf(n, number);
  const pointer = `/resources/${id}`;
  return {
    id: resourceId(id),
    kind,
    account: awsAccount(number),
    region: "eu-west-1",
    name: id.slice(Math.max(id.lastIndexOf("/"), id.lastIndexOf(":")) + 1),
    properties: facts(properties, pointer),
    policies: new Map(
      open.length === 0 && kind !== "kms:key" ? [] : [["", policyOf(id, kind, number, open)]],
    ),
    tags: {},
    tagsCollected: true,
    origin: origin(pointer),
  };
}

function policyOf(id: string, kind: string, number: string, open: readonly string[]): PolicyUse {
  const to = (aws: readonly string[], any: boolean, actions: readonly string[], at: number): Statement => ({
    pointer: `/Statement/${at}`,
    effect: "Allow",
    action: { negated: false, patterns: actions },
    resource: { negated: false, patterns: kind === "s3:bucket" ? [`${id}/*`] : [id] },
    principal: { negated: false, any, aws, service: [], federated: [], canonicalUser: [] },
    conditions: [],
  });
  const own = to([`arn:aws:iam::${number}:root`], false, ["kms:*"], 1);
  return {
    name: "policy",
    document: {
      version: "2012-10-17",
      statements: [to([], true, open, 0), ...(kind === "kms:key" ? [own] : [])],
    },
    origin: origin(`/resources/${id}/policy`),
  };
}

function exposureOf(resource: Resource, weakness: string): Exposure {
  const known = findWeakness(weakness);
  return {
    id: `${resource.id}|${weakness}`,
    resource: resource.id,
    resourceName: resource.name,
    resourceKind: resource.kind,
    ...(resource.account === undefined ? {} : { account: resource.account }),
    ...(resource.region === undefined ? {} : { region: resource.region }),
    weakness,
    class: known?.class ?? "public-exposure",
    title: known?.title ?? weakness,
    ...(known?.formula === undefined ? {} : { formula: known.formula }),
    subLocator: "",
    severity: "high",
    state: "open",
    findings: [
      {
        fingerprint: `${resource.id}|${weakness}`,
        tool: "bench",
        check: weakness,
        nativeIds: [],
        result: "fail",
        state: "open",
        severity: "high",
        title: known?.title ?? weakness,
        detail: "",
        quality: [],
        evidence: [],
      },
    ],
    tags: {},
  };
}

import { awsAccount, createEstate, emptyFacts, principalId, resourceId } from "../src/core/estate/index.js";
import type {
  Estate,
  Organization,
  Origin,
  PolicyUse,
  Principal,
  Resource,
  Statement,
} from "../src/core/estate/index.js";
import { createAccessEngine, type AccessEngine } from "../src/core/access/index.js";

export interface EstateSize {
  readonly accounts: number;
  readonly principals: number;
  readonly statements: number;
  readonly seed: number;
}

/** issue figures: 100,000 principals, 1,000,000 distinct statements. */
export const fullSize: EstateSize = { accounts: 100, principals: 100_000, statements: 1_000_000, seed: 7 };

/** mulberry32: the same estate for the same seed on every machine. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below) | 0;
  };
}

const source: Origin["source"] = {
  path: "bench.json",
  digest: "b".repeat(64),
  kind: "aws-account-authorization-details",
};
const origin = (pointer: string): Origin => ({ source, pointer: flat(pointer) });

/** Texts as a parser makes them: one that V8 glued together keeps its parts in memory. */
const flat = (text: string): string => [text.slice(0, 1), text.slice(1)].join("");

/** What readers keep one copy of over all policies (`parse-policy.ts`). */
const none: readonly never[] = [];
const onlyEc2 = ["ec2.amazonaws.com"];
const actionLists = new Map<string, Statement["action"]>();
const pointers = Array.from({ length: 64 }, (_, i) => `/Statement/${i}`);

type Service = readonly [string, readonly string[], (n: number, account: string) => string];

const firstService: Service = [
  "s3",
  ["GetObject", "PutObject", "ListBucket", "PutBucketPolicy", "Get*", "*"],
  (n) => `arn:aws:s3:::bucket-${n}`,
];

const services: readonly Service[] = [
  firstService,
  [
    "sqs",
    ["SendMessage", "ReceiveMessage", "SetQueueAttributes", "*"],
    (n, a) => `arn:aws:sqs:eu-west-1:${a}:queue-${n}`,
  ],
  [
    "dynamodb",
    ["GetItem", "PutItem", "Query", "*"],
    (n, a) => `arn:aws:dynamodb:eu-west-1:${a}:table/t-${n}`,
  ],
  [
    "lambda",
    ["InvokeFunction", "UpdateFunctionCode", "Get*"],
    (n, a) => `arn:aws:lambda:eu-west-1:${a}:function:f-${n}`,
  ],
  ["kms", ["Decrypt", "Encrypt", "GenerateDataKey*"], (n, a) => `arn:aws:kms:eu-west-1:${a}:key/k-${n}`],
  ["iam", ["PassRole", "GetRole", "PutRolePolicy"], (n, a) => `arn:aws:iam::${a}:role/r-${n}`],
  ["sts", ["AssumeRole"], (n, a) => `arn:aws:iam::${a}:role/r-${n}`],
  [
    "ec2",
    ["Describe*", "AuthorizeSecurityGroupIngress"],
    (n, a) => `arn:aws:ec2:eu-west-1:${a}:security-group/sg-${n}`,
  ],
];

const accountNumber = (i: number): string => String(100_000_000_000 + i);

/** An organisation with SCPs on two levels, roles with inline policies, trusts between neighbours, boundaries on one in twenty. */
export function benchEstate({ accounts, principals, statements, seed }: EstateSize): Estate {
  const random = randomFrom(seed);
  const perPrincipal = Math.ceil(statements / principals);
  const list: Principal[] = [];
  let made = 0;
  for (let i = 0; i < principals; i++) {
    const account = accountNumber(i % accounts);
    const id = principalId(flat(`arn:aws:iam::${account}:role/r-${i}`));
    const own: Statement[] = [];
    for (let s = 0; s < perPrincipal && made < statements; s++, made++)
      own.push(statement(random, made, account, s));
    list.push({
      id,
      kind: "role",
      provider: "aws",
      account: awsAccount(account),
      name: `r-${i}`,
      tags: { team: `t-${random(50)}` },
      inline: [use("own", own, `/RoleDetailList/${i}/RolePolicyList/0/PolicyDocument`)],
      attached: random(20) === 0 ? [{ arn: shared, origin: origin("/a") }] : none,
      ...(random(20) === 0 ? { boundary: { arn: boundary, origin: origin("/b") } } : {}),
      groups: none,
      trustPolicy: use(
        "trust",
        [trust(account, i, accounts)],
        `/RoleDetailList/${i}/AssumeRolePolicyDocument`,
      ),
      instanceProfiles: none,
      origin: origin(`/RoleDetailList/${i}`),
    });
  }
  const numbers = Array.from({ length: accounts }, (_, i) => accountNumber(i));
  const facts = {
    ...emptyFacts,
    accounts: numbers.map((number) => ({
      id: awsAccount(number),
      provider: "aws",
      organization: "o-bench",
      origin: origin("/o"),
    })),
    organizations: [organization(numbers)],
    principals: list.sort((a, b) => (a.id < b.id ? -1 : 1)),
    managedPolicies: [
      managed(shared, allow(["s3:*", "kms:Decrypt"], ["*"])),
      managed(boundary, allow(["*"], ["*"])),
    ],
    resources: Array.from({ length: 2000 }, (_, i) => bucket(i, accountNumber(i % accounts))),
    coverage: numbers.flatMap((number) =>
      (["iam", "scp", "rcp"] as const).map((topic) => ({
        topic,
        scope: `aws:${number}`,
        origin: origin("/c"),
      })),
    ),
  };
  return createEstate(facts);
}

const shared = "arn:aws:iam::aws:policy/Shared";
const boundary = "arn:aws:iam::aws:policy/Boundary";

const use = (name: string, statements: readonly Statement[], pointer: string): PolicyUse => ({
  name,
  document: { version: "2012-10-17", statements },
  origin: origin(pointer),
});

const managed = (arn: string, statement: Statement) => ({
  arn,
  name: arn.slice(arn.lastIndexOf("/") + 1),
  awsManaged: true,
  versions: [{ id: "v1", isDefault: true, use: use(arn, [statement], `/Policies/${arn}`) }],
});

const allow = (actions: readonly string[], resources: readonly string[], s = 0): Statement => ({
  pointer: pointers[s] ?? `/Statement/${s}`,
  effect: "Allow",
  action: actionsOf(actions),
  resource: { negated: false, patterns: resources },
  conditions: none,
});

function actionsOf(patterns: readonly string[]): Statement["action"] {
  const key = patterns.join(" ");
  let list = actionLists.get(key);
  if (list === undefined) actionLists.set(key, (list = { negated: false, patterns }));
  return list;
}

function statement(random: (below: number) => number, n: number, account: string, s: number): Statement {
  const [service, actions, arn] = services[random(services.length)] ?? firstService;
  const action = `${service}:${actions[random(actions.length)]}`;
  const broad = random(200);
  const resource =
    broad === 0 ? "*" : broad < 20 ? `${arn(random(2000), account)}*` : arn(random(1_000_000), account);
  const conditions =
    random(25) === 0
      ? [{ operator: "StringEquals", key: "aws:SourceVpce", values: [`vpce-${random(100)}`] }]
      : none;
  // The second pattern makes every statement distinct, as 1,000,000 distinct statements are asked for.
  const base = allow([action], [flat(resource), flat(`${arn(0, account)}/${n}`)], s);
  return { ...base, effect: random(50) === 0 ? "Deny" : "Allow", conditions };
}

function trust(account: string, i: number, accounts: number): Statement {
  const aws =
    i % 3 === 0
      ? [`arn:aws:iam::${account}:root`]
      : [`arn:aws:iam::${account}:role/r-${Math.max(0, i - accounts)}`];
  return {
    pointer: "/Statement/0",
    effect: "Allow",
    action: actionsOf(["sts:AssumeRole"]),
    principal: {
      negated: false,
      any: false,
      aws: aws.map(flat),
      service: onlyEc2,
      federated: none,
      canonicalUser: none,
    },
    conditions: none,
  };
}

function bucket(i: number, account: string): Resource {
  return {
    id: resourceId(`arn:aws:s3:::bucket-${i}`),
    kind: "s3:bucket",
    account: awsAccount(account),
    region: "eu-west-1",
    name: `bucket-${i}`,
    properties: new Map(),
    policies: new Map(),
    tags: {},
    origin: origin(`/buckets/${i}`),
  };
}

function organization(numbers: readonly string[]): Organization {
  const region: Statement = {
    ...allow(["iam:*", "sts:*", "organizations:*"], ["*"]),
    effect: "Deny",
    action: { negated: true, patterns: ["iam:*", "sts:*", "organizations:*"] },
    conditions: [
      { operator: "StringNotEquals", key: "aws:RequestedRegion", values: ["eu-west-1", "us-east-1"] },
      { operator: "ArnNotLike", key: "aws:PrincipalArn", values: ["arn:aws:iam::*:role/landing-zone"] },
    ],
  };
  const full = {
    id: "p-FullAWSAccess",
    type: "scp" as const,
    name: "FullAWSAccess",
    awsManaged: true,
    origin: origin("/p"),
  };
  return {
    id: "o-bench",
    managementAccount: awsAccount("999999999999"),
    enabledPolicyTypes: ["scp"],
    nodes: [
      { id: "r-1", kind: "root" },
      { id: "ou-1", kind: "ou", parent: "r-1" },
      ...numbers.map((number) => ({ id: number, kind: "account" as const, parent: "ou-1" })),
    ],
    policies: [
      { ...full, targets: ["r-1", "ou-1", ...numbers] },
      {
        ...full,
        id: "p-region",
        name: "region",
        awsManaged: false,
        use: use("region", [region], "/p/region"),
        targets: ["ou-1"],
      },
    ],
    delegatedAdministrators: [],
    origin: origin("/o"),
  };
}

export interface AccessFigures {
  readonly principals: number;
  readonly distinctStatements: number;
  readonly compileMs: number;
  readonly compileMb: number;
  readonly whoCanP50Ms: number;
  readonly whoCanP95Ms: number;
  readonly whoCanLargest: number;
  readonly holdersMs: number;
  readonly holdersFound: number;
  readonly decideUs: number;
}

export interface BenchClock {
  now(): number;
  /** Bytes in use after a collection. */
  heap(): number;
}

/** Compiles once and asks `questions` who-can questions, each on an engine that never saw it. */
export function accessBench(clock: BenchClock, size: EstateSize = fullSize, questions = 200): AccessFigures {
  const estate = benchEstate(size);
  const start = clock.now();
  createAccessEngine(estate);
  const compileMs = clock.now() - start;
  // Memory is taken of a second compilation: the first also flattens the strings that the generator glued together.
  const before = clock.heap();
  const engine = createAccessEngine(estate);
  const compileMb = (clock.heap() - before) / 1048576;

  const random = randomFrom(size.seed + 1);
  const times: number[] = [];
  let largest = 0;
  for (let i = 0; i < questions; i++) {
    const [action, resource] = question(random, size);
    const at = clock.now();
    const { allowed } = engine.whoCan(action, resource);
    times.push(clock.now() - at);
    largest = Math.max(largest, allowed.size);
  }
  times.sort((a, b) => a - b);

  const targets = engine.actors.filter((_, i) => i % 10 === 0);
  const closing = clock.now();
  const holders = engine.holdersOnTargets("iam:PutRolePolicy", targets);
  const assuming = engine.holdersOnTargets("sts:AssumeRole", targets.slice(0, 1000));
  const holdersMs = clock.now() - closing;

  return {
    principals: size.principals,
    distinctStatements: engine.stats.distinctStatements,
    compileMs,
    compileMb,
    whoCanP50Ms: times[Math.floor(times.length / 2)] ?? 0,
    whoCanP95Ms: times[Math.floor(times.length * 0.95)] ?? 0,
    whoCanLargest: largest,
    holdersMs,
    holdersFound: holders.length + assuming.length,
    decideUs: decideTime(engine, clock),
  };
}

function question(random: (below: number) => number, { accounts }: EstateSize): readonly [string, string] {
  const account = accountNumber(random(accounts));
  switch (random(4)) {
    case 0:
      return ["s3:PutBucketPolicy", `arn:aws:s3:::bucket-${random(2000)}`];
    case 1:
      return ["s3:GetObject", `arn:aws:s3:::bucket-${random(2000)}/report-${random(1000)}`];
    case 2:
      return ["iam:PutRolePolicy", `arn:aws:iam::${account}:role/r-${random(2000)}`];
    default:
      return ["sqs:SetQueueAttributes", `arn:aws:sqs:eu-west-1:${account}:queue-${random(2000)}`];
  }
}

function decideTime(engine: AccessEngine, clock: BenchClock): number {
  const asked = engine.actors.slice(0, 2000);
  const start = clock.now();
  for (const actor of asked) engine.decide(actor, "s3:PutBucketPolicy", "arn:aws:s3:::bucket-1");
  return ((clock.now() - start) * 1000) / asked.length;
}

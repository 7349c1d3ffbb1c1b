import { createBecome } from "../src/core/access/index.js";
import { createAccessEngine, type AccessPolicy } from "../src/core/access/index.js";
import {
  awsAccount,
  createEstate,
  emptyFacts,
  principalId,
  resourceId,
  type Estate,
  type Origin,
  type PolicyUse,
  type Principal,
  type Statement,
} from "../src/core/estate/index.js";

export interface ClosureBench {
  readonly name: string;
  readonly principals: number;
  readonly statements: number;
  readonly compileSeconds: number;
  /** The first closure, with everything that is built when first asked. */
  readonly firstSeconds: number;
  /** The following ones, one exposure each: 95th percentile and median. */
  readonly p95Seconds: number;
  readonly medianSeconds: number;
  readonly members: number;
  /** Median seconds / seconds of asking every identity once by itself: below 1 is cheaper than even one round of that. */
  readonly ratio: number;
}

const origin: Origin = { source: { path: "bench.json", digest: "0".repeat(64), kind: "bench" }, pointer: "" };

const statement = (at: number, actions: readonly string[], resources: readonly string[]): Statement => ({
  pointer: `/Statement/${at}`,
  effect: "Allow",
  action: { negated: false, patterns: actions },
  resource: { negated: false, patterns: resources },
  conditions: [],
});

const use = (name: string, statements: readonly Statement[]): PolicyUse => ({
  name,
  document: { version: "2012-10-17", statements },
  origin,
});

const services = ["ec2", "lambda", "ecs-tasks", "codebuild", "glue"];

/** Accounts of 1,000 identities: mostly narrow roles, a few deployers, three administrators, chains of roles. */
export function closureEstate(principals: number, statementsEach: number): Estate {
  const list: Principal[] = [];
  const perAccount = 1000;
  for (let at = 0; at < principals; at++) {
    const number = String(100_000_000_000 + Math.floor(at / perAccount));
    const local = at % perAccount;
    const user = local % 10 === 9;
    const id = `arn:aws:iam::${number}:${user ? "user" : "role"}/p${local}`;
    const own: Statement[] = [];
    for (let each = 0; each < statementsEach; each++) {
      own.push(
        statement(
          each,
          [`s3:${["GetObject", "PutObject", "ListBucket"][each % 3] ?? ""}`],
          [`arn:aws:s3:::b-${at}-${each}/*`],
        ),
      );
    }
    if (local < 3) own.push(statement(own.length, ["*"], ["*"]));
    else if (local < 20)
      own.push(
        statement(own.length, ["iam:PassRole"], [`arn:aws:iam::${number}:role/p${local + 100}`]),
        statement(own.length + 1, ["lambda:CreateFunction", "lambda:InvokeFunction"], ["*"]),
      );
    else if (local < 60)
      own.push(statement(own.length, ["sts:AssumeRole"], [`arn:aws:iam::${number}:role/p${local - 20}`]));
    else if (local < 80)
      own.push(statement(own.length, ["s3:PutBucketPolicy"], [`arn:aws:s3:::exports-${number}*`]));
    else if (local < 90) own.push(statement(own.length, ["iam:PutRolePolicy"], [id]));
    const trust: Statement = {
      pointer: "/Statement/0",
      effect: "Allow",
      action: { negated: false, patterns: ["sts:AssumeRole"] },
      principal: {
        negated: false,
        any: false,
        aws: [`arn:aws:iam::${number}:root`],
        service: [`${services[local % services.length] ?? ""}.amazonaws.com`],
        federated: [],
        canonicalUser: [],
      },
      conditions: [],
    };
    list.push({
      id: principalId(id),
      kind: user ? "user" : "role",
      provider: "aws",
      account: awsAccount(number),
      name: `p${local}`,
      tags: {},
      inline: [use("inline", own)],
      attached: [],
      groups: [],
      ...(user ? {} : { trustPolicy: use("trust", [trust]) }),
      instanceProfiles: user ? [] : [`${id}-profile`],
      origin,
    });
  }
  list.sort((a, b) => (a.id < b.id ? -1 : 1));
  const accounts = [...new Set(list.map(({ account }) => account))].flatMap((id) => id ?? []);
  return createEstate({
    ...emptyFacts,
    principals: list,
    accounts: accounts.map((id) => ({ id, provider: "aws", organization: "none", origin })),
    resources: accounts.map((account) => {
      const id = resourceId(`arn:aws:s3:::exports-${account.slice(4)}`);
      return {
        id,
        kind: "s3:bucket",
        account,
        name: id,
        properties: new Map(),
        policies: new Map(),
        tags: {},
        origin,
      };
    }),
    coverage: accounts.map((scope) => ({ topic: "iam" as const, scope, origin })),
  });
}

const policy: AccessPolicy = {
  now: "2026-11-22T00:00:00Z",
  sanctions: [],
  sharedCause: 0.6,
  jitMaxHours: 12,
  maxRoutes: 50,
};

/** Closure of "who can end up opening this bucket", one account's bucket after the other. Target: at most 1 s each. */
export function closureBench(principals = 100_000, statementsEach = 10, exposures = 20): ClosureBench {
  const estate = closureEstate(principals, statementsEach);
  const timed = <Value>(run: () => Value): { value: Value; seconds: number } => {
    const start = performance.now();
    const value = run();
    return { value, seconds: (performance.now() - start) / 1000 };
  };
  const { value: engine, seconds: compileSeconds } = timed(() => createAccessEngine(estate));
  const become = createBecome(engine, policy);
  const buckets = estate.resources.map(({ id }) => id);
  const ask = (at: number): number =>
    become.obtainers("s3:PutBucketPolicy", buckets[at % buckets.length] ?? "").members.length;
  const first = timed(() => ask(0));
  const runs = Array.from({ length: exposures }, (_, at) => timed(() => ask(at + 1)).seconds).sort(
    (a, b) => a - b,
  );
  const decide = timed(() =>
    engine.actors
      .slice(0, 1000)
      .map((id) => engine.decide(id, "s3:PutBucketPolicy", buckets[0] ?? "").verdict),
  );
  const median = runs[Math.floor(runs.length / 2)] ?? 0;
  return {
    name: "recreation closure",
    principals: engine.actors.length,
    statements: engine.stats.statements,
    compileSeconds,
    firstSeconds: first.seconds,
    p95Seconds: runs[Math.floor(runs.length * 0.95)] ?? 0,
    medianSeconds: median,
    members: first.value,
    ratio: median / Math.max(Number.EPSILON, (decide.seconds / 1000) * engine.actors.length),
  };
}

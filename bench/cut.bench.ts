import {
  createAccessEngine,
  createBecome,
  cut,
  recreationProblem,
  type AccessPolicy,
} from "../src/core/access/index.js";
import {
  awsAccount,
  createEstate,
  credentialId,
  emptyFacts,
  principalId,
  resourceId,
  type Credential,
  type Estate,
  type ManagedPolicy,
  type Origin,
  type PolicyUse,
  type Principal,
  type PrincipalElement,
  type Statement,
} from "../src/core/estate/index.js";

export interface CutBench {
  readonly derivations: number;
  readonly considered: number;
  readonly changes: number;
  readonly exact: boolean;
  readonly rounds: number;
  /** Median of five cuts, each from the compiled estate. */
  readonly seconds: number;
  readonly bestSeconds: number;
  /** Processor seconds of one cut, median: what is left of the time on a busy machine. */
  readonly cpuSeconds: number;
  /** Seconds of one answer of the same exposure with every way written out. */
  readonly askSeconds: number;
}

const number = "222222222222";
const queue = resourceId(`arn:aws:sqs:eu-west-1:${number}:orders`);
const right = "sqs:SetQueueAttributes";
const iam = (path: string): string => `arn:aws:iam::${number}:${path}`;

function origin(pointer: string): Origin {
  return { source: { path: "bench.json", digest: "0".repeat(64), kind: "bench" }, pointer };
}

const allow = (at: number, actions: readonly string[], resource: string): Statement => ({
  pointer: `/Statement/${at}`,
  effect: "Allow",
  action: { negated: false, patterns: actions },
  resource: { negated: false, patterns: [resource] },
  conditions: [],
});

const use = (name: string, pointer: string, statements: readonly Statement[]): PolicyUse => ({
  name,
  document: { version: "2012-10-17", statements },
  origin: origin(pointer),
});

const trusting = (name: string): PolicyUse => {
  const principal: PrincipalElement = {
    negated: false,
    any: false,
    aws: [iam("root")],
    service: [],
    federated: [],
    canonicalUser: [],
  };
  const statement: Statement = {
    pointer: "/Statement/0",
    effect: "Allow",
    action: { negated: false, patterns: ["sts:AssumeRole"] },
    principal,
    conditions: [],
  };
  return use("trust", `/roles/${name}/trust`, [statement]);
};

/** Users with a static key each: two thirds by ten shared policies, most others by fifteen roles, forty by rights of their own. */
export function cutEstate(users: number): Estate {
  const principals: Principal[] = [];
  const base = (id: string, name: string) => ({
    id: principalId(id),
    provider: "aws",
    account: awsAccount(number),
    name,
    tags: {},
    attached: [],
    groups: [],
    instanceProfiles: [],
    origin: origin(`/principals/${name}`),
  });
  for (let at = 0; at < 15; at++) {
    const name = `role-${at}`;
    principals.push({
      ...base(iam(`role/${name}`), name),
      kind: "role",
      inline: [use("work", `/roles/${name}/work`, [allow(0, [right, "sqs:SendMessage"], queue)])],
      trustPolicy: trusting(name),
    });
  }
  for (let at = 0; at < users; at++) {
    const name = `user-${at}`;
    const own =
      at % 25 === 0
        ? [allow(0, [right, "s3:GetObject"], "*")]
        : at % 3 === 0
          ? [allow(0, ["sts:AssumeRole"], iam(`role/role-${at % 15}`))]
          : [allow(0, ["s3:GetObject"], "*")];
    const shared = at % 25 !== 0 && at % 3 !== 0;
    principals.push({
      ...base(iam(`user/${name}`), name),
      kind: "user",
      inline: [use("own", `/users/${name}/own`, own)],
      attached: shared ? [{ arn: iam(`policy/shared-${at % 10}`), origin: origin(`/users/${name}`) }] : [],
    });
  }
  const managedPolicies = Array.from({ length: 10 }, (_, at): ManagedPolicy => ({
    arn: iam(`policy/shared-${at}`),
    name: `shared-${at}`,
    awsManaged: false,
    versions: [
      {
        id: "v1",
        isDefault: true,
        use: use(`shared-${at}`, `/policies/${at}`, [allow(0, [right, "sqs:SendMessage"], "*")]),
      },
    ],
  }));
  const credentials = principals
    .filter(({ kind }) => kind === "user")
    .map(({ id, name }): Credential => ({
      id: credentialId(`aws:access-key/AKIA${name}`),
      kind: "access-key",
      holder: id,
      status: "active",
      autoRotated: false,
      copies: [],
      consumers: [],
      origin: origin(`/keys/${name}`),
    }));
  const account = awsAccount(number);
  const byId = <Item extends { readonly id: string }>(items: readonly Item[]): readonly Item[] =>
    [...items].sort((a, b) => (a.id < b.id ? -1 : 1));
  return createEstate({
    ...emptyFacts,
    accounts: [{ id: account, provider: "aws", organization: "none", origin: origin("/accounts") }],
    principals: byId(principals),
    managedPolicies,
    credentials: byId(credentials),
    resources: [
      {
        id: queue,
        kind: "sqs:queue",
        account,
        name: "orders",
        properties: new Map(),
        policies: new Map(),
        tags: {},
        origin: origin("/queue"),
      },
    ],
    coverage: (["iam", "access-keys", "console", "root-credentials", "organization"] as const).map(
      (topic) => ({
        topic,
        scope: account,
        origin: origin("/coverage"),
      }),
    ),
  });
}

export function cutBench(users = 1000): CutBench {
  const policy: AccessPolicy = {
    now: "2026-11-22T00:00:00Z",
    sanctions: [],
    sharedCause: 0.6,
    jitMaxHours: 12,
    maxRoutes: 50,
  };
  const estate = cutEstate(users);
  const question = { resource: queue, weakness: "sqs.public", subLocator: "" };
  const times: number[] = [];
  const cpu: number[] = [];
  let found: ReturnType<typeof cut> | undefined;
  let askSeconds = Infinity;
  for (let run = 0; run < 5; run++) {
    const problem = recreationProblem({
      become: createBecome(createAccessEngine(estate), policy),
      policy,
      derived: { actionsFor: () => undefined, overrides: {} },
      questions: [question],
      all: [question],
      sharedCauses: [],
      maxWays: 2000,
    });
    const start = performance.now();
    const before = process.cpuUsage();
    found = cut(problem);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1e6);
    times.push((performance.now() - start) / 1000);
    const asked = performance.now();
    problem.ask([]);
    askSeconds = Math.min(askSeconds, (performance.now() - asked) / 1000);
  }
  times.sort((a, b) => a - b);
  cpu.sort((a, b) => a - b);
  if (found === undefined || found.after === "possible") throw new Error("the bench's case was not cut");
  return {
    derivations: found.derivations,
    considered: found.considered.length,
    changes: found.parts.length,
    exact: found.exact,
    rounds: found.rounds,
    seconds: times[2] ?? 0,
    bestSeconds: times[0] ?? 0,
    cpuSeconds: cpu[2] ?? 0,
    askSeconds,
  };
}

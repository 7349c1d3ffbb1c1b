import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { emptyCatalogue, type Catalogue, type WorkloadEntry } from "../src/core/accountability/index.js";
import {
  awsAccount,
  createEstate,
  principalId,
  resourceId,
  type Estate,
  type Origin,
  type PolicyUse,
  type Principal,
  type Statement,
  type Workload,
} from "../src/core/estate/index.js";
import { benchEstate, randomFrom, type EstateSize } from "./access.bench.js";
import type { ReadinessRun } from "./readiness-run.js";

const source: Origin["source"] = { path: "bench.json", digest: "b".repeat(64), kind: "bench" };
const origin = (pointer: string): Origin => ({ source, pointer });
const accountNumber = (i: number): string => String(100_000_000_000 + i);

/** What people sign in as: per account one that manages identities, one that runs things, one that only looks. */
const signIns = [
  ["admin", ["iam:*", "s3:*", "lambda:*", "sqs:*"]],
  ["operator", ["s3:*", "lambda:*", "sqs:*"]],
  ["viewer", ["s3:Get*", "lambda:Get*"]],
] as const;

const signIn = (account: string, name: string) => principalId(`arn:aws:iam::${account}:role/people/${name}`);

/** People come in through the directory; the administrators' role also lets the pipeline of the first account in. */
const signInTrust = (account: string, name: string): PolicyUse => ({
  name: "trust",
  document: {
    version: "2012-10-17",
    statements: [
      trust(
        "/Statement/0",
        "sts:AssumeRoleWithSAML",
        [],
        [`arn:aws:iam::${account}:saml-provider/directory`],
      ),
      ...(name === "admin"
        ? [trust("/Statement/1", "sts:AssumeRole", [`arn:aws:iam::${accountNumber(0)}:role/r-0`], [])]
        : []),
    ],
  },
  origin: origin(`/people/${account}/${name}/trust`),
});

const trust = (
  pointer: string,
  action: string,
  aws: readonly string[],
  federated: readonly string[],
): Statement => ({
  pointer,
  effect: "Allow",
  action: { negated: false, patterns: [action] },
  principal: { negated: false, any: false, aws, service: [], federated, canonicalUser: [] },
  conditions: [],
});

const kinds = [
  (n: number) => `arn:aws:s3:::bucket-${String(n % 2000)}`,
  (n: number, account: string) => `arn:aws:lambda:eu-west-1:${account}:function:f-${String(n)}`,
  (n: number, account: string) => `arn:aws:sqs:eu-west-1:${account}:queue-${String(n)}`,
] as const;

export interface ReadinessSize extends EstateSize {
  readonly workloads: number;
}

/** The estate of the access figures with workloads in it, and people who sign in to each of its accounts. */
export function readinessEstate(size: ReadinessSize): Estate {
  const base = benchEstate(size);
  const people = Array.from({ length: size.accounts }, (_, i) => accountNumber(i)).flatMap((account) =>
    signIns.map(([name, actions]): Principal => ({
      id: signIn(account, name),
      kind: "role",
      provider: "aws",
      account: awsAccount(account),
      name,
      tags: {},
      inline: [
        {
          name: "own",
          document: {
            version: "2012-10-17",
            statements: [
              {
                pointer: "/Statement/0",
                effect: "Allow",
                action: { negated: false, patterns: actions },
                resource: { negated: false, patterns: ["*"] },
                conditions: [],
              },
            ],
          },
          origin: origin(`/people/${account}/${name}`),
        },
      ],
      attached: [],
      groups: [],
      trustPolicy: signInTrust(account, name),
      instanceProfiles: [],
      origin: origin(`/people/${account}/${name}`),
    })),
  );
  const workloads = Array.from({ length: size.workloads }, (_, n): Workload => {
    const account = accountNumber(n % size.accounts);
    const role = `arn:aws:iam::${account}:role/r-${String(n)}`;
    return {
      id: `w-${String(n)}`,
      name: `w-${String(n)}`,
      account: awsAccount(account),
      runsAs: [principalId(role)],
      resources: [resourceId((kinds[n % kinds.length] ?? kinds[0])(n, account))],
      exposed: n % 7 === 0,
      components: [],
      facts: {},
      origin: origin(`/workloads/${String(n)}`),
    };
  });
  return createEstate({
    ...base,
    principals: [...base.principals, ...people].sort((a, b) => (a.id < b.id ? -1 : 1)),
    workloads,
  });
}

/**
 * A catalogue as a large house has it: two people and a team per account for what runs there, a product team for each
 * twenty workloads, authorities per account and, for one workload in ten, of its own. One account in ten has named
 * somebody who only looks; one workload in twenty has lost its owner.
 */
export function readinessCatalogue(size: ReadinessSize): Catalogue {
  const random = randomFrom(size.seed + 9);
  const number = (i: number): string => accountNumber(i % size.accounts);
  const person = (id: string, account: string, role: string, active = true) => ({
    id,
    name: id,
    active,
    principals: [signIn(account, role)],
    origin: origin(`/people/${id}`),
  });
  const products = Math.ceil(size.workloads / 20);
  const perAccount = Array.from({ length: size.accounts }, (_, i) => i);
  const authority = (kind: Catalogue["authorities"][number]["kind"], scope: string, i: number) => ({
    kind,
    scope,
    holder: `admin-${String(i % size.accounts)}`,
    deputy: `operator-${String(i % size.accounts)}`,
    until: "2030-12-31",
    origin: origin(`/authorities/${kind}/${scope}`),
  });
  const authorityKinds = [
    "revoke",
    "compensating-control",
    "residual-risk",
    "privilege-change",
    "emergency",
  ] as const;
  return {
    ...emptyCatalogue,
    people: [
      ...perAccount.flatMap((i) => [
        person(`admin-${String(i)}`, number(i), i % 10 === 0 ? "viewer" : "admin"),
        person(`operator-${String(i)}`, number(i), i % 10 === 0 ? "viewer" : "operator"),
      ]),
      ...Array.from({ length: products }, (_, i) =>
        person(`product-${String(i)}`, number(i), "viewer", random(20) !== 0),
      ),
    ],
    teams: [
      ...perAccount.map((i) => ({
        id: `run-${String(i)}`,
        roles: ["PLATFORM" as const, "CLOUD_OPS" as const],
        scope: `aws:${number(i)}`,
        members: [`operator-${String(i)}`],
        origin: origin(`/teams/run-${String(i)}`),
      })),
      ...Array.from({ length: products }, (_, i) => ({
        id: `product-team-${String(i)}`,
        roles: [],
        members: [`product-${String(i)}`],
        origin: origin(`/teams/product-${String(i)}`),
      })),
      { id: "secops", roles: ["SECOPS"], members: ["admin-1"], origin: origin("/teams/secops") },
      { id: "iam", roles: ["IDGOV"], members: ["admin-2"], origin: origin("/teams/iam") },
    ],
    accounts: perAccount.map((i) => ({
      id: `aws:${number(i)}`,
      owner: `product-team-${String(i % products)}`,
      runtimeAuthority: `run-${String(i)}`,
      regulated: true,
      origin: origin(`/accounts/${String(i)}`),
    })),
    workloads: Array.from({ length: size.workloads }, (_, n): WorkloadEntry => ({
      id: n % 20 === 19 ? `named-${String(n)}` : `w-${String(n)}`,
      match: {
        resources: [],
        principals: [`arn:aws:iam::${number(n)}:role/r-${String(n)}`],
        repositories: [],
      },
      facts: { customerFacing: n % 3 === 0, privileged: n % 30 === 0, agentic: false },
      planes: {
        ...(n % 20 === 7 ? {} : { build: { owner: `product-team-${String(Math.floor(n / 20))}` } }),
        runtime: { owner: `run-${String(n % size.accounts)}`, deputy: `admin-${String(n % size.accounts)}` },
        incident: { owner: "secops" },
      },
      workloadIdentity: `${n % 2 === 0 ? "admin" : "operator"}-${String(n % size.accounts)}`,
      origin: origin(`/workloads/${String(n)}`),
    })),
    authorities: [
      ...perAccount.flatMap((i) => authorityKinds.map((kind) => authority(kind, `aws:${number(i)}`, i))),
      ...Array.from({ length: Math.floor(size.workloads / 10) }, (_, i) =>
        authority("revoke", `workload:w-${String(i * 10)}`, i * 10),
      ),
    ],
    commanders: [{ person: "admin-1", deputy: "admin-2" }],
  };
}

/**
 * In a process of its own, so that its memory is its own; with no more heap than `heapMb`, if any is said. `backward`:
 * also what the chains of roles cost where they are walked for each call anew.
 */
export function readinessBench(size: ReadinessSize, heapMb?: number, backward = false): ReadinessRun {
  const script = fileURLToPath(new URL("readiness-run.js", import.meta.url));
  const limit = heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...limit, script, JSON.stringify(size), backward ? "backward" : ""],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`readiness of ${size.workloads} workloads failed: ${stderr}`);
  return JSON.parse(stdout) as ReadinessRun;
}

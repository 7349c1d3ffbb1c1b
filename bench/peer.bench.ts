import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createAccessEngine, type AccessEngine } from "../src/core/access/index.js";
import type { PolicyDocument, Principal } from "../src/core/estate/index.js";
import { benchEstate } from "./access.bench.js";

export interface PeerBench {
  readonly peer: string;
  readonly principals: number;
  readonly question: string;
  readonly peerSeconds: number;
  /** Compilation included, as the peer needs none. */
  readonly seconds: number;
  readonly askedMs: number;
  /** peerSeconds / seconds. */
  readonly ratio: number;
  readonly allowed: number;
  readonly differing: readonly { readonly principal: string; readonly why: string }[];
  /** Requests that the peer refused to judge, by its words. */
  readonly refused: ReadonlyMap<string, number>;
}

interface PeerResponse {
  readonly resultType: string;
  readonly overallResult?: string;
  readonly errors?: { readonly message?: string };
}

type Simulate = (simulation: unknown, options: unknown) => Promise<PeerResponse> | PeerResponse;

const name = "@cloud-copilot/iam-simulate";

/** Everybody of one estate asked one question, by the peer one simulation each. The peer is used as a black box. */
export async function peerBench(principals: number, statements: number): Promise<PeerBench> {
  const folder = mkdtempSync(join(tmpdir(), "remit-peer-"));
  try {
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const installed = spawnSync(npm, ["install", "--prefix", folder, "--no-audit", "--no-fund", name], {
      encoding: "utf8",
    });
    if (installed.status !== 0) throw new Error(`npm could not install ${name}: ${installed.stderr}`);
    const find = createRequire(join(folder, "package.json"));
    const { runSimulation } = (await import(pathToFileURL(find.resolve(name)).href)) as {
      runSimulation: Simulate;
    };
    const { version } = find(join(folder, "node_modules", name, "package.json")) as { version: string };
    return await compare(runSimulation, `${name} ${version}`, principals, statements);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(
  simulate: Simulate,
  peer: string,
  principals: number,
  statements: number,
): Promise<PeerBench> {
  const estate = benchEstate({ accounts: 10, principals, statements, seed: 7 });
  const action = "s3:PutBucketPolicy";
  const resource = "arn:aws:s3:::bucket-0";
  const owner = estate.resources.find(({ id }) => id === resource)?.account?.slice("aws:".length) ?? "";
  const start = performance.now();
  const engine = createAccessEngine(estate);
  const compiled = performance.now();
  const { allowed } = engine.whoCan(action, resource);
  const asked = performance.now();

  const [organization] = estate.organizations;
  const serviceControlPolicies = (organization?.nodes ?? [])
    .filter(({ kind }) => kind !== "account")
    .map(({ id }) => ({
      orgIdentifier: id,
      policies: (organization?.policies ?? [])
        .filter(({ targets }) => targets?.includes(id))
        .map(({ id: policy, use }) => ({
          name: policy,
          policy: use === undefined ? full : text(use.document),
        })),
    }));
  const managed = (arn: string): { name: string; policy: unknown } => {
    const use = estate.managedPolicy(arn)?.versions[0]?.use;
    return { name: arn, policy: use === undefined ? full : text(use.document) };
  };
  const refused = new Map<string, number>();
  const differing: { principal: string; why: string }[] = [];
  const peerStart = performance.now();
  for (const principal of estate.principals) {
    const response = await simulate(
      {
        request: {
          action,
          principal: principal.id,
          resource: { accountId: owner, resource },
          contextVariables: {},
        },
        identityPolicies: policiesOf(principal, managed),
        serviceControlPolicies,
        resourceControlPolicies: [],
        ...(principal.boundary === undefined
          ? {}
          : { permissionBoundaryPolicies: [managed(principal.boundary.arn)] }),
      },
      { simulationMode: "Discovery" },
    );
    if (response.resultType === "error") {
      const words = response.errors?.message ?? "error";
      refused.set(words, (refused.get(words) ?? 0) + 1);
      continue;
    }
    const index = engine.indexOf(principal.id);
    const ours = index !== undefined && allowed.has(index);
    const theirs = response.overallResult === "Allowed";
    if (ours !== theirs)
      differing.push({ principal: principal.id, why: explain(engine, principal, action, resource, theirs) });
  }
  const peerSeconds = (performance.now() - peerStart) / 1000;
  const seconds = (asked - start) / 1000;
  return {
    peer,
    principals,
    question: `${action} on ${resource}`,
    peerSeconds,
    seconds,
    askedMs: asked - compiled,
    ratio: peerSeconds / seconds,
    allowed: allowed.size,
    differing,
    refused,
  };
}

/** What our proof says where the two disagree. */
function explain(
  engine: AccessEngine,
  { id }: Principal,
  action: string,
  resource: string,
  theirs: boolean,
): string {
  const { verdict, residual, blocks } = engine.decide(id, action, resource);
  const reasons =
    verdict === false ? blocks.map(({ text: words }) => words) : residual.map((item) => item.text);
  return `peer ${theirs ? "allows" : "refuses"}, here ${String(verdict)}: ${reasons.join("; ") || "no condition"}`;
}

const full = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

const policiesOf = (
  principal: Principal,
  managed: (arn: string) => { name: string; policy: unknown },
): readonly { name: string; policy: unknown }[] => [
  ...principal.inline.map((use) => ({ name: use.name, policy: text(use.document) })),
  ...principal.attached.map(({ arn }) => managed(arn)),
];

/** The document as AWS writes it. */
const text = ({ version, statements }: PolicyDocument): unknown => ({
  Version: version,
  Statement: statements.map(({ effect, action, resource, conditions }) => {
    const condition: Record<string, Record<string, readonly string[]>> = {};
    for (const { operator, key, values } of conditions) (condition[operator] ??= {})[key] = values;
    return {
      Effect: effect,
      [action.negated ? "NotAction" : "Action"]: action.patterns,
      ...(resource === undefined
        ? {}
        : { [resource.negated ? "NotResource" : "Resource"]: resource.patterns }),
      ...(conditions.length === 0 ? {} : { Condition: condition }),
    };
  }),
});

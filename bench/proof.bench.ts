import { analyzeFiles } from "../src/app/index.js";
import { openDocuments } from "../src/app/proof-documents.js";
import { claimedCase, proofSetting } from "../src/app/proof.js";
import {
  certify,
  checkPath,
  contained,
  readDirectory,
  rcpServices,
  type RawDocument,
  type Setting,
} from "../src/core/proof/index.js";
import { randomFrom } from "./access.bench.js";

export interface ProofBench {
  readonly paths: number;
  /** One path, nothing remembered: the worst and the median, milliseconds. */
  readonly worstPathMs: number;
  readonly medianPathMs: number;
  /** All paths of the example as the analysis asks them. */
  readonly analysisMs: number;
}

/** The paths of the example, each checked as if it were the only one. */
export async function pathBench(root: string): Promise<ProofBench> {
  const before = process.cwd();
  process.chdir(root);
  try {
    const analysis = await analyzeFiles({
      estate: ["examples/estate"],
      findings: ["examples/findings"],
      catalogue: "examples/remit.yaml",
      now: "2026-11-22T12:00:00Z",
      includeConfiguration: false,
    });
    const { documents } = await openDocuments(
      analysis.inputs.filter(({ role }) => role === "estate").map(({ document }) => document),
    );
    const setting = await proofSetting(documents, analysis.generatedAt);
    const asked = analysis.cases.flatMap((item) => {
      const claim = claimedCase(item);
      return claim.paths.flatMap((path) => {
        const question = claim.exposures.find(({ id }) => path.exposures.includes(id)) ?? claim.exposures[0];
        return question === undefined ? [] : [{ path, question }];
      });
    });
    const once = (fresh: boolean): readonly number[] =>
      asked.map(({ path, question }) => {
        const own = fresh ? { ...setting } : setting;
        const started = performance.now();
        checkPath(contained(own, question).setting, question, path);
        return performance.now() - started;
      });
    for (let warm = 0; warm < 5; warm++) once(true);
    const rounds = Array.from({ length: 9 }, () => once(true));
    // The best of nine rounds per path: what the check costs, not what the machine does beside it.
    const times = asked
      .map((_, at) => Math.min(...rounds.map((round) => round[at] ?? 0)))
      .sort((a, b) => a - b);
    const started = performance.now();
    once(false);
    return {
      paths: asked.length,
      worstPathMs: times.at(-1) ?? 0,
      medianPathMs: times[Math.floor(times.length / 2)] ?? 0,
      analysisMs: performance.now() - started,
    };
  } finally {
    process.chdir(before);
  }
}

export interface CertificateBench {
  readonly principals: number;
  readonly statements: number;
  readonly candidates: number;
  readonly outcome: string;
  /** Documents parsed to the check's own directory and indexed, seconds. */
  readonly openSeconds: number;
  readonly certificateSeconds: number;
}

/** A bucket behind account-level blocks among 100,000 identities: nobody outside administration may write its policy. */
export function certificateBench(principals: number): CertificateBench {
  const accounts = 100;
  const random = randomFrom(11);
  const each = principals / accounts;
  let statements = 0;
  const documents = Array.from({ length: accounts }, (_, at): RawDocument => {
    const account = String(100_000_000_000 + at);
    const users = Array.from({ length: each }, (_, n) => {
      const rights = Array.from({ length: 10 }, () => statementOf(account, random));
      statements += rights.length;
      return {
        UserName: `u-${n}`,
        Arn: `arn:aws:iam::${account}:user/u-${n}`,
        UserId: `AIDA${n}`,
        GroupList: [],
        AttachedManagedPolicies: [],
        UserPolicyList: [{ PolicyName: "own", PolicyDocument: { Version: "2012-10-17", Statement: rights } }],
      };
    });
    return {
      path: `gaad-${account}.json`,
      digest: String(at).padStart(64, "0"),
      text: "",
      value: { UserDetailList: users, RoleDetailList: [], GroupDetailList: [], Policies: [] },
    };
  });
  const owner = "100000000000";
  const settings = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  documents.push({
    path: "s3.json",
    digest: "f".repeat(64),
    text: "",
    value: {
      account: { id: owner, publicAccessBlock: settings },
      buckets: {
        target: {
          policy: null,
          publicAccessBlock: settings,
          acl: { Grants: [] },
          ownershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
        },
      },
    },
  });
  const started = performance.now();
  const directory = readDirectory(documents, () => undefined);
  const alone = new Set(directory.accounts);
  const setting: Setting = { directory: { ...directory, alone }, now: "2026-11-22T00:00:00Z", rcpServices };
  const question = { resource: "arn:aws:s3:::target", weakness: "s3.public", account: `aws:${owner}` };
  certify(setting, "warm", { ...question, resource: "arn:aws:s3:::other" }, "none", []);
  const opened = performance.now();
  const certificate = certify({ ...setting }, "bench", question, "none", []);
  const done = performance.now();
  return {
    principals,
    statements,
    candidates: certificate.atoms.reduce((sum, { candidates }) => sum + candidates.length, 0),
    outcome: `${certificate.outcome} ${certificate.text}`.trim(),
    openSeconds: (opened - started) / 1000,
    certificateSeconds: (done - opened) / 1000,
  };
}

const things: readonly (readonly [readonly string[], (n: number, account: string) => string])[] = [
  [
    ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:PutBucketPolicy", "s3:Get*"],
    (n) => `arn:aws:s3:::bucket-${n}*`,
  ],
  [["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:*"], (n, a) => `arn:aws:sqs:eu-west-1:${a}:queue-${n}`],
  [
    ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
    (n, a) => `arn:aws:dynamodb:eu-west-1:${a}:table/t-${n}`,
  ],
  [
    ["lambda:InvokeFunction", "lambda:UpdateFunctionCode"],
    (n, a) => `arn:aws:lambda:eu-west-1:${a}:function:f-${n}`,
  ],
  [["ec2:DescribeInstances", "ec2:StartInstances"], (n, a) => `arn:aws:ec2:eu-west-1:${a}:instance/i-${n}`],
];

function statementOf(account: string, random: (below: number) => number): Record<string, unknown> {
  const [actions, arn] = things[random(things.length)] ?? [[], () => ""];
  // One in a thousand speaks of every bucket, and is a candidate that something else has to stop.
  if (random(1000) === 0) return { Effect: "Allow", Action: "s3:PutBucketPolicy", Resource: "*" };
  return { Effect: "Allow", Action: actions[random(actions.length)], Resource: arn(random(5000), account) };
}

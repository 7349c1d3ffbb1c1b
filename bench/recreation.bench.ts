import {
  createAccessEngine,
  createBecome,
  createRecreation,
  type AccessPolicy,
  type RecreationQuestion,
} from "../src/core/access/index.js";
import { resourceId } from "../src/core/estate/index.js";
import { benchEstate, type EstateSize } from "./access.bench.js";

export interface RecreationBench {
  readonly name: string;
  readonly principals: number;
  readonly questions: number;
  readonly compileSeconds: number;
  /** Administrators of all accounts, ways into them, broad grants. */
  readonly sharedSeconds: number;
  readonly answerSeconds: number;
  readonly perAnswerMs: number;
  /** Seconds for 10,000 findings at this rate, shared part included. */
  readonly tenThousandSeconds: number;
  readonly verdicts: Readonly<Record<string, number>>;
}

const policy: AccessPolicy = {
  now: "2026-11-22T00:00:00Z",
  sanctions: [],
  sharedCause: 0.6,
  jitMaxHours: 12,
  maxRoutes: 50,
};

/** Buckets, queues, groups, keys and functions in turn, spread over the accounts. */
function questionsOf(count: number, accounts: number): readonly RecreationQuestion[] {
  return Array.from({ length: count }, (_, at) => {
    const number = String(100_000_000_000 + (at % accounts));
    const arn = [
      ["s3.public", `arn:aws:s3:::bucket-${at % 2000}`],
      ["sqs.public", `arn:aws:sqs:eu-west-1:${number}:queue-${at}`],
      ["ec2.open-ingress", `arn:aws:ec2:eu-west-1:${number}:security-group/sg-${at}`],
      ["lambda.public", `arn:aws:lambda:eu-west-1:${number}:function:f-${at}`],
    ][at % 4] ?? ["s3.public", "arn:aws:s3:::bucket-0"];
    return { weakness: arn[0] ?? "", resource: resourceId(arn[1] ?? ""), subLocator: "" };
  });
}

/** How long it takes to answer many exposures over one large estate. */
export function recreationBench(size: EstateSize, questions: number): RecreationBench {
  const estate = benchEstate(size);
  const started = performance.now();
  const engine = createAccessEngine(estate);
  const compiled = performance.now();
  const analysis = createRecreation(createBecome(engine, policy), policy, {
    actionsFor: () => undefined,
    overrides: {},
  });
  const asked = questionsOf(questions, size.accounts);
  analysis.sharedCauses(asked);
  const shared = performance.now();
  const verdicts: Record<string, number> = {};
  for (const question of asked) {
    const { verdict } = analysis.recreate(question);
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  }
  const done = performance.now();
  const answerSeconds = (done - shared) / 1000;
  const sharedSeconds = (shared - compiled) / 1000;
  return {
    name: `recreation of ${questions} exposures, ${size.principals} principals`,
    principals: size.principals,
    questions,
    compileSeconds: (compiled - started) / 1000,
    sharedSeconds,
    answerSeconds,
    perAnswerMs: (answerSeconds * 1000) / questions,
    tenThousandSeconds: ((answerSeconds + sharedSeconds) / questions) * 10_000,
    verdicts,
  };
}

import { applyChanges, createAccessEngine, type Change } from "../src/core/access/index.js";
import { sidesOf } from "../src/core/access/what-if/access-difference.js";
import { parsePolicyDocument, principalId, resourceId } from "../src/core/estate/index.js";
import { benchEstate, fullSize, randomFrom, type BenchClock, type EstateSize } from "./access.bench.js";

export interface WhatIfFigures {
  readonly principals: number;
  readonly statements: number;
  readonly changes: number;
  /** Laying the changes over the compiled estate, once. */
  readonly overlayMs: number;
  /** Median of one who-can, on an engine that never saw the question. */
  readonly whoCanMs: number;
  /** Median of the same question before and after the changes, with the difference of both sets. */
  readonly whatIfMs: number;
  /** Median of what-if over who-can, question by question. */
  readonly ratio: number;
  readonly lost: number;
}

/**
 * One what-if question (who loses and gains one action on one thing) against one who-can question, over the same
 * compiled estate. Each is asked of an engine that has not answered it before.
 */
export function whatIfBench(clock: BenchClock, size: EstateSize = fullSize, questions = 100): WhatIfFigures {
  const estate = benchEstate(size);
  const alone = createAccessEngine(estate);
  const before = createAccessEngine(estate);
  const changes = changesOf(size);
  const start = clock.now();
  const changed = applyChanges(estate, changes);
  const after = before.withOverlay({ changed });
  const overlayMs = clock.now() - start;
  if (changed.unapplied.length > 0)
    throw new Error(changed.unapplied[0]?.reason ?? "a change was not applied");
  const random = randomFrom(size.seed + 2);
  const times = { whoCan: [] as number[], whatIf: [] as number[], ratio: [] as number[] };
  let lost = 0;
  // The first questions build what every engine builds once for each account.
  for (let i = -warmUp; i < questions; i++) {
    const [action, resource] = question(random);
    const one = timed(clock, () => alone.whoCan(action, resource));
    const two = timed(clock, () => {
      lost += sidesOf(before, after, { action, resource }).lost.length;
    });
    if (i < 0) continue;
    times.whoCan.push(one);
    times.whatIf.push(two);
    times.ratio.push(two / one);
  }
  return {
    principals: size.principals,
    statements: size.statements,
    changes: changes.length,
    overlayMs,
    whoCanMs: median(times.whoCan),
    whatIfMs: median(times.whatIf),
    ratio: median(times.ratio),
    lost,
  };
}

const warmUp = 150;

/** Rights taken away from a hundred roles, a bucket closed, and a guard rail over one account. */
function changesOf({ accounts }: EstateSize): readonly Change[] {
  const account = (i: number): string => String(100_000_000_000 + (i % accounts));
  const { document } = parsePolicyDocument({
    Version: "2012-10-17",
    Statement: { Effect: "Deny", Action: "s3:PutBucketPolicy", Resource: "*" },
  });
  if (document === undefined) throw new Error("no document");
  return [
    ...Array.from({ length: 100 }, (_, i): Change => ({
      kind: "removeStatement",
      statement: {
        principal: principalId(`arn:aws:iam::${account(i)}:role/r-${String(i)}`),
        policy: "inline/own",
        index: 0,
      },
    })),
    { kind: "set", resource: resourceId("arn:aws:s3:::bucket-1"), property: "policy", to: null },
    { kind: "addGuardrail", type: "scp", target: account(3), name: "proposed", document },
  ];
}

const question = (random: (below: number) => number): readonly [string, string] =>
  random(2) === 0
    ? ["s3:PutBucketPolicy", `arn:aws:s3:::bucket-${String(random(2000))}`]
    : ["s3:GetObject", `arn:aws:s3:::bucket-${String(random(2000))}/report-${String(random(1000))}`];

function timed(clock: BenchClock, work: () => unknown): number {
  const start = clock.now();
  work();
  return clock.now() - start;
}

const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

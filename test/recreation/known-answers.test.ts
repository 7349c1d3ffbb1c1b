import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resourceId, type Estate } from "../../src/core/estate/index.js";
import {
  createAccessEngine,
  createBecome,
  createRecreation,
  factsBesideAccess,
  momentsOf,
  type KnownAnswers,
  type RecreationQuestion,
} from "../../src/core/access/index.js";
import { runs } from "../settings.js";
import { policy } from "./fake-access.js";
import {
  accessKey,
  allow,
  analysisOf,
  bucketArn,
  bucketEstate,
  inline,
  prod,
  roleArn,
  trusts,
  userArn,
} from "./real-access.js";

const arn = (service: string, rest: string): string => `arn:aws:${service}:eu-west-1:${prod}:${rest}`;
const queues = ["q1", "q2", "q3", "q4"].map((name) => arn("sqs", name));
const topics = ["t1", "t2"].map((name) => arn("sns", name));

/** `wide` stands behind most exposures where at least five of two weaknesses are asked for; else behind none. */
const estateAt = (created: string): Estate =>
  bucketEstate(
    {
      [userArn("wide")]: inline(allow(["sqs:*", "sns:*"])),
      [userArn("narrow")]: inline(allow("sqs:SetQueueAttributes", arn("sqs", "q1"))),
      [roleArn("admin")]: { ...inline(allow("*")), ...trusts({ AWS: `arn:aws:iam::${prod}:root` }) },
      [roleArn("soon")]: {
        ...inline(
          allow("s3:PutBucketPolicy", "*", {
            Condition: { DateGreaterThan: { "aws:CurrentTime": "2026-11-22T18:00:00Z" } },
          }),
        ),
        ...trusts({ AWS: userArn("narrow") }),
      },
    },
    {
      resources: Object.fromEntries(
        [...queues, ...topics].map((id) => [
          id,
          { kind: queues.includes(id) ? "sqs:queue" : "sns:topic", account: prod, policy: null },
        ]),
      ),
    },
    {
      credentials: [
        accessKey(userArn("wide"), { createdAt: created }),
        accessKey(userArn("narrow"), {
          id: "aws:access-key/AKIAI44QH8DHBEXAMPLE" as never,
          expiresAt: "2026-11-22T15:00:00Z",
        }),
      ],
    },
  );
const estate = estateAt("2026-08-24T09:30:00Z");

const questions: readonly RecreationQuestion[] = [
  ...queues.map((id) => ({ resource: resourceId(id), weakness: "sqs.public", subLocator: "" })),
  ...topics.map((id) => ({ resource: resourceId(id), weakness: "sns.public", subLocator: "" })),
  { resource: resourceId(bucketArn), weakness: "s3.public", subLocator: "" },
  { resource: resourceId(userArn("wide")), weakness: "iam.key.stale", subLocator: "" },
  { resource: resourceId(bucketArn), weakness: "prowler.some-check", subLocator: "" },
];
const derivedBy = (actions: readonly string[]) => ({
  overrides: {},
  actionsFor: () => (actions.length === 0 ? undefined : { actions, derivation: "test" }),
});

describe("what was answered before is not asked again (issue 6: re-analysis of only what changed)", () => {
  const asked = fc.record({
    which: fc.shuffledSubarray([...questions]),
    derived: fc.subarray(["s3:PutBucketPolicy", "sqs:DeleteQueue"]),
  });

  test("answers and shared causes are those of asking everything anew, whatever was known", () => {
    fc.assert(
      fc.property(fc.array(asked, { minLength: 2, maxLength: 4 }), (analyses) => {
        const held = analysisOf(estate);
        let known: KnownAnswers | undefined;
        for (const { which, derived } of analyses) {
          const reference = derivedBy(derived);
          const found = held.analyse(which, known, reference);
          const anew = analysisOf(estate).analyse(which, undefined, reference);
          expect(JSON.stringify([found.shared, found.answers])).toBe(
            JSON.stringify([anew.shared, anew.answers]),
          );
          // Another process knows them from JSON.
          known = JSON.parse(JSON.stringify(found.known)) as KnownAnswers;
        }
      }),
      { numRuns: Math.ceil(runs.slowProperty / 2) },
    );
  });

  test("only what is new is asked; a population that comes up or goes concerns its whole account", () => {
    const held = analysisOf(estate);
    const some = [...queues.slice(0, 2)].map((id) => questions.find(({ resource }) => resource === id)!);
    const first = held.analyse(some);
    expect(first.asked).toBe(2);
    expect(held.analyse(some, first.known).asked).toBe(0);
    const more = held.analyse(questions.slice(0, 3), first.known);
    expect(more.asked).toBe(1);
    const all = held.analyse(questions.slice(0, 6), more.known);
    expect(all.shared.map(({ key }) => key)).toContain(`broad-grant|aws:${prod}`);
    expect(all.asked).toBe(6);
    expect(held.analyse(questions.slice(0, 5), all.known).asked).toBe(0);
  });

  test("what tools derive for a weakness is part of its question", () => {
    const held = analysisOf(estate);
    const [question] = questions.slice(-1);
    const first = held.analyse([question!], undefined, derivedBy(["sqs:DeleteQueue"]));
    expect(held.analyse([question!], first.known, derivedBy(["sqs:DeleteQueue"])).asked).toBe(0);
    expect(held.analyse([question!], first.known, derivedBy(["s3:PutBucketPolicy"])).asked).toBe(1);
  });
});

describe("facts beside access", () => {
  test("no answer reads them: an estate that refuses to tell them answers the same", () => {
    // The lists may be handed on, but not looked into.
    const silence = (name: string) =>
      new Proxy([], {
        get: () => {
          throw new Error(`\`${name}\` was read`);
        },
      });
    const silent = {
      ...estate,
      ...Object.fromEntries(factsBesideAccess.map((name) => [name, silence(name)])),
    };
    expect(analysisOf(silent).analyse(questions).answers).toEqual(
      analysisOf(estate).analyse(questions).answers,
    );
  });
});

function recreationAt(now: string) {
  const settings = { ...policy, now };
  return createRecreation(
    createBecome(createAccessEngine(estate, { now }), settings),
    settings,
    derivedBy([]),
  );
}

describe("moments (what the time decides about access)", () => {
  const instants = fc
    .integer({ min: Date.parse("2026-11-20T00:00:00Z"), max: Date.parse("2026-11-25T00:00:00Z") })
    .map((at) => new Date(at).toISOString());
  const near = fc
    .tuple(
      fc.constantFrom(
        "2026-11-22T00:00:00Z",
        "2026-11-22T09:30:00Z",
        "2026-11-22T15:00:00Z",
        "2026-11-22T18:00:00Z",
      ),
      fc.integer({ min: -1, max: 1 }),
    )
    .map(([at, more]) => new Date(Date.parse(at) + more).toISOString());

  test("at instants of one moment every answer is the same (R38)", () => {
    const moments = momentsOf(estate);
    const alike = { pairs: 0, moments: new Set<string>(), answers: new Set<string>() };
    const answersAt = (now: string): string => JSON.stringify(recreationAt(now).analyse(questions).answers);
    fc.assert(
      fc.property(fc.oneof(instants, near), fc.oneof(instants, near), (a, b) => {
        const [one, other] = [moments.at(a, []), moments.at(b, [])];
        alike.moments.add(one);
        if (one !== other) return;
        alike.pairs += 1;
        const answers = answersAt(a);
        alike.answers.add(answers);
        expect(answersAt(b)).toBe(answers);
      }),
      { numRuns: runs.slowProperty * 2 },
    );
    expect(alike.pairs).toBeGreaterThan(3);
    expect(alike.answers.size).toBeGreaterThan(2);
  });

  test.each([
    ["a key expires", "2026-11-22T14:59:59.999Z", "2026-11-22T15:00:01.000Z"],
    ["a key grows old", "2026-11-22T09:30:00.000Z", "2026-11-22T09:30:00.001Z"],
    ["a date of a policy passes", "2026-11-22T18:00:00.000Z", "2026-11-22T18:00:00.001Z"],
    ["ages grow by a day", "2026-11-22T23:59:59.999Z", "2026-11-23T00:00:00.000Z"],
  ])("%s: another moment", (_, before, after) => {
    const moments = momentsOf(estate);
    expect(moments.at(after, [])).not.toBe(moments.at(before, []));
  });

  test("a sanction ends: another moment", () => {
    const moments = momentsOf(estate);
    const sanction = { until: "2026-11-22T12:00:00.000Z" } as never;
    expect(moments.at("2026-11-22T12:00:00.001Z", [sanction])).not.toBe(
      moments.at("2026-11-22T12:00:00.000Z", [sanction]),
    );
  });
});

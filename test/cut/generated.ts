import fc from "fast-check";
import { expect } from "vitest";
import {
  applyChanges,
  createAccessEngine,
  createRecreation,
  type AccessPolicy,
  type Recreation,
  type RecreationQuestion,
} from "../../src/core/access/index.js";
import { createBecome } from "../../src/core/access/become/become.js";
import { prices, type Candidate } from "../../src/core/access/cut/candidate.js";
import { changesOf, partsOf } from "../../src/core/access/cut/compile.js";
import { recreationProblem, type CutProblem } from "../../src/core/access/cut/problem.js";
import { cut, cutLimits, type Cut } from "../../src/core/access/cut/solve.js";
import {
  createEstate,
  credentialId,
  principalId,
  resourceId,
  type AuditEvent,
  type Estate,
} from "../../src/core/estate/index.js";
import { policyEstate, testOrigin, type EstateText } from "../policy-estate.js";
import { policy } from "../recreation/fake-access.js";
import { accessKey } from "../recreation/real-access.js";
import { bucket, estatesToCut, people, workers } from "./estates.js";

const derived = { actionsFor: () => undefined, overrides: {} };
export const question: RecreationQuestion = {
  resource: resourceId(bucket),
  weakness: "s3.public",
  subLocator: "",
};

interface Use {
  readonly actor: string;
  readonly action: string;
  readonly on: string;
}

/** What the audit log shows as used: among it the very rights that bring the bucket back. */
const uses: fc.Arbitrary<readonly Use[]> = fc.array(
  fc.record({
    actor: fc.constantFrom(...people, ...workers),
    action: fc.constantFrom(
      ...["s3:PutBucketPolicy", "s3:PutBucketAcl", "sts:AssumeRole", "iam:CreateAccessKey"],
      "iam:PutRolePolicy",
    ),
    on: fc.constantFrom(bucket, ...people, ...workers),
  }),
  { maxLength: 12 },
);

function estateOf(text: EstateText, used: readonly Use[]): Estate {
  return createEstate({
    ...policyEstate(text),
    credentials: people.map((user, i) =>
      accessKey(user, { id: credentialId(`aws:access-key/AKIAIOSFODNN${String(i)}EXAMPLE`) }),
    ),
    events: used.map(({ actor, action, on }, i): AuditEvent => ({
      id: `e${String(i)}`,
      at: "2026-11-20T10:00:00Z",
      action,
      actor: principalId(actor),
      targets: [on],
      origin: testOrigin(`/events/${String(i)}`),
    })),
  });
}

export function problemOf(estate: Estate): CutProblem {
  return recreationProblem({
    become: createBecome(createAccessEngine(estate), policy),
    policy,
    derived,
    questions: [question],
    all: [question],
    sharedCauses: [],
    maxWays: 500,
  });
}

/** The answer of an engine that was compiled from the changed estate, without any overlay. */
function judged(estate: Estate, under: AccessPolicy): Recreation {
  const become = createBecome(createAccessEngine(estate), under);
  return createRecreation(become, under, derived).recreate(question);
}

/** What was marked as used and worked before goes on, or is named (issue 3, done when 2). */
function checkUse(estate: Estate, after: Estate, used: readonly Use[], found: Cut): number {
  const before = createAccessEngine(estate);
  const engine = createAccessEngine(after);
  const named = found.breaks.map((item) => `${item.principal} ${item.action} ${item.resource}`);
  const broken = new Set<string>();
  for (const { actor, action, on } of used) {
    const principal = principalId(actor);
    if (before.verdict(principal, action, on) !== true) continue;
    if (engine.verdict(principal, action, on) !== true) broken.add(`${actor} ${action} ${on}`);
  }
  expect([...named].sort()).toEqual([...broken].sort());
  const told = new Set(found.parts.flatMap((part) => part.breaks));
  if (found.parts.length === 1) expect(told.size).toBe(broken.size);
  return broken.size;
}

/** No cheaper choice of up to three of the changes that were considered closes everything. */
function checkCheapest(problem: CutProblem, found: Cut, count: (what: string) => void): void {
  const { places, use } = problem.ground;
  const cost = (chosen: readonly Candidate[]): number =>
    chosen.reduce((sum, item) => sum + item.cost, 0) +
    new Set(chosen.map((item) => item.cause)).size * prices.team;
  const all = found.considered;
  const tried = all.flatMap((a, i) => [
    [a],
    ...all.slice(i + 1).flatMap((b, j) => [[a, b], ...all.slice(i + j + 2).map((c) => [a, b, c])]),
  ]);
  for (const chosen of tried.filter((item) => cost(item) < found.cost).slice(0, 12)) {
    count("cheaper choices tried");
    const open = problem.ask(changesOf(partsOf(chosen, places, use))).ways;
    expect([chosen.map(({ title }) => title), open.length > 0]).toEqual([
      chosen.map(({ title }) => title),
      true,
    ]);
  }
}

/**
 * Over generated estates: after the cut nobody ungoverned brings the bucket back, judged by an engine that knows nothing of
 * overlays; whatever was used works or is named. `thorough`: no part can be left out, and nothing cheaper does it.
 */
export function checkEstates(
  numRuns: number,
  seed: number | undefined,
  thorough: boolean,
): ReadonlyMap<string, number> {
  const tally = new Map<string, number>();
  const count = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);
  fc.assert(
    fc.property(estatesToCut, uses, (text, used) => {
      const estate = estateOf(text, used);
      const problem = problemOf(estate);
      const found = cut(problem);
      const { estate: after, unapplied, sanctions } = applyChanges(estate, changesOf(found.parts));
      expect(unapplied).toEqual([]);
      expect(found.uncut).toEqual([]);
      const { verdict } = judged(after, { ...policy, sanctions });
      expect(["none", "governed"]).toContain(verdict);
      expect(found.after).toBe(verdict);
      for (const part of thorough && found.parts.length > 1 ? found.parts : []) {
        const rest = found.parts.filter((other) => other !== part);
        expect(problem.ask(changesOf(rest)).ways).not.toEqual([]);
      }
      if (checkUse(estate, after, used, found) > 0) count("breaks something used, named");
      count(`${found.before} -> ${verdict}`);
      count(found.exact ? "exact" : "bounded");
      if (found.before === "possible") count("possible before");
      if (found.parts.length > 1) count("several changes");
      if (thorough && found.exact && found.considered.length <= 9) checkCheapest(problem, found, count);
    }),
    { numRuns, ...(seed === undefined ? {} : { seed }) },
  );
  return tally;
}

/** Where the cheapest set is given up at once, what is proposed closes everything all the same, and says that it is not the least. */
export function checkGivenUp(numRuns: number): number {
  let givenUp = 0;
  fc.assert(
    fc.property(estatesToCut, uses, (text, used) => {
      const estate = estateOf(text, used);
      const found = cut(problemOf(estate), { limits: { ...cutLimits, maxRounds: 1 } });
      const { estate: after, sanctions } = applyChanges(estate, changesOf(found.parts));
      expect(["none", "governed"]).toContain(judged(after, { ...policy, sanctions }).verdict);
      if (!found.exact) givenUp += 1;
    }),
    { numRuns },
  );
  return givenUp;
}

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

/** One rule of what must not be in the case: each key is a predicate, each value what it looks for. */
const mustNot = z.strictObject({
  leadIs: z.string().optional(),
  /** Every owner of a task or item is this role. */
  ownersOnly: z.string().optional(),
  /** The role owns an item or leads a task. */
  ownerIs: z.string().optional(),
  ruleFired: z.string().optional(),
  frameworkId: z.string().optional(),
  kindIs: z.string().optional(),
  stateIs: z.string().optional(),
  severityIs: z.string().optional(),
  deadlineRule: z.string().optional(),
  dueIsNull: z.enum(["contain", "trace", "fix"]).optional(),
  fixItemsAtMost: z.number().optional(),
  tierAtMost: z.number().optional(),
  /** The text stands anywhere in the case as it is printed. */
  textAnywhere: z.string().optional(),
});

const expectedItem = z.strictObject({
  row: z.number(),
  accountable: z.string(),
  responsible: z.array(z.string()).optional(),
});

const expectedTask = z.strictObject({ lead: z.string(), also: z.array(z.string()).optional() });
const expectedFollowUp = z.strictObject({
  required: z.boolean(),
  owner: z.string(),
  notApplicable: z.string().optional(),
});

/** What a scenario asserts of its case; everything that is named is compared in full. */
const expectedCase = z.strictObject({
  kind: z.string().optional(),
  tier: z.number(),
  level: z.number().optional(),
  facts: z.record(z.string(), z.union([z.boolean(), z.literal("unknown")])),
  /** Exactly these fire. */
  rules: z.array(z.string()),
  recreation: z.strictObject({
    verdict: z.string(),
    band: z.number().optional(),
    words: z.string().optional(),
  }),
  contain: expectedTask,
  trace: expectedTask,
  lead: z.string(),
  /** Exactly these items, by row and accountable. */
  fix: z.array(expectedItem),
  supports: z.array(z.string()).optional(),
  commander: z.strictObject({ required: z.boolean(), person: z.string().optional() }),
  followUps: z.strictObject({
    accessReview: expectedFollowUp,
    secretRotation: expectedFollowUp,
    privilegeReduction: expectedFollowUp,
  }),
  /** Authorities that somebody active is named for. */
  authorities: z.array(z.string()).optional(),
  thirdParty: z.record(z.string(), z.string()).optional(),
  frameworks: z.array(z.string()),
  /** Steps of containment or of a fix that have to be there: words of the title, kind, whose agreement. */
  actions: z
    .array(
      z.strictObject({
        title: z.string().optional(),
        kind: z.string().optional(),
        requires: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});

/** One fact changed (JSON pointers into the scenario; no `to` takes the member away), and what that changes. */
const flip = z.strictObject({
  name: z.string(),
  set: z.array(z.strictObject({ at: z.string().startsWith("/"), to: z.unknown().optional() })).min(1),
  expected: expectedCase.partial(),
  mustNot: z.array(mustNot).default([]),
});

const scenario = z.strictObject({
  name: z.string(),
  now: z.string(),
  /** Which case of the analysis is meant. */
  weakness: z.string(),
  resource: z.string(),
  estate: z.record(z.string(), z.unknown()),
  findings: z.array(z.record(z.string(), z.unknown())).optional(),
  catalogue: z.record(z.string(), z.unknown()),
  /** A catalogue in `shared/` that most incidents have in common; lists of the scenario's own are put behind its lists. */
  organisation: z.string().optional(),
  expected: expectedCase,
  mustNot: z.array(mustNot).default([]),
  flips: z.array(flip).default([]),
});

export type Scenario = z.output<typeof scenario>;
export type Flip = z.output<typeof flip>;
export type MustNot = z.output<typeof mustNot>;

export function readScenario(file: string): Scenario {
  const read = scenario.parse(parse(readFileSync(file, "utf8")));
  if (read.organisation === undefined) return read;
  const shared = z
    .record(z.string(), z.unknown())
    .parse(parse(readFileSync(join(dirname(file), "shared", `${read.organisation}.yaml`), "utf8")));
  const own = read.catalogue;
  const merged = Object.fromEntries(
    [...new Set([...Object.keys(shared), ...Object.keys(own)])].map((name) => {
      const [base, more] = [shared[name], own[name]];
      return [name, Array.isArray(base) && Array.isArray(more) ? [...base, ...more] : (more ?? base)];
    }),
  );
  return { ...read, catalogue: merged };
}

/** The scenario with the facts of the flip in place of its own; every pointer has to name something. */
export function flipped(base: Scenario, flip: Flip): Scenario {
  const changed = structuredClone(base) as unknown as Json;
  for (const { at, to } of flip.set) put(changed, at, to as Json | undefined);
  return { ...(changed as unknown as Scenario), name: flip.name };
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

function put(root: Json, pointer: string, value: Json | undefined): void {
  const steps = pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = steps.pop() ?? "";
  let at: Json | undefined = root;
  for (const step of steps) {
    if (at === null || typeof at !== "object") throw new Error(`\`${pointer}\` leads nowhere`);
    at = Array.isArray(at) ? at[Number(step)] : at[step];
  }
  if (at === null || typeof at !== "object") throw new Error(`\`${pointer}\` leads nowhere`);
  if (Array.isArray(at)) {
    const index = last === "-" ? at.length : Number(last);
    if (value === undefined) {
      if (index >= at.length) throw new Error(`\`${pointer}\` names nothing to take away`);
      at.splice(index, 1);
    } else at[index] = value;
  } else if (value === undefined) {
    if (!(last in at)) throw new Error(`\`${pointer}\` names nothing to take away`);
    Reflect.deleteProperty(at, last);
  } else at[last] = value;
}

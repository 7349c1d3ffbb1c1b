import { readFileSync } from "node:fs";
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

const scenario = z.strictObject({
  name: z.string(),
  now: z.string(),
  /** Which case of the analysis is meant. */
  weakness: z.string(),
  resource: z.string(),
  estate: z.record(z.string(), z.unknown()),
  findings: z.array(z.record(z.string(), z.unknown())).optional(),
  catalogue: z.record(z.string(), z.unknown()),
  expected: expectedCase,
  mustNot: z.array(mustNot).default([]),
});

export type Scenario = z.output<typeof scenario>;
export type MustNot = z.output<typeof mustNot>;

export const readScenario = (file: string): Scenario => scenario.parse(parse(readFileSync(file, "utf8")));

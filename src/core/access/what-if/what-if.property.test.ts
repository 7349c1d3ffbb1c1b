import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { estates, names, questions, world } from "../../../../test/generators/policy-estate.js";
import { policyEstate } from "../../../../test/policy-estate.js";
import { runs } from "../../../../test/settings.js";
import {
  parsePolicyDocument,
  principalId,
  resourceId,
  type Estate,
  type PolicyDocument,
} from "../../estate/index.js";
import { buildActionDictionary } from "../aws/action-dictionary.js";
import { applyChanges } from "../change/apply.js";
import type { Change } from "../change/change.js";
import { createAccessEngine } from "../engine-factory.js";
import { accessDifference } from "./access-difference.js";
import { questionsOf } from "./questions.js";

const dictionary = buildActionDictionary({
  version: "test",
  updated: "2026-09-26",
  rcpServices: ["s3", "kms", "sts"],
  services: {
    s3: { actions: "GetObject,r ListBucket,l PutBucketPolicy,p" },
    kms: { actions: "Decrypt,w" },
    sts: { actions: "AssumeRole,w" },
    iam: { actions: "PutRolePolicy,p" },
  },
});

const documentOf = (Effect: "Allow" | "Deny", Action: string, Resource: string): PolicyDocument => {
  const { document } = parsePolicyDocument({
    Version: "2012-10-17",
    Statement: { Effect, Action, Resource },
  });
  if (document === undefined) throw new Error("no document");
  return document;
};

function changesOf(estate: Estate, picks: readonly (readonly [number, number, number])[]): readonly Change[] {
  const ids = estate.principals.map(({ id }) => id);
  return picks.map(([kind, a, b]): Change => {
    const principal = ids[a % ids.length] ?? principalId(names.ana);
    const holder = estate.principals[b % estate.principals.length];
    switch (kind % 6) {
      case 0:
        return {
          kind: "removeStatement",
          statement: {
            principal: holder?.id ?? principal,
            policy: `inline/${holder?.inline[0]?.name ?? ""}`,
            index: 0,
          },
        };
      case 1:
        return { kind: "disablePrincipal", principal };
      case 2:
        return {
          kind: "addStatement",
          principal,
          policy: "added",
          document: documentOf(
            b % 2 === 0 ? "Allow" : "Deny",
            questions[a % questions.length]?.[0] ?? "*",
            "*",
          ),
        };
      case 3:
        return { kind: "set", resource: resourceId(world.bucket), property: "policy", to: null };
      case 4:
        return {
          kind: "removeTrust",
          role: principalId(names.etl),
          principal: ids[b % ids.length] ?? principal,
        };
      default:
        return {
          kind: "removeStatement",
          statement: { principal: principalId(names.etl), policy: "trust", index: 0 },
        };
    }
  });
}

const picks = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 3 });

describe("what changes for whom, on generated estates", () => {
  test("every row is what an engine compiled from the changed estate says, and nobody who is changed is left out", () => {
    let changedActors = 0;
    fc.assert(
      fc.property(estates, picks, (text, chosen) => {
        const estate = policyEstate(text);
        const changed = applyChanges(estate, changesOf(estate, chosen));
        const before = createAccessEngine(estate);
        const after = before.withOverlay({ changed });
        const fresh = createAccessEngine(changed.estate);
        const asked = questionsOf(estate, changed, dictionary, 10_000);
        const watched = [...changed.touched.principals];
        const found = accessDifference(before, after, asked.questions, watched, 100_000);
        expect(found.more).toBe(0);
        const rows = [...found.lost, ...found.gained];
        for (const row of rows) {
          if (/[*?]/.test(row.resource) || fresh.indexOf(row.principal) === undefined) continue;
          const verdict = fresh.verdict(row.principal, row.action, row.resource);
          expect([row.principal, row.action, row.after]).toEqual([
            row.principal,
            row.action,
            verdict === true ? "can" : verdict === false ? "cannot" : "unknown",
          ]);
          expect(row.before).not.toBe(row.after);
        }
        const named = new Set([...rows, ...found.conditional].map(({ principal }) => principal));
        // A statement over every action is asked about by those that tell most, and the rest is counted.
        if (asked.left > 0) return;
        for (const [action, resource] of questions) {
          const could = before.whoCan(action, resource).allowed;
          for (const index of could) {
            const id = before.actors[index];
            // A stranger whom only the document named that is gone is nobody any more.
            if (id === undefined || fresh.indexOf(id) === undefined) continue;
            if (fresh.verdict(id, action, resource) === true) continue;
            changedActors += 1;
            expect([id, action, resource, named.has(id)]).toEqual([id, action, resource, true]);
          }
          const can = fresh.whoCan(action, resource).allowed;
          for (const index of can) {
            const id = fresh.actors[index];
            if (id === undefined || before.verdict(id, action, resource) === true) continue;
            changedActors += 1;
            expect([id, action, resource, named.has(id)]).toEqual([id, action, resource, true]);
          }
        }
      }),
      { numRuns: runs.property },
    );
    expect(changedActors).toBeGreaterThan(0);
  }, 900_000);
});

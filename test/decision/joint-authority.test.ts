import { describe, expect, test } from "vitest";
import { readScenario } from "../scenarios/scenario.js";
import { runCore, writeScenario } from "../scenarios/run-core.js";
import { join } from "node:path";

/**
 * R41: a case whose owners cannot together change roles, secrets and settings is structurally broken, and D8 asks for a
 * commander. On S9: the key of an application lies open; who may deactivate it is proven by the access engine.
 */
const base = readScenario(join(import.meta.dirname, "..", "scenarios", "s09-served-key.yaml"));
const account = "333333333333";
const arn = (name: string): string => `arn:aws:iam::${account}:user/${name}`;

type Json = Record<string, unknown>;

/** The people of the scenario sign in as users; `may` says what each holds, nothing is declared to be an incident. */
async function joint(may: Readonly<Record<string, readonly string[]>>) {
  const changed = structuredClone(base) as unknown as { estate: Json; catalogue: Json };
  const { estate } = changed;
  delete estate["incidents"];
  for (const id of Object.keys(may))
    (estate["principals"] as Json[]).push({
      id: arn(id),
      console: { password: true, mfa: true },
      policies: [
        {
          name: "own",
          document: {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: may[id], Resource: "*" }],
          },
        },
      ],
    });
  for (const person of changed.catalogue["people"] as Json[])
    if (typeof person["id"] === "string" && person["id"] in may) person["principals"] = [arn(person["id"])];
    else person["active"] = false;
  const scenario = { ...base, ...changed };
  const analysis = await runCore(scenario, writeScenario(scenario));
  const found = analysis.cases.find((one) =>
    one.exposures.some(({ weakness }) => weakness === base.weakness),
  );
  if (found === undefined) throw new Error("no case");
  return found;
}

const all = ["iam:*", "s3:*", "lambda:*", "ec2:*"];
const everybody = ["ana.ruiz", "t.berg", "l.meyer", "c.dupont", "m.okafor", "r.silva", "p.novak"];
const holding = (actions: readonly string[]) => Object.fromEntries(everybody.map((id) => [id, actions]));

describe("R41, joint authority", () => {
  test("together they can: proven, no gap", async () => {
    const found = await joint(holding(all));
    expect(found.facts.owners_joint).toMatchObject({ value: true });
    expect(found.gaps.map(({ kind }) => kind)).not.toContain("owners-joint");
  });

  test("none of them can make one of the calls: structurally broken, and a commander is required (D8)", async () => {
    const found = await joint(holding(["s3:GetObject"]));
    expect(found.facts.owners_joint?.value).toBe(false);
    expect(found.facts.owners_joint?.note).toMatch(/^none of the owners can iam:/);
    expect(found.rules.map(({ id }) => id)).toContain("D8");
    expect(found.commander.required).toBe(true);
    expect(found.gaps.find(({ kind }) => kind === "owners-joint")?.text).toMatch(/^structurally broken: /);
  });

  test("one of them is enough, whoever it is", async () => {
    const found = await joint({ ...holding(["s3:GetObject"]), "ana.ruiz": all });
    expect(found.facts.owners_joint?.value).not.toBe(false);
  });
});

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
import { createAccessEngine } from "../engine-factory.js";
import type { AccessEngine, Overlay } from "../engine.js";
import { evidenceKey } from "../aws/evidence.js";
import type { Change, StatementRef } from "./change.js";
import { overlayOfChanges } from "./overlay.js";

const documentOf = (Effect: "Allow" | "Deny", Action: string, Resource: string): PolicyDocument => {
  const { document } = parsePolicyDocument({
    Version: "2012-10-17",
    Statement: { Effect, Action, Resource },
  });
  if (document === undefined) throw new Error("no document");
  return document;
};

/** Every statement that stands somewhere it can be named. */
function refsOf(estate: Estate): readonly StatementRef[] {
  const of = (use: { readonly document: PolicyDocument }, ref: StatementRef): readonly StatementRef[] =>
    use.document.statements.map((_, index) => ({ ...ref, index }));
  return [
    ...estate.principals.flatMap((principal) => [
      ...principal.inline.flatMap((use) =>
        of(use, { principal: principal.id, policy: `inline/${use.name}` }),
      ),
      ...(principal.trustPolicy === undefined
        ? []
        : of(principal.trustPolicy, { principal: principal.id, policy: "trust" })),
    ]),
    ...estate.managedPolicies.flatMap(({ arn, versions }) =>
      versions.flatMap(({ use }) => of(use, { policy: arn })),
    ),
    ...estate.resources.flatMap(({ id, policies }) =>
      [...(policies ?? [])].flatMap(([policy, use]) => of(use, { resource: id, policy })),
    ),
  ];
}

const actions = ["s3:GetObject", "s3:*", "kms:Decrypt", "sts:AssumeRole", "iam:PutRolePolicy", "*"];
const resources = ["*", `${world.bucket}/*`, world.key, names.etl, `${world.bucket}/report`];

/** Changes of every kind that reaches the engine; numbers pick among what the estate holds. */
function changesOf(estate: Estate, picks: readonly (readonly [number, number, number])[]): readonly Change[] {
  const refs = refsOf(estate);
  const ids = [...estate.principals.map(({ id }) => id)];
  const pick = <Item>(list: readonly Item[], n: number, none: Item): Item => list[n % list.length] ?? none;
  return picks.map(([kind, a, b]): Change => {
    const statement = pick(refs, a, {});
    const principal = pick(ids, a, principalId(names.ana));
    switch (kind % 11) {
      case 0:
        return { kind: "removeStatement", statement };
      case 1:
        return { kind: "narrowStatement", statement, actions: [pick(actions, b, "*")] };
      case 2:
        return { kind: "narrowStatement", statement, resources: [pick(resources, b, "*")] };
      case 3:
        return {
          kind: "addCondition",
          statement,
          condition: [{ operator: "StringEquals", key: "aws:SourceVpce", values: ["v1"] }],
        };
      case 4:
        return {
          kind: "addStatement",
          principal,
          policy: "added",
          document: documentOf(
            b % 2 === 0 ? "Allow" : "Deny",
            pick(actions, b, "*"),
            pick(resources, a + b, "*"),
          ),
        };
      case 5: {
        const holder = estate.principals.find(({ attached }) => attached.length > 0);
        return {
          kind: "removeAttachment",
          principal: holder?.id ?? principal,
          policy: holder?.attached[0]?.arn ?? "",
        };
      }
      case 6:
        return { kind: "removeTrust", role: principalId(names.etl), principal: pick(ids, b, principal) };
      case 7:
        return {
          kind: "addGuardrail",
          type: b % 2 === 0 ? "scp" : "rcp",
          target: a % 2 === 0 ? world.a : world.b,
          name: "proposed",
          document: documentOf("Deny", pick(actions, b, "*"), "*"),
        };
      case 8:
        return { kind: "disablePrincipal", principal };
      case 9:
        return { kind: "set", resource: resourceId(world.bucket), property: "policy", to: null };
      default:
        return { kind: "removeMembership", principal, group: principalId(names.group) };
    }
  });
}

function same(overlaid: AccessEngine, compiled: AccessEngine): void {
  for (const [action, resource] of [...questions, ["s3:GetObject", `${world.bucket}/*`] as const]) {
    const one = overlaid.whoCan(action, resource);
    const two = compiled.whoCan(action, resource);
    for (const id of compiled.actors) {
      const a = overlaid.indexOf(id);
      const b = compiled.indexOf(id);
      const asked = `${id} ${action} ${resource}`;
      if (a === undefined || b === undefined) throw new Error(`no actor ${id}`);
      expect([asked, one.allowed.has(a), one.unknown.has(a)]).toEqual([
        asked,
        two.allowed.has(b),
        two.unknown.has(b),
      ]);
      expect([asked, overlaid.verdict(id, action, resource)]).toEqual([
        asked,
        compiled.verdict(id, action, resource),
      ]);
      expect(overlaid.decide(id, action, resource).verdict).toBe(
        compiled.decide(id, action, resource).verdict,
      );
      expect(overlaid.envelope(id).may(action, resource)).toBe(compiled.envelope(id).may(action, resource));
    }
    const targets = [resource.replace("*", "x"), `${world.bucket}/report`, names.etl];
    const named = (engine: AccessEngine) =>
      engine
        .holdersOnTargets(action, targets)
        .map(({ holder, verdict }) => `${engine.actors[holder] ?? ""} ${String(verdict)}`)
        .filter((text) => compiled.indexOf(principalId(text.split(" ")[0] ?? "")) !== undefined);
    expect(named(overlaid)).toEqual(named(compiled));
  }
}

describe("an overlay of changes answers as an engine that was compiled from the changed estate", () => {
  test("random estates and changes, with and without a further overlay", () => {
    let applied = 0;
    fc.assert(
      fc.property(
        estates,
        fc.array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 4 }),
        (text, picks) => {
          const estate = policyEstate(text);
          const changes = changesOf(estate, picks);
          const { overlay, applied: changed } = overlayOfChanges(estate, changes);
          applied += changes.length - changed.unapplied.length;
          const overlaid = createAccessEngine(estate).withOverlay(overlay);
          const compiled = createAccessEngine(changed.estate);
          same(overlaid, compiled);
          const [first] = changed.estate.resources.flatMap(({ policies }) => [...(policies?.values() ?? [])]);
          const [statement] = first?.document.statements ?? [];
          if (first === undefined || statement === undefined) return;
          const further: Overlay = { removedStatements: new Set([evidenceKey(first, statement)]) };
          same(overlaid.withOverlay(further), compiled.withOverlay(further));
        },
      ),
      { numRuns: Math.ceil(runs.property / 4) },
    );
    expect(applied).toBeGreaterThan(runs.property / 8);
  }, 900_000);

  test("changes over changes count together", () => {
    const allow = (Action: string) => ({ Statement: [{ Effect: "Allow" as const, Action, Resource: "*" }] });
    const estate = policyEstate({
      accounts: { [world.a]: "none" },
      principals: { [names.ana]: { policies: [allow("s3:*")] }, [names.etl]: { policies: [allow("s3:*")] } },
      resources: { [world.bucket]: { kind: "s3:bucket", account: world.a, policy: null } },
    });
    const engine = createAccessEngine(estate);
    const policyOf = (id: string) => estate.principal(principalId(id))?.inline[0]?.name ?? "";
    const without = (id: string): Change => ({
      kind: "removeStatement",
      statement: { principal: principalId(id), policy: `inline/${policyOf(id)}` },
    });
    const once = engine.withOverlay(overlayOfChanges(engine.estate, [without(names.ana)]).overlay);
    const twice = once.withOverlay(overlayOfChanges(once.estate, [without(names.etl)]).overlay);
    const holders = (of: AccessEngine) =>
      [...of.whoCan("s3:PutBucketPolicy", world.bucket).allowed].map((index) => of.actors[index]);
    expect(holders(engine)).toEqual([names.etl, `arn:aws:iam::${world.a}:root`, names.ana].sort());
    expect(holders(once)).toEqual([names.etl, `arn:aws:iam::${world.a}:root`].sort());
    expect(holders(twice)).toEqual([`arn:aws:iam::${world.a}:root`]);
  });

  test("rights that no document held before are found", () => {
    const estate = policyEstate({
      accounts: { [world.a]: "none" },
      principals: { [names.ana]: {}, [names.etl]: {} },
      resources: { [world.bucket]: { kind: "s3:bucket", account: world.a, policy: null } },
    });
    const added: Change = {
      kind: "addStatement",
      principal: principalId(names.ana),
      policy: "new",
      document: documentOf("Allow", "s3:*", `${world.bucket}/new/*`),
    };
    const { overlay, applied } = overlayOfChanges(estate, [added]);
    const overlaid = createAccessEngine(estate).withOverlay(overlay);
    same(overlaid, createAccessEngine(applied.estate));
    const ana = overlaid.indexOf(principalId(names.ana)) ?? -1;
    expect(overlaid.whoCan("s3:GetObject", `${world.bucket}/new/x`).allowed.has(ana)).toBe(true);
    expect(overlaid.whoCan("s3:GetObject", `${world.bucket}/*`).allowed.has(ana)).toBe(true);
    expect(
      overlaid.holdersOnTargets("s3:GetObject", [`${world.bucket}/new/x`]).map(({ holder }) => holder),
    ).toContain(ana);
  });
});

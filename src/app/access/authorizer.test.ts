import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../../../test/settings.js";
import { isVisible } from "../../store/index.js";
import { routeActions } from "./actions.js";
import { createAuthorizer, isPolicyFault, type CaseAttributes } from "./authorizer.js";
import { cedarSchema } from "./cedar-schema.js";
import { shippedPolicies } from "./policy-files.js";
import type { Principal } from "./principal.js";

const nobody: Principal = {
  keys: [],
  teams: [],
  roles: [],
  everywhere: [],
  scopes: [],
  known: false,
  operator: false,
  method: "token",
};
const aCase: CaseAttributes = {
  id: "R-7K2Q",
  audience: ["everything", "team/a"],
  kind: "posture",
  status: "open",
  verdict: "possible",
  lead: "IDGOV",
  tier: 2,
  level: 0,
  severity: 4,
  open: true,
};
const shipped = createAuthorizer(shippedPolicies());

/** Policies of every form that a filter can be made of, so that the two ways to ask are compared in all of them. */
const odd = createAuthorizer([
  {
    name: "odd.cedar",
    text: `
    @id("a") permit (principal, action == Remit::Action::"seeCase", resource)
    when { resource.audience.containsAny(principal.keys) && resource.tier >= 1 };
    @id("b") permit (principal, action == Remit::Action::"seeCase", resource)
    when { principal.known && (resource.lead == "IDGOV" || !(resource.open)) } unless { resource.severity < 3 };
    @id("c") permit (principal, action == Remit::Action::"seeCase", resource)
    when { if principal.operator then 2 <= resource.tier else ["flaw", "secret"].contains(resource.kind) };
    @id("d") permit (principal, action == Remit::Action::"seeCase", resource)
    when { resource.audience.containsAll(["team/a", "team/b"]) || resource.level > 1 };
    @id("e") forbid (principal, action == Remit::Action::"seeCase", resource)
    when { resource.audience.contains("role/SECRET") && principal.teams.contains("a") };
    @id("f") forbid (principal, action == Remit::Action::"seeCase", resource)
    when { resource.status != "open" && resource.verdict == "none" && !principal.roles.contains("APP") };`,
  },
]);

const some = (...texts: string[]) => fc.uniqueArray(fc.constantFrom(...texts), { maxLength: 3 });
const principals = fc.record({
  keys: some("everything", "team/a", "team/b", "role/SECRET", "person/p-1"),
  teams: some("a", "b", "auditors"),
  roles: some("APP", "SECOPS", "IDGOV"),
  everywhere: some("SECOPS", "IDGOV"),
  scopes: some("read", "act", "import", "admin"),
  known: fc.boolean(),
  operator: fc.boolean(),
  method: fc.constantFrom("token", "oidc"),
});
const cases = fc.record({
  id: fc.constant("R-7K2Q"),
  audience: some("everything", "team/a", "team/b", "role/SECRET", "person/p-1"),
  kind: fc.constantFrom("posture", "flaw", "secret"),
  status: fc.constantFrom("open", "closed"),
  verdict: fc.constantFrom("none", "possible"),
  lead: fc.constantFrom("IDGOV", "APP"),
  tier: fc.integer({ min: 0, max: 3 }),
  level: fc.integer({ min: 0, max: 3 }),
  severity: fc.integer({ min: 0, max: 5 }),
  open: fc.boolean(),
});

test.each([
  ["that ship", shipped],
  ["of every form", odd],
])("lists show exactly the cases that policies %s let somebody see one by one", (_, authorizer) => {
  fc.assert(
    fc.property(principals, cases, (principal, one) => {
      const { status: state, ...row } = one;
      expect(isVisible(authorizer.visibleTo(principal), { ...row, state })).toBe(
        authorizer.judge(principal, "seeCase", one).allowed,
      );
    }),
    { numRuns: runs.property },
  );
});

describe("the policies that ship", () => {
  test("permit nothing to who holds nothing, on any route, and no scope lends another one's rights", () => {
    for (const [id, { on, group, estate }] of Object.entries(routeActions)) {
      if (group === "own") continue;
      const context = {
        actOnCase: { command: "claim", asked: false, fixer: false },
        issueToken: { forSelf: true, scopes: [] },
        erasePerson: { self: false },
        ...(estate === undefined ? {} : { [id]: { own: estate === "own" } }),
      }[id];
      const judge = (scopes: readonly string[]) =>
        shipped.judge({ ...nobody, scopes }, id, on === "case" ? aCase : undefined, context).allowed;
      const needed = { look: "read", act: "act", import: "import", administer: "admin" }[group];
      expect([id, judge([])]).toEqual([id, false]);
      expect([id, judge(["read", "act", "import", "admin"].filter((scope) => scope !== needed))]).toEqual([
        id,
        false,
      ]);
      expect([id, judge([needed])]).toEqual([id, estate !== "whole"]);
    }
    expect(shipped.judge({ ...nobody, scopes: ["admin"] }, "madeUp").allowed).toBe(false);
  });

  test("who asks does not approve, who fixes does not sign, whatever the rules of the case say (PR.AA-05, AC-5)", () => {
    const actor = { ...nobody, scopes: ["act"] };
    const act = (command: string, asked: boolean, fixer: boolean) =>
      shipped.judge(actor, "actOnCase", aCase, { command, asked, fixer });
    expect(act("approve", false, true)).toEqual({ allowed: true });
    expect(act("approve", true, false)).toEqual({ allowed: false, policies: ["requester-not-approver"] });
    for (const command of ["sign-risk", "waive-follow-up"]) {
      expect(act(command, false, true)).toEqual({ allowed: false, policies: ["fixer-not-signer"] });
      expect(act(command, true, false).allowed).toBe(true);
    }
  });

  test("auditors see every case and change nothing", () => {
    const auditor = { ...nobody, teams: ["auditors"], scopes: ["read", "act", "import", "admin"] };
    expect(shipped.visibleTo(auditor)).toEqual({ kind: "all" });
    const act = { command: "note", asked: false, fixer: false };
    expect(shipped.judge(auditor, "getCase", aCase).allowed).toBe(true);
    expect(shipped.judge(auditor, "actOnCase", aCase, act).allowed).toBe(false);
    expect(shipped.judge(auditor, "importDocuments").allowed).toBe(false);
  });

  test("a token for somebody else, or with more scopes than one has, is made by nobody but the operator", () => {
    const admin = { ...nobody, known: true, scopes: ["admin", "read"] };
    const issue = (who: Principal, forSelf: boolean, scopes: readonly string[]) =>
      shipped.judge(who, "issueToken", undefined, { forSelf, scopes }).allowed;
    expect(issue(admin, true, ["read"])).toBe(true);
    expect(issue(admin, false, ["read"])).toBe(false);
    expect(issue(admin, true, ["act"])).toBe(false);
    expect(issue({ ...admin, operator: true }, false, ["read"])).toBe(true);
  });

  test("nobody erases themselves", () => {
    const admin = { ...nobody, scopes: ["admin"] };
    const erase = (self: boolean) => shipped.judge(admin, "erasePerson", undefined, { self });
    expect([erase(false), erase(true)]).toEqual([
      { allowed: true },
      { allowed: false, policies: ["erase-not-oneself"] },
    ]);
  });

  test.each<[string, Partial<Principal>, boolean]>([
    ["security operations", { everywhere: ["SECOPS"] }, true],
    ["cloud operations", { everywhere: ["CLOUD_OPS"] }, true],
    ["who governs identities", { everywhere: ["IDGOV"] }, true],
    ["who may command", { keys: ["command"] }, true],
    ["auditors", { teams: ["auditors"] }, true],
    ["administrators", { scopes: ["read", "admin"] }, true],
    ["cloud operations of one account", { roles: ["CLOUD_OPS"], keys: ["role/CLOUD_OPS@aws:1"] }, false],
    ["a team of applications", { everywhere: ["APP"], roles: ["APP"] }, false],
    ["who answers for nothing", {}, false],
  ])("%s: asks about everything: %s", (_, holds, whole) => {
    const who = { ...nobody, scopes: ["read"], ...holds };
    for (const [id, { estate }] of Object.entries(routeActions)) {
      if (estate === undefined) continue;
      expect([id, shipped.judge(who, id, undefined, { own: true }).allowed]).toEqual([id, true]);
      expect([id, shipped.judge(who, id, undefined, { own: false }).allowed]).toEqual([id, whole]);
    }
  });

  test("policies/remit.cedarschema is what they are checked against: `node scripts/policies.mjs`", () => {
    expect(readFileSync(new URL("../../../policies/remit.cedarschema", import.meta.url), "utf8")).toBe(
      cedarSchema(),
    );
  });
});

test.each([
  ["what cannot be read", "permit (", "unexpected"],
  [
    "an attribute that does not exist",
    '@id("x") permit (principal, action, resource) when { principal.rank > 1 };',
    "rank",
  ],
  [
    "an action that does not exist",
    '@id("x") permit (principal, action == Remit::Action::"fly", resource);',
    "fly",
  ],
  ["a policy without a name", "permit (principal, action, resource);", "no name"],
  [
    "two of one name",
    '@id("x") permit (principal, action, resource); @id("x") forbid (principal, action, resource);',
    "two policies are named `x`",
  ],
  [
    "what lists cannot be filtered by",
    '@id("x") permit (principal, action == Remit::Action::"seeCase", resource) when { resource.lead like "ID*" };',
    "`x` asks something",
  ],
])("refused at the start: %s", (_, text, expected) => {
  let told: unknown;
  try {
    createAuthorizer([{ name: "x.cedar", text }]);
  } catch (error) {
    told = error;
  }
  expect(isPolicyFault(told)).toBe(true);
  expect((told as Error).message).toContain(expected);
});

import { expect, test } from "vitest";
import { emptyCatalogue, type Catalogue } from "../../core/accountability/index.js";
import type { CaseState } from "../../core/cases/index.js";
import type { Case } from "../../core/decision/index.js";
import { audienceOf, coveredBy } from "./audience.js";
import { principalOf } from "./principal.js";

const origin = { source: { path: "remit.yaml", digest: "0", kind: "catalogue" }, pointer: "" };
const now = "2026-11-22T12:00:00Z";
const people = ["ana", "ben", "cat", "dan", "eve", "fay"].map((id) => ({
  id,
  name: id,
  active: true,
  principals: [],
  origin,
}));
const catalogue = {
  ...emptyCatalogue,
  people: [...people, { ...people[0]!, id: "gus", leftAt: "2026-11-01", manager: "ana" }],
  teams: [
    { id: "secrets-1", roles: ["SECRETS"], scope: "aws:1", members: ["ana"], origin },
    { id: "secrets-2", roles: ["SECRETS"], scope: "aws:2", members: ["ben"], origin },
    { id: "buckets", roles: ["CLOUD_OPS"], scope: "resource:arn:aws:s3:::acme-*", members: ["fay"], origin },
  ],
  accounts: [{ id: "aws:1", owner: "cat", regulated: "unknown", origin }],
  workloads: [
    {
      id: "exports",
      match: { resources: ["arn:aws:s3:::acme-*"], principals: [], repositories: [] },
      facts: {},
      planes: { build: { owner: "dan", deputy: "gus" } },
      origin,
    },
  ],
  authorities: [
    { kind: "residual-risk", scope: "aws:1", holder: "eve", until: "2026-11-22", origin },
    { kind: "emergency", scope: "*", holder: "ben", until: "2026-11-21", origin },
  ],
  commanders: [{ person: "fay" }],
} as unknown as Catalogue;

const decided = {
  exposures: [{ id: "x", resource: "arn:aws:s3:::acme-exports", account: "aws:1" }],
  recreation: { paths: [] },
} as unknown as Case;
const state = {
  plan: {
    lead: "SECRETS",
    contain: { lead: "REVOKER", also: [] },
    trace: { lead: "SECRETS", also: [] },
    fix: [],
    steps: [],
    followUps: [],
    owners: [{ role: "VENDOR_MGR", people: ["p-00000001"], teams: ["vendors"] }],
    commanderRequired: true,
  },
  orders: [{ id: "O1", to: "APP", person: "p-00000002" }],
} as unknown as CaseState;

const audience = [...audienceOf(state, decided), ...coveredBy(catalogue, decided)];
const sees = (person: string, at = now, pseudonym = "p-none0000"): boolean =>
  principalOf({ catalogue, person, pseudonym, scopes: [], method: "token", now: at }).keys.some((key) =>
    audience.includes(key),
  );

test.each([
  ["ana", true, "her team holds a role of the case in its account"],
  ["ben", false, "his team holds it in another account, and his authority ran out yesterday (R62)"],
  ["cat", true, "owns the account"],
  ["dan", true, "owns a plane of the workload"],
  ["eve", true, "may sign a risk there until tonight (R60)"],
  ["fay", true, "her team's scope is the resource"],
  ["gus", false, "has left, deputy or not"],
])("%s sees the case: %s (%s)", (person, expected) => {
  expect(sees(person)).toBe(expected);
});

test("an authority ends by itself, and who is on the roster sees what needs a commander (R70)", () => {
  expect(sees("eve", "2026-11-23T00:00:00Z")).toBe(false);
  const roster = principalOf({
    catalogue,
    person: "fay",
    pseudonym: "p-none0000",
    scopes: [],
    method: "token",
    now,
  });
  expect(roster.keys).toContain("command");
  expect(audience).toContain("command");
});

test("who is answerable or has received an order is in it, by pseudonym, whatever their team (R71)", () => {
  expect(sees("nobody", now, "p-00000001")).toBe(true);
  expect(sees("nobody", now, "p-00000002")).toBe(true);
  expect(sees("nobody", now, "p-00000003")).toBe(false);
});

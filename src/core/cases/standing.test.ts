import { expect, test } from "vitest";
import { emptyCatalogue, type Catalogue } from "../accountability/index.js";
import type { Plan } from "./plan.js";
import { standingOf } from "./standing.js";

const origin = { source: { path: "remit.yaml", digest: "0", kind: "catalogue" }, pointer: "" };
const now = "2026-11-22T12:00:00Z";
const scope = {
  accounts: ["aws:1"],
  resources: [],
  principals: [],
  workloads: [],
  files: [],
  credentials: [],
};
const person = (id: string, more: object = {}) => ({
  id,
  name: id,
  active: true,
  principals: [],
  origin,
  ...more,
});
const catalogue: Catalogue = {
  ...emptyCatalogue,
  people: [
    person("ana"),
    person("ben", { leftAt: "2026-11-01", manager: "ana" }),
    person("cat", { leftAt: "2026-12-31" }),
  ],
  teams: [
    { id: "identity", roles: ["IDGOV"], members: ["inner"], origin },
    { id: "inner", roles: [], members: ["cat"], origin },
  ],
  authorities: [
    { kind: "emergency", scope: "*", holder: "ben", until: "2030-01-01", origin },
    { kind: "revoke", scope: "*", holder: "identity", until: "2030-01-01", origin },
  ],
};
const of = (id: string) =>
  standingOf({
    catalogue,
    person: id,
    pseudonym: (name) => `p-${name}`,
    plan: { owners: [] } as Partial<Plan> as Plan,
    scope,
    now,
  });

test("who has left by the day holds nothing, and whoever stands in inherits no authority (R47, ownership 6c)", () => {
  expect(of("ben")).toMatchObject({ active: false, roles: [], authorities: [] });
  expect(of("ana").authorities).toEqual([]);
});

test("a member of a team inside a team holds its roles and authorities; a last day ahead takes nothing away", () => {
  expect(of("cat")).toMatchObject({ active: true, roles: ["IDGOV"], authorities: [{ kind: "revoke" }] });
});

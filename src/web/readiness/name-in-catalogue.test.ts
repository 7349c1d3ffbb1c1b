import { parse } from "yaml";
import { expect, test } from "vitest";
import { withNamed } from "./name-in-catalogue.js";
import { canName } from "./nameable.js";

const text = `version: 1
workloads:
  - id: etl # moved in May
    planes: { build: { owner: data, deputy: j.ortiz }, runtime: { owner: cloud } }
authorities:
  - { kind: residual-risk, scope: "workload:etl", holder: c.dupont, deputy: r.silva, until: 2026-06-30 }
  - { kind: revoke, credential: trust, scope: "workload:etl", holder: l.meyer }
`;
const named = (naming: Parameters<typeof withNamed>[1]) => {
  const after = withNamed(text, naming);
  expect(after).toContain("# moved in May");
  return parse(after ?? "") as { workloads: unknown[]; authorities: unknown[] };
};

test("an authority that ran out is renewed in place, and a deputy who is not named any more is gone (R60)", () => {
  expect(
    named({ workload: "etl", duty: "residual-risk", person: "n.haddad", until: "2027-06-30" }).authorities,
  ).toEqual([
    { kind: "residual-risk", scope: "workload:etl", holder: "n.haddad", until: "2027-06-30" },
    { kind: "revoke", credential: "trust", scope: "workload:etl", holder: "l.meyer" },
  ]);
});

test("the right over one kind of credential is not taken for the right over all", () => {
  expect(named({ workload: "etl", duty: "revoke", person: "ana.ruiz" }).authorities).toHaveLength(3);
});

test("an owner of one plane leaves the other planes alone; a workload that was not named is added", () => {
  expect(named({ workload: "etl", duty: "run", person: "r.silva" }).workloads).toEqual([
    { id: "etl", planes: { build: { owner: "data", deputy: "j.ortiz" }, runtime: { owner: "r.silva" } } },
  ]);
  expect(named({ workload: "new", duty: "patch", person: "r.silva" }).workloads).toContainEqual({
    id: "new",
    planes: { build: { owner: "r.silva" } },
  });
  expect(canName("command")).toBe(false);
  expect(withNamed("- no map", { workload: "etl", duty: "run", person: "x" })).toBeUndefined();
});

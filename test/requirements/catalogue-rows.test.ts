import { describe, expect, test } from "vitest";
import { estateWith, finderOf, nothing, prod } from "../ownership.js";
import { origin } from "../decision/build.js";

/** Rows that rest on one line of the catalogue: who is found with it, and nobody without it. */
const people = "people: [ { id: ana }, { id: ben }, { id: cleo } ]";
const whoIs = (
  yaml: string,
  role: Parameters<ReturnType<typeof finderOf>["owners"]>[0],
  scope = { ...nothing, accounts: [prod] },
  estate = estateWith(),
): readonly string[] =>
  finderOf({ catalogue: `${people}\n${yaml}`, estate })
    .owners(role, scope)
    .answerables.map(({ person, team }) => person ?? team ?? "");

describe("before an incident", () => {
  test("R51: whoever answers for the access decisions of an account is its identity governance, before the team of all", () => {
    const teams = "teams: [ { id: everywhere, role: IDGOV, members: [ben] } ]";
    const account = (more: string) => `accounts: [ { id: "${prod}", owner: cleo ${more} } ]`;
    expect(whoIs(`${teams}\n${account(", accessDecisions: ana")}`, "IDGOV")).toEqual(["ana"]);
    expect(whoIs(`${teams}\n${account("")}`, "IDGOV")).toEqual(["ben"]);
  });
});

describe("third parties", () => {
  const scope = { ...nothing, accounts: [prod], workloads: ["shop"] };
  const vendor = (kind: string, match: string) =>
    `thirdParties: [ { id: maker, kind: ${kind}, manager: ana, contract: { clause: "1" }, match: ${match} } ]`;
  const job = (components: readonly string[]) =>
    estateWith(
      {},
      {
        workloads: [
          {
            id: "shop",
            name: "shop",
            runsAs: [],
            resources: [],
            exposed: false,
            components,
            facts: {},
            origin,
          },
        ],
      },
    );

  test("R77: outsourced development: whoever builds the workload is its third party", () => {
    const workloads = (more: string) =>
      `${vendor("outsourced", "{}")}\nworkloads: [ { id: shop, match: {} ${more} } ]`;
    expect(whoIs(workloads(", outsourced: maker"), "VENDOR_MGR", scope)).toEqual(["ana"]);
    expect(whoIs(workloads(""), "VENDOR_MGR", scope)).toEqual([]);
  });

  test("R77: a framework embedded in the workload: whoever makes it is its third party", () => {
    const yaml = vendor("vendor", '{ purls: ["pkg:npm/maker-*"] }');
    expect(whoIs(yaml, "VENDOR_MGR", scope, job(["pkg:npm/maker-core@2.1.0"]))).toEqual(["ana"]);
    expect(whoIs(yaml, "VENDOR_MGR", scope, job(["pkg:npm/other@2.1.0"]))).toEqual([]);
  });
});

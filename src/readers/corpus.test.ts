import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { corpusPath } from "../../test/corpus.js";
import { loadEstate } from "./load-estate.js";

describe("whole accounts", () => {
  const labs = readdirSync(corpusPath("estates", "labs")).filter((name) => !name.includes("."));

  it("has 63 labs", () => expect(labs).toHaveLength(63));

  it.each(labs)("%s is read without a rejection, every entity of its document", async (lab) => {
    const { estate, inputs, rejected } = await loadEstate([corpusPath("estates", "labs", lab)]);
    expect(rejected).toEqual([]);
    const raw = JSON.parse(
      readFileSync(corpusPath("estates", "labs", lab, "gaad-111111111111.json"), "utf8"),
    );
    const details = inputs.find((input) => input.kind === "aws-account-authorization-details");
    expect(details?.entities).toEqual({
      users: raw.UserDetailList.length,
      groups: raw.GroupDetailList.length,
      roles: raw.RoleDetailList.length,
      policies: raw.Policies.length,
    });
    expect(estate.principals).toHaveLength(
      raw.UserDetailList.length + raw.GroupDetailList.length + raw.RoleDetailList.length,
    );
    expect(estate.covers("iam", "aws:111111111111")).toBe(true);
  });

  it("reads the mid-size account whole", async () => {
    const { estate, inputs, rejected } = await loadEstate([corpusPath("estates", "cloudsplaining-example")]);
    expect(rejected).toEqual([]);
    expect(inputs.map((input) => [basename(input.document), input.entities])).toEqual([
      ["gaad.json", { users: 44, groups: 5, roles: 78, policies: 84 }],
    ]);
    expect(estate.covers("iam", "aws:200611803367")).toBe(true);
    expect(estate.principals.filter((item) => item.immutable !== undefined).length).toBeGreaterThan(0);
    expect(estate.managedPolicies.filter((item) => item.awsManaged).length).toBeGreaterThan(0);
  });
});

import { describe, expect, test } from "vitest";
import { corpusPath } from "../../../test/corpus.js";
import { readTexts } from "../../../test/read-texts.js";
import { loadEstate } from "../load-estate.js";
import { entityRef, refId } from "./entity-ref.js";

const component = (owner: string, more = ""): string => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: Etl
  annotations:
    github.com/project-slug: acme/etl
    aws.amazon.com/arns: arn:aws:s3:::acme-exports, arn:aws:iam::222222222222:role/etl
${more}spec: { type: service, owner: "${owner}" }
`;

describe("Backstage (ownership.md 6a)", () => {
  test("the team of the corpus: a group in one file, its users by memberOf, short and full", async () => {
    const { estate, rejected } = await loadEstate([
      corpusPath("estates", "documents", "backstage", "acme-team-a.yaml"),
    ]);
    expect(rejected).toEqual([]);
    expect(estate.teams).toMatchObject([
      {
        id: "team-a",
        parent: "backstage",
        members: [
          "breanna-davison@example.com",
          "guest@example.com",
          "janelle-dawe@example.com",
          "nigel-manning@example.com",
        ],
      },
    ]);
    // Backstage keeps no state of employment: nobody is known to be there.
    expect(estate.people.map(({ active }) => active)).toEqual(["unknown", "unknown", "unknown", "unknown"]);
    expect(estate.people[2]).toMatchObject({ name: "Janelle Dawe", origin: { line: 26 } });
  });

  test("an owner stands for the workload, the repository and the ARNs of the entity", async () => {
    const { estate } = await readTexts({ "catalog-info.yaml": component("team-a") });
    expect(estate.ownerships.map(({ subject, owner, ownerKind }) => [subject, owner, ownerKind])).toEqual([
      ["arn:aws:iam::222222222222:role/etl", "team-a", "team"],
      ["arn:aws:s3:::acme-exports", "team-a", "team"],
      ["repository:acme/etl", "team-a", "team"],
      ["workload:etl", "team-a", "team"],
    ]);
  });

  test.each([
    ["team-a", "team-a", "team"],
    ["group:default/team-a", "team-a", "team"],
    ["user:janelle.dawe", "janelle.dawe", "person"],
    ["payments/team-a", "payments/team-a", "team"],
  ])("the owner `%s` is the %s %s", async (written, owner, ownerKind) => {
    const { estate } = await readTexts({ "catalog-info.yaml": component(written) });
    expect(estate.ownerships[0]).toMatchObject({ owner, ownerKind });
  });

  test("a lost location is no lost owner, and is told", async () => {
    const text = component("team-a").replace(
      "  annotations:",
      '  annotations:\n    backstage.io/orphan: "true"',
    );
    const { estate } = await readTexts({ "catalog-info.yaml": text });
    expect(estate.ownerships[0]).toMatchObject({
      owner: "team-a",
      source: "Backstage component etl, orphaned",
    });
  });

  test("one broken entity is told with its line, the others are used", async () => {
    const { estate, rejected } = await readTexts({
      "catalog-info.yaml": `${component("team-a")}---\napiVersion: backstage.io/v1alpha1\nkind: [\n---\n${component("team-b").replaceAll("Etl", "billing")}`,
    });
    expect(rejected).toMatchObject([
      { reason: expect.stringContaining("not valid YAML") as string, line: 12 },
    ]);
    expect(new Set(estate.ownerships.map(({ owner }) => owner))).toEqual(new Set(["team-a", "team-b"]));
  });

  test("references: kind and namespace of the field where they are left out", () => {
    expect(entityRef("a/b/c", "group")).toBeUndefined();
    expect(refId(entityRef("User:Default/Ana", "group") ?? { kind: "", namespace: "", name: "" })).toBe(
      "ana",
    );
    expect(entityRef("team-a", "group", "payments")).toEqual({
      kind: "group",
      namespace: "payments",
      name: "team-a",
    });
  });
});

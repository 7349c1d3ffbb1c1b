import { expect, test } from "vitest";
import { corpusPath } from "../../../test/corpus.js";
import { readTexts } from "../../../test/read-texts.js";
import { loadEstate } from "../load-estate.js";

const user = (more: object): object => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  id: "u-1",
  userName: "Ana.Ruiz@example.com",
  displayName: "Ana Ruiz",
  ...more,
});

test("users and groups of the corpus, alone and in a list (RFC 7643)", async () => {
  const { estate, rejected } = await loadEstate([corpusPath("estates", "documents", "scim")]);
  expect(rejected).toEqual([]);
  expect(estate.people.map(({ id, active }) => [id, active])).toEqual([
    ["hubot@example.com", true],
    ["mlisa@example.com", true],
    ["mona.octocat@okta.example.com", true],
  ]);
  expect(estate.people[2]?.aliases).toContain("monalisa@octocat.github.com");
  expect(estate.teams).toMatchObject([{ id: "engineering", membersListed: true }]);
});

test.each([
  [{ active: true }, true],
  [{ active: false }, false],
  [{}, "unknown"],
])("%j: active is %s", async (more, active) => {
  const { estate } = await readTexts({ "user.json": JSON.stringify(user(more)) });
  expect(estate.people).toMatchObject([{ id: "ana.ruiz@example.com", name: "Ana Ruiz", active }]);
});

test("the manager of the enterprise extension", async () => {
  const extension = {
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { manager: { value: "U-9" } },
  };
  const { estate } = await readTexts({ "user.json": JSON.stringify(user(extension)) });
  expect(estate.people[0]?.manager).toBe("u-9");
});

test("of two pages that differ whoever is gone in one of them counts as gone", async () => {
  const { estate } = await readTexts({
    "a.json": JSON.stringify(user({ active: true })),
    "b.json": JSON.stringify(user({ active: false })),
  });
  expect(estate.people).toMatchObject([{ active: false, origin: { source: { kind: "scim-directory" } } }]);
});

test("a page of a longer list is told: absence from it says nothing", async () => {
  const page = {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: 250,
    Resources: [user({})],
  };
  const { rejected, estate } = await readTexts({ "page.json": JSON.stringify(page) });
  expect(rejected).toMatchObject([{ reason: "holds 1 of 250 entries" }]);
  expect(estate.people).toHaveLength(1);
});

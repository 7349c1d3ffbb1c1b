import { expect, test } from "vitest";
import { readTexts } from "../../../test/read-texts.js";

const table = `Email,Full Name,Employment Status,Leave Date,Manager Email,Team
Ana.Ruiz@example.com,Ana Ruiz,Active,,m.okafor@example.com,IAM Team;On Call
x.left@example.com,Xavier Left,Terminated,2026-06-20,m.okafor@example.com,IAM Team
m.okafor@example.com,Mary Okafor,on leave,20.06.2026,,
`;

test("a list of people: who is there, who left when, who manages them, in which teams", async () => {
  const { estate, rejected, inputs } = await readTexts({ "people.csv": table });
  expect(inputs).toMatchObject([{ kind: "people-list", entities: { people: 3, teams: 2 } }]);
  expect(estate.people).toMatchObject([
    { id: "ana.ruiz@example.com", active: true, manager: "m.okafor@example.com", origin: { line: 2 } },
    { id: "m.okafor@example.com", active: "unknown" },
    { id: "x.left@example.com", active: false, leftAt: "2026-06-20" },
  ]);
  expect(estate.teams.map(({ id, members }) => [id, members])).toEqual([
    ["iam-team", ["ana.ruiz@example.com", "x.left@example.com"]],
    ["on-call", ["ana.ruiz@example.com"]],
  ]);
  // What cannot be read is told with its line, and is unknown until then, never a guess.
  expect(rejected).toMatchObject([
    { line: 4, reason: "`on leave` does not say whether m.okafor@example.com is still there" },
    { line: 4, reason: "`20.06.2026` is no date in ISO 8601", hint: "write it as `2026-06-20`" },
  ]);
});

test("a table that speaks of users but not of staying or leaving is none", async () => {
  const { estate, notEstate } = await readTexts({
    "costs.csv": "Email,Name,Cost,Region\na@b.example,A,1,eu\n",
  });
  expect(estate.people).toEqual([]);
  expect(notEstate).toHaveLength(1);
});

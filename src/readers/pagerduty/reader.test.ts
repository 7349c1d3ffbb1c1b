import { expect, test } from "vitest";
import { corpusPath } from "../../../test/corpus.js";
import { readTexts } from "../../../test/read-texts.js";
import { loadEstate } from "../load-estate.js";

test("users, services and schedules of the corpus; a schedule without entries says what to fetch", async () => {
  const { estate, rejected, notEstate } = await loadEstate([corpusPath("estates", "documents", "pagerduty")]);
  expect(estate.people.map(({ name, active }) => [name, active])).toEqual([
    ["Earline Greenholt", "unknown"],
    ["Kyler Kuhn", "unknown"],
  ]);
  expect(estate.ownerships).toMatchObject([{ kind: "registry", owner: "engineering", ownerKind: "team" }]);
  expect(estate.teams).toMatchObject([{ id: "engineering", membersListed: false }]);
  expect(rejected).toMatchObject([{ hint: "fetch it with `since` and `until`, or list `oncalls`" }]);
  // Policies and bare names of teams say nothing that the other answers do not.
  expect(notEstate).toHaveLength(2);
});

test("who is on call, by policy, level and time; without an end always", async () => {
  const oncalls = [
    {
      user: { type: "user_reference", summary: "Ana Ruiz" },
      schedule: { summary: "Data" },
      escalation_policy: { summary: "Data Policy" },
      escalation_level: 1,
      start: "2026-11-22T06:00:00Z",
      end: "2026-11-22T18:00:00Z",
    },
    {
      user: { type: "user_reference", summary: "Mary Okafor" },
      schedule: null,
      escalation_policy: { summary: "Data Policy" },
      escalation_level: 2,
      start: null,
      end: null,
    },
  ];
  const { estate, rejected } = await readTexts({ "oncalls.json": JSON.stringify({ oncalls }) });
  expect(rejected).toEqual([]);
  expect(estate.shifts).toMatchObject([
    { person: "Mary Okafor", covers: ["data policy"], level: 2, until: "9999-12-31T00:00:00.000Z" },
    { person: "Ana Ruiz", covers: ["data", "data policy"], level: 1, until: "2026-11-22T18:00:00.000Z" },
  ]);
});

test("entries of a rendered schedule are shifts", async () => {
  const schedule = {
    type: "schedule",
    name: "Data",
    schedule_layers: [],
    final_schedule: {
      rendered_schedule_entries: [
        {
          start: "2026-11-22T06:00:00-05:00",
          end: "2026-11-22T18:00:00-05:00",
          user: { summary: "Ana Ruiz" },
        },
      ],
    },
  };
  const { estate } = await readTexts({ "schedule.json": JSON.stringify({ schedule }) });
  expect(estate.shifts).toMatchObject([{ person: "Ana Ruiz", from: "2026-11-22T11:00:00.000Z" }]);
});

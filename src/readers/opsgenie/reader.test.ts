import { expect, test } from "vitest";
import { readTexts } from "../../../test/read-texts.js";

test("the final timeline of a schedule: periods of people, not of gaps and teams", async () => {
  const timeline = {
    data: {
      _parent: { id: "1", name: "Data_schedule", enabled: true },
      finalTimeline: {
        rotations: [
          {
            name: "day",
            periods: [
              {
                startDate: "2026-11-22T06:00:00Z",
                endDate: "2026-11-22T18:00:00Z",
                type: "override",
                recipient: { type: "user", name: "ana.ruiz@example.com" },
              },
              {
                startDate: "2026-11-22T18:00:00Z",
                endDate: "2026-11-23T06:00:00Z",
                type: "default",
                recipient: { type: "none" },
              },
            ],
          },
        ],
      },
    },
  };
  const { estate, rejected } = await readTexts({ "timeline.json": JSON.stringify(timeline) });
  expect(rejected).toEqual([]);
  expect(estate.shifts).toMatchObject([
    { schedule: "Data_schedule", covers: ["data_schedule", "data"], person: "ana.ruiz@example.com" },
  ]);
});

test("a blocked login is gone, an open one says nothing", async () => {
  const data = [
    { id: "1", username: "Ana.Ruiz@example.com", fullName: "Ana Ruiz", blocked: false },
    { id: "2", username: "x.left@example.com", fullName: "Xavier Left", blocked: true },
  ];
  const { estate } = await readTexts({ "users.json": JSON.stringify({ data }) });
  expect(estate.people.map(({ id, active }) => [id, active])).toEqual([
    ["ana.ruiz@example.com", "unknown"],
    ["x.left@example.com", false],
  ]);
});

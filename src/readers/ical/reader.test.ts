import { describe, expect, test } from "vitest";
import { corpusPath } from "../../../test/corpus.js";
import { readTexts } from "../../../test/read-texts.js";
import { loadEstate } from "../load-estate.js";
import { zonedInstant } from "./zoned-instant.js";

const calendar = (...events: readonly string[]): string =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//test//EN",
    "X-WR-CALNAME:Data On-Call Schedule",
    ...events.map(
      (event) => `BEGIN:VEVENT\nUID:${event.slice(0, 20).length}-${event.length}\n${event}\nEND:VEVENT`,
    ),
    "END:VCALENDAR",
    "",
  ].join("\n");

const shiftsOf = async (text: string) => {
  const { estate, rejected } = await readTexts({ "oncall/data.ics": text });
  return { shifts: estate.shifts.map(({ person, from, until }) => [person, from, until]), rejected, estate };
};

describe("on-call calendars (RFC 5545)", () => {
  test("whoever attends has the shift; the summary where nobody attends", async () => {
    const { shifts, estate } = await shiftsOf(
      calendar(
        "SUMMARY:Data rotation\nATTENDEE:mailto:Ana.Ruiz@example.com\nDTSTART:20261122T060000Z\nDTEND:20261122T180000Z",
        "SUMMARY:On Call - Lin Meyer\nDTSTART:20261122T180000Z\nDTEND:20261123T060000Z",
      ),
    );
    expect(shifts).toEqual([
      ["ana.ruiz@example.com", "2026-11-22T06:00:00.000Z", "2026-11-22T18:00:00.000Z"],
      ["Lin Meyer", "2026-11-22T18:00:00.000Z", "2026-11-23T06:00:00.000Z"],
    ]);
    expect(estate.shifts[0]).toMatchObject({
      schedule: "Data On-Call Schedule",
      covers: ["data on-call schedule", "data"],
      origin: { line: 5 },
    });
  });

  test("a zone of the IANA database, with its summer time; a time in no zone is told and is no shift", async () => {
    const zoned = await shiftsOf(
      calendar(
        "SUMMARY:Ana\nDTSTART;TZID=Europe/Berlin:20261122T080000\nDTEND;TZID=Europe/Berlin:20261122T200000",
      ),
    );
    expect(zoned.shifts).toEqual([["Ana", "2026-11-22T07:00:00.000Z", "2026-11-22T19:00:00.000Z"]]);
    const floating = await shiftsOf(calendar("SUMMARY:Ana\nDTSTART:20261122T080000\nDTEND:20261122T200000"));
    expect(floating.shifts).toEqual([]);
    expect(floating.rejected).toMatchObject([
      { line: 5, reason: expect.stringMatching(/without a zone/) as string },
    ]);
    expect(
      zonedInstant({ year: 2026, month: 7, day: 1, hour: 8, minute: 0, second: 0 }, "Europe/Berlin"),
    ).toBe("2026-07-01T06:00:00.000Z");
    expect(
      zonedInstant({ year: 2026, month: 7, day: 1, hour: 8, minute: 0, second: 0 }, "Nowhere/X"),
    ).toBeUndefined();
  });

  test("a rotation turns, without the days that are taken out, and is bounded", async () => {
    const { shifts } = await shiftsOf(
      calendar(
        "SUMMARY:Ana\nDTSTART:20261120T060000Z\nDTEND:20261120T180000Z\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20261121T060000Z",
      ),
    );
    expect(shifts.map(([, from]) => from)).toEqual([
      "2026-11-20T06:00:00.000Z",
      "2026-11-22T06:00:00.000Z",
      "2026-11-23T06:00:00.000Z",
    ]);
    const endless = await shiftsOf(
      calendar("SUMMARY:Ana\nDTSTART:20261120T060000Z\nDTEND:20261120T180000Z\nRRULE:FREQ=SECONDLY"),
    );
    expect(endless.shifts.length).toBeLessThanOrEqual(2000);
    expect(endless.rejected).toMatchObject([
      { reason: expect.stringMatching(/later ones are not read/) as string },
    ]);
  });

  test("a cancelled event is none, a broken one is told with its line, the others are used", async () => {
    const { shifts, rejected } = await shiftsOf(
      calendar(
        "SUMMARY:Ana\nDTSTART:20261122T060000Z\nDTEND:20261122T180000Z\nSTATUS:CANCELLED",
        "SUMMARY:Ben\nDTSTART:20261301\nDTEND:20261302",
        "SUMMARY:Lin\nDTSTART:20261122T060000Z\nDTEND:20261122T180000Z",
      ),
    );
    expect(shifts.map(([person]) => person)).toEqual(["Lin"]);
    expect(rejected).toMatchObject([{ line: 12 }]);
  });

  test("the calendars of the corpus: what can be told is told, and nothing throws", async () => {
    const { inputs, rejected } = await loadEstate([corpusPath("estates", "documents", "ical")]);
    expect(inputs.map(({ kind, entities }) => [kind, entities["events"]])).toEqual([
      ["on-call-calendar", 2],
      ["on-call-calendar", 3],
      ["on-call-calendar", 2],
      ["on-call-calendar", 3],
    ]);
    expect(rejected.filter(({ document }) => document.endsWith("calendar-events.ics"))).toHaveLength(3);
  });
});

import { expect, test } from "vitest";
import { inZone } from "./zone.js";

test("a time is told in one's own zone too, with the day where it is another one", () => {
  expect(inZone("2026-11-22T09:14:00Z", "Europe/Berlin")).toBe("10:14 Berlin");
  expect(inZone("2026-07-22T09:14:00Z", "Europe/Berlin")).toBe("11:14 Berlin");
  expect(inZone("2026-11-22T23:30:00Z", "Asia/Tokyo")).toBe("2026-11-23 08:30 Tokyo");
  expect(inZone("2026-11-23T00:10:00Z", "America/New_York")).toBe("2026-11-22 19:10 New York");
});

test("UTC adds nothing to UTC, and what is no zone and no time is left out", () => {
  expect(inZone("2026-11-22T09:14:00Z", "UTC")).toBeUndefined();
  expect(inZone("2026-11-22T09:14:00Z", "Nowhere/Here")).toBeUndefined();
  expect(inZone("yesterday", "Europe/Berlin")).toBeUndefined();
});

import { describe, expect, test } from "vitest";
import {
  erasureOf,
  eventText,
  linkOf,
  verifyCase,
  verifyLedger,
  type LedgerEntry,
  type LedgerLink,
  type PeopleEvent,
} from "./index.js";

const erasure = { person: "p-leaver-00001", reason: "asked for it", by: "p-admin-000001" };
const at = (hour: number): string => `2026-11-22T${String(hour).padStart(2, "0")}:00:00.000Z`;

const made = (last: PeopleEvent | undefined, more: object = {}): PeopleEvent => {
  const event = erasureOf(last, { ...erasure, now: at(9), ...more });
  if ("rule" in event) throw new Error(event.text);
  return event;
};

function ledgerOf(...events: readonly PeopleEvent[]): readonly LedgerEntry[] {
  let last: LedgerLink | undefined;
  return events.map((event) => {
    last = linkOf(last, event);
    return { link: last, line: eventText(event) ?? "" };
  });
}

describe("what was done to the names behind pseudonyms", () => {
  test("is chained as cases are, of no case, and names nobody but pseudonyms", () => {
    const first = made(undefined);
    const second = made(first, { person: "p-leaver-00002", now: at(7) });
    // A clock that was set back puts nothing before what was there.
    expect([second.sequence, second.previous, second.at]).toEqual([2, first.hash, at(9)]);
    expect(verifyLedger(ledgerOf(first, second))).toMatchObject({ kind: "whole", events: 2, cases: 0 });
  });

  test("a changed byte is found at its place, also in the reason", () => {
    const [one, two] = ledgerOf(made(undefined), made(made(undefined), { person: "p-leaver-00002" }));
    const changed = { ...two!, line: two!.line.replace("asked for it", "nobody asked") };
    expect(verifyLedger([one!, changed])).toMatchObject({
      kind: "broken",
      at: { position: 2, because: "its hash is not that of its content" },
    });
  });

  test("it is no event of a case, and no event of a case is one of its own", () => {
    const event = made(undefined);
    expect(verifyCase([eventText(event) ?? ""])).toMatchObject({
      kind: "broken",
      at: { because: "it is an event of no case" },
    });
    const elsewhere = eventText({ ...event, case: "R-7K2Q" }) ?? "";
    expect(verifyCase([elsewhere])).toMatchObject({ kind: "broken" });
  });

  test.each([
    ["", "is empty"],
    ["x".repeat(5000), "5000 characters"],
    ["half \ud800", "no text"],
  ])("a reason that is none is refused: %s", (reason, because) => {
    const event = erasureOf(undefined, { ...erasure, reason, now: at(9) });
    expect("rule" in event ? event.text : "").toContain(because);
  });

  test("a secret in the reason is masked before anything keeps it", () => {
    const event = made(undefined, { reason: "see password=Planted-Secret-7391-Value" });
    expect(event.fact.reason).not.toContain("Planted-Secret-7391-Value");
  });
});

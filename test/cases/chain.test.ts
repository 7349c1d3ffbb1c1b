import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkpointOf,
  checkpointText,
  eventText,
  hashOf,
  linkOf,
  verifyCase,
  verifyLedger,
  type CaseEvent,
  type LedgerEntry,
  type LedgerLink,
} from "../../src/core/cases/index.js";
import { runs } from "../settings.js";
import { hours, plan, retest, teller } from "./build.js";

/** A case with every part of a life, short enough to look at. */
function lived(): readonly CaseEvent[] {
  const told = teller();
  told.system({ kind: "open", plan: plan() }, hours(0));
  told.does("p-soc", { kind: "note", text: "größer als ein Byte: → ✓ 𝄞" }, hours(1));
  told.does("p-cloud", { kind: "attest", step: "stop:CLOUD_OPS:close", text: "closed" }, hours(2));
  told.does(
    "p-vault",
    { kind: "finish-trace", causes: [{ what: "secret", id: "key of svc-batch" }] },
    hours(3),
  );
  told.does("p-soc", { kind: "appoint-commander", person: "p-chief", until: hours(20) }, hours(3));
  told.does("p-chief", { kind: "order", to: "SECRETS", action: "disable the key" }, hours(4));
  told.does("p-vault", { kind: "refuse-order", order: "O1", reason: "six people cut off" }, hours(5));
  told.system({ kind: "verify", retest: retest(hours(30)) }, hours(31));
  return told.events;
}

const linesOf = (events: readonly CaseEvent[]): readonly string[] =>
  events.map((event) => eventText(event) ?? "");

/** Two cases in one ledger, their events mixed. */
function ledger(): readonly LedgerEntry[] {
  const first = lived();
  const second = lived().map((event) => ({ ...event, case: "R-OTHER" }));
  const entries: LedgerEntry[] = [];
  let last: LedgerLink | undefined;
  const heads = new Map<string, string>();
  for (let index = 0; index < first.length; index += 1)
    for (const event of [first[index], second[index]]) {
      if (event === undefined) continue;
      const open = { ...event, previous: heads.get(event.case) ?? event.previous };
      const sealed = { ...open, hash: hashOf(open) ?? "" };
      heads.set(sealed.case, sealed.hash);
      last = linkOf(last, sealed);
      entries.push({ link: last, line: eventText(sealed) ?? "" });
    }
  return entries;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (raw: Uint8Array): string => new TextDecoder("utf-8").decode(raw);

/** The line with one byte changed. */
function damaged(line: string, at: number, to: number): string | undefined {
  const raw = bytes(line);
  const index = at % raw.length;
  if (raw[index] === to) return undefined;
  raw[index] = to;
  return text(raw);
}

describe("the chain of a case", () => {
  test("what was written is whole", () => {
    const events = lived();
    const check = verifyCase(linesOf(events));
    expect(check).toEqual({ kind: "whole", events });
  });

  test("any byte of any stored event that is changed is found, at that event", () => {
    const lines = linesOf(lived());
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.nat(), fc.nat(255), (index, at, to) => {
        const line = damaged(lines[index] ?? "", at, to);
        fc.pre(line !== undefined);
        const check = verifyCase(lines.with(index, line));
        expect(check).toMatchObject({ kind: "broken", at: { position: index + 1 } });
      }),
      { numRuns: runs.property * 5 },
    );
  });

  test("an event that is left out, doubled, moved or put at the end again is found", () => {
    const lines = linesOf(lived());
    fc.assert(
      fc.property(fc.nat(lines.length - 2), (index) => {
        expect(verifyCase(lines.toSpliced(index, 1))).toMatchObject({
          kind: "broken",
          at: { position: index + 1 },
        });
        expect(verifyCase(lines.toSpliced(index, 0, lines[index] ?? ""))).toMatchObject({
          kind: "broken",
          at: { position: index + 2 },
        });
        const swapped = lines.toSpliced(index, 2, lines[index + 1] ?? "", lines[index] ?? "");
        expect(verifyCase(swapped)).toMatchObject({ kind: "broken", at: { position: index + 1 } });
      }),
      { numRuns: runs.slowProperty },
    );
  });

  test("an event of an unknown kind, or with a field that nobody knows, is not believed", () => {
    const [first] = lived();
    const odd = (change: object): string => {
      const open = { ...first!, ...change };
      return eventText({ ...open, hash: hashOf(open) ?? "" }) ?? "";
    };
    expect(verifyCase([odd({ fact: { kind: "erased" } })])).toMatchObject({ kind: "broken" });
    expect(verifyCase([odd({ fact: { ...first!.fact, extra: 1 } })])).toMatchObject({
      at: { position: 1, because: "/fact/extra is not known" },
    });
    expect(verifyCase([odd({ version: 2 })])).toMatchObject({ at: { because: "/version is none of 1" } });
  });
});

describe("the chain over all cases", () => {
  test("what was written is whole, and checkpoints hold", () => {
    const entries = ledger();
    const checkpoint = checkpointOf(entries[4]?.link, hours(50));
    expect(verifyLedger(entries, [checkpoint, checkpointOf(entries.at(-1)?.link, hours(60))])).toEqual({
      kind: "whole",
      events: entries.length,
      cases: 2,
      head: entries.at(-1)?.link.hash,
      checkpoints: 2,
    });
    expect(checkpointText(checkpoint)).toBe(
      `{"at":"${hours(50)}","head":"${checkpoint.head}","position":5,"schema":"remit.checkpoint/1"}`,
    );
  });

  test("any changed byte is found at its event, also where its own chain was written anew", () => {
    const entries = ledger();
    fc.assert(
      fc.property(fc.nat(entries.length - 1), fc.nat(), fc.nat(255), (index, at, to) => {
        const entry = entries[index]!;
        const line = damaged(entry.line, at, to);
        fc.pre(line !== undefined);
        expect(verifyLedger(entries.with(index, { ...entry, line: line }))).toMatchObject({
          kind: "broken",
          at: { position: index + 1 },
        });
      }),
      { numRuns: runs.property },
    );
    // The last event of a case written anew, with a right hash: its own chain cannot tell, the ledger can.
    const last = entries.at(-1)!;
    const event = JSON.parse(last.line) as CaseEvent;
    const open = { ...event, at: hours(99) };
    const forged = eventText({ ...open, hash: hashOf(open) ?? "" }) ?? "";
    expect(verifyLedger(entries.with(-1, { ...last, line: forged }))).toMatchObject({
      at: { position: entries.length, because: "its link does not follow the one before" },
    });
  });

  test("an end that was cut off, or a whole that was written anew, is found by a signed checkpoint", () => {
    const entries = ledger();
    const checkpoint = checkpointOf(entries.at(-1)?.link, hours(60));
    expect(verifyLedger(entries.slice(0, -2), [checkpoint])).toMatchObject({
      at: {
        position: entries.length - 1,
        because: `a signed checkpoint names ${String(entries.length)} events: the end is missing`,
      },
    });
    const other = { ...checkpoint, head: "e".repeat(64) };
    expect(verifyLedger(entries, [other])).toMatchObject({ at: { position: entries.length } });
  });
});

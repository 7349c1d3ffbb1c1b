import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide, due, measuresOf, nextDueAt, statusAt, type CaseState } from "../../src/core/cases/index.js";
import { runs } from "../settings.js";
import { hours, people, plan, policy, retest, teller } from "./build.js";

const opened = () => {
  const told = teller();
  told.system({ kind: "open", plan: plan() }, hours(0));
  return told;
};

/** Notices about one thing, without what else is due. */
const about = (state: CaseState, now: string, id: string) =>
  due(state, now, policy)
    .filter((notice) => notice.about.startsWith(id))
    .map(({ kind, to }) => ({ kind, to }));

describe("R30: each track has its clock", () => {
  test("whoever holds the work is reminded, told when it is late, and then the next on the ladder", () => {
    const told = opened();
    expect(about(told.state, hours(10), "contain")).toEqual([]);
    expect(about(told.state, hours(25), "contain")).toEqual([{ kind: "reminder", to: ["p-iam"] }]);
    told.does("p-vault", { kind: "claim", track: "contain" }, hours(26));
    expect(about(told.state, hours(27), "contain")).toEqual([{ kind: "reminder", to: ["p-vault"] }]);
    expect(about(told.state, hours(73), "contain")).toEqual([{ kind: "late", to: ["p-vault"] }]);
    expect(about(told.state, hours(72 + 25), "contain")).toEqual([{ kind: "late", to: ["p-iam"] }]);
    expect(about(told.state, hours(72 + 49), "contain")).toEqual([{ kind: "late", to: ["p-cloud"] }]);
  });

  test("a notice is carried out once, however often it is delivered", () => {
    const told = opened();
    const [notice] = due(told.state, hours(73), policy).filter((item) => item.about.startsWith("contain"));
    expect(told.system({ kind: "tick", notice: notice!.id }, hours(73)).map(({ fact }) => fact.kind)).toEqual(
      ["escalated"],
    );
    expect(told.system({ kind: "tick", notice: notice!.id }, hours(73))).toEqual([]);
    expect(told.system({ kind: "tick", notice: "late|of another case" }, hours(73))).toEqual([]);
  });

  test("only a snapshot stops the clock of containment; what people say passes it to who brings the snapshot", () => {
    const told = opened();
    told.does("p-vault", { kind: "finish-contain", text: "key disabled" }, hours(3));
    expect(about(told.state, hours(73), "contain")).toEqual([{ kind: "late", to: ["p-cloud"] }]);
    told.system({ kind: "verify", retest: retest(hours(4)) }, hours(5));
    expect(about(told.state, hours(73), "contain")).toEqual([]);
  });

  test("a new analysis gives no more time, and may give less", () => {
    const told = opened();
    const later = (due: string) => ({
      ...plan(),
      tier: 3 as const,
      decidedAt: hours(10),
      clocks: [{ task: "contain" as const, due, rule: "default/1", because: "it can come back" }],
    });
    told.system({ kind: "redecide", plan: later(hours(900)) }, hours(10));
    expect(told.state.clocks[0]?.due).toBe(hours(72));
    told.system({ kind: "redecide", plan: later(hours(20)) }, hours(11));
    expect(told.state.clocks[0]?.due).toBe(hours(20));
    // The same decision again costs no event.
    expect(
      told.system({ kind: "redecide", plan: { ...later(hours(950)), decidedAt: hours(12) } }, hours(12)),
    ).toEqual([]);
  });

  test("R56: delayed work by owner and plane", () => {
    const told = opened();
    const { delays } = measuresOf(told.state, hours(410));
    expect(delays).toContainEqual(
      expect.objectContaining({ task: "contain", plane: "incident", role: "REVOKER", hours: 338 }),
    );
    expect(delays).toContainEqual(
      expect.objectContaining({
        task: "fix",
        item: "3:IDGOV:role",
        plane: "runtime",
        role: "IDGOV",
        hours: 10,
      }),
    );
  });
});

describe("R71: orders", () => {
  const ordered = () => {
    const told = opened();
    told.does("p-soc", { kind: "appoint-commander", person: "p-chief", until: hours(20) }, hours(0));
    told.does("p-chief", { kind: "order", to: "SECRETS", action: "disable the key" }, hours(1));
    return told;
  };

  test("silence is recorded and passed up the ladder, and stays visible after an answer", () => {
    const told = ordered();
    expect(about(told.state, hours(1.2), "O1")).toEqual([]);
    expect(about(told.state, hours(1.25), "O1")).toEqual([{ kind: "silence", to: ["p-cloud"] }]);
    const [notice] = due(told.state, hours(1.25), policy).filter((item) => item.kind === "silence");
    told.system({ kind: "tick", notice: notice!.id }, hours(1.25));
    expect(told.state.orders[0]).toMatchObject({ person: "p-cloud", silences: 1, answerBy: hours(1.5) });
    told.does("p-vault", { kind: "acknowledge-order", order: "O1" }, hours(1.6));
    expect(told.state.orders[0]).toMatchObject({ state: "acknowledged", silences: 1 });
    expect(about(told.state, hours(5), "O1")).toEqual([]);
  });

  test("a refusal needs a reason and climbs at once", () => {
    const told = ordered();
    expect(told.fails("p-vault", { kind: "refuse-order", order: "O1", reason: " " }, hours(2)).rule).toBe(
      "plain-text",
    );
    expect(told.fails("p-app", { kind: "refuse-order", order: "O1", reason: "no" }, hours(2)).rule).toBe(
      "order-addressed",
    );
    told.does("p-vault", { kind: "refuse-order", order: "O1", reason: "six people cut off" }, hours(2));
    expect(about(told.state, hours(2), "O1").map(({ kind }) => kind)).toContain("unanswered");
  });

  test("the ladder of an order that nobody answers has an end", () => {
    const told = ordered();
    for (let hour = 2; hour < 30; hour += 1)
      for (const notice of due(told.state, hours(hour), policy).filter((item) => item.kind === "silence"))
        told.system({ kind: "tick", notice: notice.id }, hours(hour));
    expect(told.state.orders[0]?.silences).toBeLessThanOrEqual(5);
    expect(due(told.state, hours(40), policy).filter((item) => item.kind === "silence")).toEqual([]);
  });

  test("R70, T5: the term ends by itself; then nobody orders, and somebody else is appointed", () => {
    const told = ordered();
    expect(
      told.fails("p-soc", { kind: "appoint-commander", person: "p-deputy", until: hours(30) }, hours(5)),
    ).toMatchObject({
      rule: "one-commander",
      people: ["p-chief"],
    });
    expect(told.fails("p-chief", { kind: "order", to: "IDGOV", action: "narrow" }, hours(21)).rule).toBe(
      "commander-orders",
    );
    const facts = told.does(
      "p-soc",
      { kind: "appoint-commander", person: "p-deputy", until: hours(40) },
      hours(21),
    );
    expect(facts.map(({ fact }) => fact.kind)).toEqual(["term-ended", "commander-appointed"]);
  });
});

describe("R61, R62: a signature ends, and with it what it held back", () => {
  const signed = () => {
    const told = opened();
    told.does(
      "p-soc",
      { kind: "request", asked: { kind: "control", text: "deny" }, reason: "interim", until: hours(600) },
      hours(1),
    );
    told.does("p-deputy", { kind: "approve", approval: "A1" }, hours(2));
    told.does(
      "p-soc",
      {
        kind: "request",
        asked: { kind: "residual-risk", text: "until migrated" },
        reason: "no patch",
        until: hours(500),
      },
      hours(3),
    );
    told.does(
      "p-risk",
      { kind: "sign-risk", approval: "A2", reason: "denied meanwhile", compensating: ["A1"] },
      hours(4),
    );
    return told;
  };

  test("it rests until then, and is open from the instant after, whether or not a job ran", () => {
    const { state } = signed();
    expect(statusAt(state, hours(500))).toBe("accepted");
    expect(statusAt(state, hours(500.001))).toBe("open");
    expect(
      due(state, hours(450), policy).map(({ kind, about: id }) => `${kind} ${id.split("|")[0] ?? ""}`),
    ).toEqual(["late notify", "ending A2", "ending A1"]);
    const after = due(state, hours(501), policy).map(
      ({ kind, about: id }) => `${kind} ${id.split("|")[0] ?? ""}`,
    );
    expect(after).toEqual(expect.arrayContaining(["lapse A2", "late contain", "late fix"]));
  });

  test("the end is written before anything else, also when the clock of the machine goes back", () => {
    const told = signed();
    const facts = told.does("p-soc", { kind: "note", text: "seen" }, hours(501));
    expect(facts.map(({ fact }) => fact.kind)).toEqual(["risk-lapsed", "noted"]);
    expect(told.state.status).toBe("open");
    const [note] = told.does("p-soc", { kind: "note", text: "and again" }, hours(10));
    expect(note?.at).toBe(hours(501));
    expect(statusAt(told.state, hours(10))).toBe("open");
  });

  test("a control that ends earlier does not carry it", () => {
    const told = opened();
    told.does(
      "p-soc",
      { kind: "request", asked: { kind: "control", text: "deny" }, reason: "interim", until: hours(100) },
      hours(1),
    );
    told.does("p-deputy", { kind: "approve", approval: "A1" }, hours(2));
    told.does(
      "p-soc",
      {
        kind: "request",
        asked: { kind: "residual-risk", text: "until migrated" },
        reason: "no patch",
        until: hours(500),
      },
      hours(3),
    );
    const sign = { kind: "sign-risk", approval: "A2", reason: "denied", compensating: ["A1"] } as const;
    expect(told.fails("p-risk", sign, hours(4)).rule).toBe("bound-approval");
    told.does("p-risk", { ...sign, until: hours(100) }, hours(4));
  });
});

describe("time as a whole", () => {
  test("between two looks nothing is missed: what becomes due is what `nextDueAt` announced", () => {
    const told = opened();
    told.does("p-soc", { kind: "dispute", ground: "wrong-verdict", reason: "the key is dead" }, hours(0));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 }), (hour) => {
        const now = hours(hour);
        const next = nextDueAt(told.state, now, policy);
        const just = new Date(Date.parse(next ?? hours(9000)) - 1).toISOString();
        const ids = (at: string): readonly string[] => due(told.state, at, policy).map(({ id }) => id);
        // Before that instant only what was due, and has not gone stale meanwhile.
        expect(ids(now)).toEqual(expect.arrayContaining([...ids(just)]));
        if (next !== undefined) expect(ids(next).some((id) => !ids(now).includes(id))).toBe(true);
      }),
      { numRuns: runs.property },
    );
  });

  test("the same state, command and context give the same events, byte for byte", () => {
    const told = opened();
    const context = { case: "R-TEST", now: hours(1), by: people[3]!, people, policy };
    const once = decide(told.state, { kind: "note", text: "seen" }, context);
    expect(JSON.stringify(decide(told.state, { kind: "note", text: "seen" }, context))).toBe(
      JSON.stringify(once),
    );
  });
});

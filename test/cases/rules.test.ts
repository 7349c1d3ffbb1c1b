import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  caseRules,
  commandKinds,
  decide,
  mostEvents,
  ownershipFeedback,
  type Command,
  type Refusal,
  type RuleName,
} from "../../src/core/cases/index.js";
import { runs } from "../settings.js";
import { hours, named, people, plan, policy, retest, teller } from "./build.js";

const opened = (more: Parameters<typeof plan>[0] = {}) => {
  const told = teller();
  told.system({ kind: "open", plan: plan(more) }, hours(0));
  return told;
};
type Told = ReturnType<typeof opened>;

const traced = (told: Told): Told => {
  told.does(
    "p-vault",
    { kind: "finish-trace", causes: [{ what: "secret", id: "key of svc-batch" }] },
    hours(1),
  );
  return told;
};
const controlled = (told: Told, by = "p-deputy"): Told => {
  const asked = { kind: "control", text: "deny on the write" } as const;
  told.does("p-soc", { kind: "request", asked, reason: "interim", until: hours(600) }, hours(1));
  told.does(by, { kind: "approve", approval: "A1" }, hours(1));
  return told;
};
const riskAsked = (told: Told): Told => {
  const asked = { kind: "residual-risk", text: "until migrated" } as const;
  told.does("p-soc", { kind: "request", asked, reason: "no patch", until: hours(500) }, hours(2));
  return told;
};
const durable = (told: Told): Told => {
  told.system({ kind: "verify", retest: retest(hours(5)) }, hours(6));
  told.does("p-iam", { kind: "finish-follow-up", name: "accessReview", evidence: "review" }, hours(7));
  told.does(
    "p-vault",
    { kind: "finish-follow-up", name: "secretRotation", evidence: "old value fails" },
    hours(7),
  );
  return told;
};
const close: Command = { kind: "close", reason: "over" };
const claim: Command = { kind: "claim", track: "contain" };
const revoke = "revoke:REVOKER:key";
const glass: Command = { kind: "break-glass", step: revoke, reason: "intruder active" };
const sign: Command = { kind: "sign-risk", approval: "A2", reason: "denied meanwhile", compensating: ["A1"] };

/** For every rule the shortest story that it stops, and nothing else would. */
const stops: Readonly<Record<RuleName, () => Refusal>> = {
  "case-exists": () => teller().fails("p-soc", { kind: "note", text: "x" }, hours(0)),
  "known-move": () => opened().fails("p-soc", { kind: "erase" } as unknown as Command, hours(1)),
  "known-thing": () => opened().fails("p-soc", { kind: "acknowledge-order", order: "O9" }, hours(1)),
  "plain-text": () => opened().fails("p-soc", { kind: "note", text: "a\u0000b" }, hours(1)),
  "readable-time": () =>
    opened().fails("p-soc", { kind: "appoint-commander", person: "p-chief", until: "tomorrow" }, hours(1)),
  "case-size": () => {
    const { state } = opened();
    const by = named("p-soc");
    const long = { ...state, sequence: mostEvents };
    const result = decide(
      long,
      { kind: "note", text: "x" },
      { case: "R-TEST", now: hours(1), by, people, policy },
    );
    if (result.kind === "accepted") throw new Error("a case without end");
    return result.refusal;
  },
  "plan-complete": () =>
    teller().fails(
      "system",
      {
        kind: "open",
        plan: plan({
          lead: "CLOUD_OPS",
          contain: { lead: "CLOUD_OPS", also: [] },
          trace: { lead: "CLOUD_OPS", also: [] },
          fix: [],
        }),
      },
      hours(0),
    ),
  "same-case": () =>
    opened().fails("system", { kind: "redecide", plan: plan({ decidedAt: hours(-9) }) }, hours(1)),
  "case-open": () => {
    const told = durable(traced(opened()));
    told.does("p-vault", close, hours(8));
    return told.fails("p-vault", claim, hours(9));
  },
  "active-person": () => opened().fails("p-gone", { kind: "note", text: "x" }, hours(1)),
  "role-needed": () => opened().fails("p-app", claim, hours(1)),
  "product-only": () => opened().fails("p-soc", { kind: "verify", retest: retest(hours(1)) }, hours(1)),
  "authority-needed": () => {
    const told = opened();
    const asked = { kind: "control", text: "deny" } as const;
    told.does("p-soc", { kind: "request", asked, reason: "interim", until: hours(90) }, hours(1));
    return told.fails("p-chief", { kind: "approve", approval: "A1" }, hours(1));
  },
  "requester-not-approver": () => {
    const told = opened();
    const asked = { kind: "control", text: "deny" } as const;
    told.does("p-deputy", { kind: "request", asked, reason: "interim", until: hours(90) }, hours(1));
    return told.fails("p-deputy", { kind: "approve", approval: "A1" }, hours(1));
  },
  "fixer-not-signer": () => {
    const told = riskAsked(controlled(opened()));
    told.does("p-risk", { kind: "start", track: "fix", item: "3:IDGOV:role" }, hours(3));
    return told.fails("p-risk", sign, hours(4));
  },
  "two-people": () => riskAsked(controlled(opened())).fails("p-deputy", sign, hours(4)),
  "bound-approval": () => {
    const told = controlled(opened());
    return told.fails("p-risk", { kind: "approve", approval: "A1" }, hours(2));
  },
  "control-first": () => {
    const told = riskAsked(controlled(opened()));
    return told.fails("p-risk", { ...sign, compensating: [] }, hours(4));
  },
  "contain-first": () =>
    riskAsked(controlled(opened({ fired: ["D2", "D7"] }))).fails("p-risk", sign, hours(4)),
  "accountable-stays": () => {
    const told = opened();
    told.does("p-soc", { kind: "appoint-commander", person: "p-chief", until: hours(9) }, hours(1));
    return told.fails(
      "p-chief",
      { kind: "assign", track: "fix", item: "1:SECRETS:key", person: "p-cloud" },
      hours(2),
    );
  },
  "not-theirs": () => {
    const told = opened();
    told.does("p-vault", { kind: "claim", track: "trace" }, hours(1));
    told.does(
      "p-vault",
      { kind: "dispute", ground: "not-mine", reason: "other team", place: { track: "trace" } },
      hours(2),
    );
    return told.fails("p-cloud", { kind: "assign", track: "trace", person: "p-vault" }, hours(3));
  },
  "trace-before-fix": () =>
    opened().fails("p-vault", { kind: "finish-fix", item: "1:SECRETS:key", text: "deleted" }, hours(1)),
  "order-of-work": () => opened().fails("p-vault", { kind: "attest", step: revoke, text: "done" }, hours(1)),
  "agreement-needed": () => {
    const told = opened();
    told.does("p-cloud", { kind: "attest", step: "stop:CLOUD_OPS:close", text: "closed" }, hours(1));
    return told.fails("p-vault", { kind: "attest", step: revoke, text: "done" }, hours(2));
  },
  "said-once": () => {
    const told = opened();
    told.does("p-vault", claim, hours(1));
    return told.fails("p-iam", claim, hours(2));
  },
  "one-commander": () => {
    const told = opened();
    told.does("p-chief", { kind: "appoint-commander", person: "p-chief", until: hours(9) }, hours(1));
    return told.fails("p-soc", { kind: "appoint-commander", person: "p-deputy", until: hours(9) }, hours(2));
  },
  "commander-on-roster": () =>
    opened().fails("p-soc", { kind: "appoint-commander", person: "p-iam", until: hours(9) }, hours(1)),
  "commander-orders": () =>
    opened().fails("p-soc", { kind: "order", to: "SECRETS", action: "delete" }, hours(1)),
  "order-addressed": () => {
    const told = opened();
    told.does("p-chief", { kind: "appoint-commander", person: "p-chief", until: hours(9) }, hours(1));
    told.does("p-chief", { kind: "order", to: "SECRETS", action: "delete" }, hours(1));
    return told.fails("p-app", { kind: "acknowledge-order", order: "O1" }, hours(1));
  },
  "handover-accepted": () => {
    const told = opened();
    told.does("p-chief", { kind: "appoint-commander", person: "p-chief", until: hours(9) }, hours(1));
    told.does("p-chief", { kind: "hand-over", to: "p-deputy" }, hours(1));
    return told.fails("p-soc", { kind: "accept-hand-over" }, hours(1));
  },
  "waiver-signed": () =>
    opened().fails("p-risk", { kind: "waive-follow-up", name: "accessReview", reason: "no time" }, hours(1)),
  "dispute-answerer": () => {
    const told = opened();
    told.does("p-iam", { kind: "dispute", ground: "wrong-verdict", reason: "key is dead" }, hours(1));
    return told.fails(
      "p-iam",
      { kind: "answer-dispute", dispute: "D1", upheld: true, reason: "so it is" },
      hours(2),
    );
  },
  "emergency-only": () => opened().fails("p-cloud", { ...glass, step: "stop:CLOUD_OPS:close" }, hours(1)),
  "glass-reviewed": () => {
    const told = traced(opened());
    told.does("p-vault", glass, hours(2));
    return durable(told).fails("p-vault", close, hours(8));
  },
  "newer-snapshot": () => opened().fails("system", { kind: "verify", retest: retest(hours(-1)) }, hours(1)),
  "proof-to-close": () => traced(opened()).fails("p-vault", close, hours(8)),
  "trace-to-close": () => durable(opened()).fails("p-vault", close, hours(8)),
  "follow-ups-to-close": () => {
    const told = traced(opened());
    told.system({ kind: "verify", retest: retest(hours(5)) }, hours(6));
    return told.fails("p-vault", close, hours(8));
  },
  "nothing-pending": () => riskAsked(durable(traced(opened()))).fails("p-vault", close, hours(8)),
};

describe("every rule stops a move, says why, and says what to do", () => {
  test.each(Object.entries(stops))("%s", (rule, story) => {
    const refusal = story();
    expect(refusal.rule).toBe(rule);
    expect(refusal.text).toMatch(/^[^A-Z]/);
    expect(`${refusal.text} ${refusal.todo}`).not.toMatch(/undefined|\[object/);
  });

  test("each rule names its requirement, or says that the reading is ours", () => {
    for (const { source } of Object.values(caseRules)) expect(source).not.toBe("");
  });
});

describe("who else can, and what follows", () => {
  test("R63: a broken glass lets exactly its step through, is told to others, and waits for a review", () => {
    const told = opened();
    told.does("p-cloud", { kind: "attest", step: "stop:CLOUD_OPS:close", text: "closed" }, hours(1));
    const [broken] = told.does("p-vault", glass, hours(2));
    expect(broken?.fact).toMatchObject({
      notice: ["EMERGENCY_APPROVER", "IC", "SECOPS"],
      reason: "intruder active",
    });
    expect(told.fails("p-iam", { kind: "attest", step: revoke, text: "done" }, hours(2)).rule).toBe(
      "agreement-needed",
    );
    told.does("p-vault", { kind: "attest", step: revoke, text: "key disabled" }, hours(2));
    told.does(
      "p-deputy",
      { kind: "review-glass", glass: "G1", justified: true, reason: "it was live" },
      hours(3),
    );
    expect(told.state.glass[0]?.review).toMatchObject({ by: "p-deputy", justified: true });
  });

  test("what a named authority refused is not overridden by breaking the glass, and no longer holds up what follows", () => {
    const told = traced(opened());
    told.does("p-cloud", { kind: "attest", step: "stop:CLOUD_OPS:close", text: "closed" }, hours(1));
    const asked = { kind: "step", step: revoke, of: "EMERGENCY_APPROVER" } as const;
    told.does("p-vault", { kind: "request", asked, reason: "key live", until: hours(9) }, hours(1));
    told.does("p-chief", { kind: "refuse", approval: "A1", reason: "payroll runs tonight" }, hours(2));
    expect(told.fails("p-vault", glass, hours(2))).toMatchObject({
      rule: "emergency-only",
      roles: ["EMERGENCY_APPROVER"],
    });
    told.does("p-vault", { kind: "attest", step: "trace:SECRETS:copies", text: "two copies" }, hours(3));
  });

  test("an authority that has ended agrees to nothing", () => {
    const told = opened();
    told.does("p-cloud", { kind: "attest", step: "stop:CLOUD_OPS:close", text: "closed" }, hours(1));
    const asked = { kind: "step", step: revoke, of: "EMERGENCY_APPROVER" } as const;
    told.does("p-iam", { kind: "request", asked, reason: "key live", until: hours(90) }, hours(2));
    told.does("p-chief", { kind: "approve", approval: "A1" }, hours(3));
    // The right of p-vault to revoke ended with 2026-11-24.
    expect(told.fails("p-vault", { kind: "attest", step: revoke, text: "done" }, hours(66)).rule).toBe(
      "authority-needed",
    );
    // The approval itself ends at hour 90.
    expect(told.fails("p-iam", { kind: "attest", step: revoke, text: "done" }, hours(91)).rule).toBe(
      "agreement-needed",
    );
  });

  test("R47: not mine, in one step: the fallback holds the clock, the answer passes the work on and is remembered", () => {
    const told = opened();
    told.does("p-vault", { kind: "claim", track: "trace" }, hours(1));
    const place = { track: "trace" } as const;
    told.does(
      "p-vault",
      { kind: "dispute", ground: "not-mine", reason: "moved in June", place, should: "SECOPS" },
      hours(2),
    );
    expect(told.state.work.find(({ track }) => track === "trace")).toMatchObject({ declined: ["p-vault"] });
    told.does(
      "p-cloud",
      { kind: "answer-dispute", dispute: "D1", upheld: true, reason: "right", person: "p-soc" },
      hours(3),
    );
    expect(told.state.work.find(({ track }) => track === "trace")).toMatchObject({ person: "p-soc" });
    expect(ownershipFeedback(told.state)).toEqual([
      { dispute: "D1", at: hours(3), role: "SECRETS", settledBy: "p-cloud", person: "p-vault", holds: false },
      { dispute: "D1", at: hours(3), role: "SECRETS", settledBy: "p-cloud", person: "p-soc", holds: true },
    ]);
  });

  test("who has left is stripped at once: work, command, requests and orders pass on", () => {
    const told = opened();
    told.does("p-soc", { kind: "appoint-commander", person: "p-chief", until: hours(20) }, hours(1));
    told.does("p-chief", { kind: "order", to: "SECRETS", person: "p-vault", action: "delete" }, hours(1));
    told.does("p-vault", claim, hours(1));
    const facts = told.system({ kind: "strip", person: "p-vault" }, hours(2)).map(({ fact }) => fact);
    expect(facts).toEqual([
      { kind: "released", track: "contain", person: "p-vault", because: "departed" },
      { kind: "order-silent", order: "O1", next: "p-cloud", answerBy: hours(2.25) },
    ]);
    told.system({ kind: "strip", person: "p-chief" }, hours(3));
    expect(told.state.commander).toBeUndefined();
    expect(told.system({ kind: "strip", person: "p-chief" }, hours(4))).toEqual([]);
  });

  test("R36: a closed case whose way back opens again reopens by itself; a missing document reopens nothing", () => {
    const told = durable(traced(opened()));
    told.does("p-vault", close, hours(8));
    told.system({ kind: "verify", retest: retest(hours(20), { exposures: [] }) }, hours(21));
    expect(told.state).toMatchObject({ status: "closed", verified: { outcome: { contained: "unknown" } } });
    const exposures = [{ id: "s3:acme-exports|s3.public", state: "fixed", verdict: "possible" }] as const;
    told.system({ kind: "verify", retest: retest(hours(30), { exposures }) }, hours(31));
    expect(told.state).toMatchObject({ status: "open", level: 1 });
    expect(told.events.at(-1)?.fact).toMatchObject({ kind: "reopened", because: "way-back" });
  });

  test("R36: a proof from before a reopening closes nothing, also within the same millisecond", () => {
    const told = durable(traced(opened()));
    told.does("p-vault", close, hours(8));
    told.does("p-soc", { kind: "reopen", reason: "the tip says otherwise" }, hours(8));
    expect(told.fails("p-vault", close, hours(8)).rule).toBe("proof-to-close");
    const ahead = retest(hours(90));
    expect(told.fails("system", { kind: "verify", retest: ahead }, hours(8)).rule).toBe("newer-snapshot");
  });

  test("R36: an exposure that moved to another case still has to be shown closed before this one closes", () => {
    const both = [
      { id: "s3:acme-exports|s3.public", state: "open" },
      { id: "s3:acme-reports|s3.public", state: "open" },
    ] as const;
    const told = traced(opened({ exposures: both }));
    const [first] = both;
    told.system(
      { kind: "redecide", plan: plan({ exposures: [first], tier: 3, decidedAt: hours(2) }) },
      hours(2),
    );
    durable(told);
    expect(told.state.verified?.outcome.contained).toBe("unknown");
    expect(told.fails("p-vault", close, hours(8))).toMatchObject({ rule: "proof-to-close" });
    const exposures = both.map(({ id }) => ({ id, state: "fixed", verdict: "none" }) as const);
    told.system({ kind: "verify", retest: retest(hours(9), { exposures }) }, hours(10));
    told.does("p-vault", close, hours(11));
  });

  test("D14: what people ran in an earlier round is run again in the next, in order", () => {
    const told = opened();
    told.does("p-cloud", { kind: "attest", step: "stop:CLOUD_OPS:close", text: "closed" }, hours(1));
    told.system({ kind: "verify", retest: retest(hours(5)) }, hours(6));
    const exposures = [{ id: "s3:acme-exports|s3.public", state: "open", verdict: "possible" }] as const;
    told.system({ kind: "verify", retest: retest(hours(7), { exposures }) }, hours(8));
    expect(told.state).toMatchObject({ recurrences: 1, level: 2, steps: [], proven: {} });
    expect(told.fails("p-iam", { kind: "attest", step: revoke, text: "done" }, hours(9)).rule).toBe(
      "order-of-work",
    );
    told.does("p-cloud", { kind: "attest", step: "stop:CLOUD_OPS:close", text: "closed again" }, hours(9));
  });

  test("R37: an interim item keeps a case from closing until a snapshot shows it solved durably", () => {
    const fix = plan().fix.map((item) => ({ ...item, interim: item.row === 1 }));
    const told = durable(traced(opened({ fix })));
    expect(told.fails("p-vault", close, hours(8)).text).toContain("interim: delete the key");
    told.system({ kind: "verify", retest: retest(hours(9), { durable: ["1:SECRETS:key"] }) }, hours(10));
    told.does("p-vault", close, hours(11));
  });

  test("secrets in the words of people are masked before anything keeps them", () => {
    const told = opened();
    const [event] = told.does(
      "p-soc",
      { kind: "note", text: "password=hunter2hunter2 in the log" },
      hours(1),
    );
    expect(JSON.stringify(event)).not.toContain("hunter2");
    expect(told.fails("p-soc", { kind: "note", text: "x".repeat(9000) }, hours(1)).rule).toBe("plain-text");
  });
});

describe("whatever comes in", () => {
  test("a value that is no command is refused and changes nothing; nothing is ever thrown", () => {
    const { state } = opened();
    const before = JSON.stringify(state);
    const field = fc.oneof(fc.string(), fc.constantFrom("contain", "A1", "O1", "p-soc"), fc.jsonValue());
    const value = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          kind: fc.constantFrom(...commandKinds),
          track: field,
          item: field,
          person: field,
          text: field,
          reason: field,
          until: field,
          asked: field,
          place: field,
          plan: field,
          retest: field,
        },
        { requiredKeys: ["kind"] },
      ),
    );
    fc.assert(
      fc.property(value, fc.constantFrom(...people), fc.boolean(), (command, person, system) => {
        const by = system ? { job: "test" } : person;
        const result = decide(state, command as Command, {
          case: "R-TEST",
          now: hours(1),
          by,
          people,
          policy,
        });
        if (result.kind === "refused") expect(Object.keys(caseRules)).toContain(result.refusal.rule);
        expect(JSON.stringify(state)).toBe(before);
      }),
      { numRuns: runs.property * 3 },
    );
  });
});

import { expect } from "vitest";
import {
  caseRules,
  foldAll,
  statusAt,
  verifyCase,
  eventText,
  type CaseEvent,
  type CaseFact,
  type CaseState,
  type Command,
  type Refusal,
  type Standing,
} from "../../src/core/cases/index.js";
import { stillHolds } from "../../src/core/accountability/index.js";
import { hours } from "./build.js";
import type { Model } from "./model.js";

type Kind = CaseFact["kind"];
type Of<K extends Kind> = CaseEvent & { readonly fact: Extract<CaseFact, { readonly kind: K }> };

const ofKind = <K extends Kind>(events: readonly CaseEvent[], ...kinds: readonly K[]): readonly Of<K>[] =>
  events.filter((event): event is Of<K> => (kinds as readonly Kind[]).includes(event.fact.kind));

const personOf = (event: CaseEvent): string => (event.by.kind === "person" ? event.by.person : "");

const authorityKinds: Readonly<Record<string, string>> = {
  REVOKER: "revoke",
  CC_APPROVER: "compensating-control",
  RISK_SIGNER: "residual-risk",
  PRIV_APPROVER: "privilege-change",
  EMERGENCY_APPROVER: "emergency",
};

const changing: readonly string[] = ["stop", "revoke", "rotate", "narrow"];

/** Work of containment or of the fix, by whom. */
function fixersOf(events: readonly CaseEvent[]): ReadonlySet<string> {
  const workers = events.filter(
    ({ fact }) =>
      (fact.kind === "attested" && changing.some((phase) => fact.step.startsWith(`${phase}:`))) ||
      ((fact.kind === "started" || fact.kind === "finished") && fact.track !== "trace"),
  );
  return new Set(workers.map(personOf));
}

/** As `expect`, for what is asked a hundred times per sequence. */
function must(holds: boolean | undefined, message: string): void {
  if (holds !== true) throw new Error(message);
}

/** Written from decision-rules.md over the events alone: nothing here asks the state what it thinks. */
export const invariants = {
  refusal(refusal: Refusal): void {
    must(Object.hasOwn(caseRules, refusal.rule), `no rule \`${refusal.rule}\``);
    must(refusal.text !== "" && refusal.todo !== "", `${refusal.rule} says nothing`);
  },

  step(
    model: Model,
    before: CaseState | undefined,
    fresh: readonly CaseEvent[],
    command: Command,
    known: readonly Standing[],
  ): void {
    const past = model.events.slice(0, model.events.length - fresh.length);
    fresh.forEach((event, index) => {
      const earlier = [...past, ...fresh.slice(0, index)];
      living(event, known);
      separated(event, earlier);
      commanded(event, earlier);
      proven(event, earlier);
    });
    const { state } = model;
    if (state === undefined) return;
    // R62: an expired approval never suppresses, whether or not the end was written down.
    must(statusAt(state, hours(24 * 365 * 5, model.now)) !== "accepted", "an expired signature suppresses");
    if (statusAt(state, model.now) === "accepted") {
      const signed = ofKind(model.events, "risk-signed").filter(({ fact }) =>
        stillHolds(fact.until, model.now),
      );
      expect(signed.length).toBeGreaterThan(0);
    }
    came(fresh, past);
    // A newer analysis gives no more time for what was running.
    if (
      before !== undefined &&
      before.sinceSequence === state.sinceSequence &&
      before.clocksOf === state.clocksOf
    )
      for (const clock of state.clocks) {
        const due = before.clocks.find(({ id }) => id === clock.id)?.due ?? null;
        must(due === null || (clock.due !== null && clock.due <= due), `${clock.id} got longer`);
      }
    // R72: an order moves no work. R40: what a ticket says changes nothing.
    if (before !== undefined && (command.kind === "order" || command.kind === "mirror")) {
      expect(state.work).toEqual(before.work);
      expect(state.plan).toEqual(before.plan);
      if (command.kind === "mirror" && fresh.every(({ fact }) => fact.kind === "mirrored"))
        expect(state.status).toBe(before.status);
    }
    // R30, R11: an owner for every task, one accountable for every item, a place of work for each.
    const places = state.work.map(({ track, item }) => item ?? track).join();
    must(places === ["contain", "trace", ...state.plan.fix.map(({ id }) => id)].join(), places);
    // A departed person holds no work and no command.
    for (const gone of model.left) {
      must(
        state.work.every((work) => work.person !== gone),
        `${gone} has left and holds work`,
      );
      must(state.commander?.person !== gone, `${gone} has left and commands`);
    }
  },

  end(model: Model): void {
    const lines = model.events.map((event) => eventText(event) ?? "");
    const check = verifyCase(lines);
    expect(check.kind).toBe("whole");
    // Replay of the stream, as it is stored, gives the same state.
    const replayed = check.kind === "whole" ? foldAll(check.events) : undefined;
    expect(replayed).toEqual(model.state);
  },
};

/** R10, D14: what was seen contained and is seen open again recurs at once, whoever looks. */
function came(fresh: readonly CaseEvent[], past: readonly CaseEvent[]): void {
  const [open] = ofKind(fresh, "verified").filter(({ fact }) => fact.outcome.contained === false);
  if (open === undefined) return;
  const round = past.findLastIndex(({ fact }) => fact.kind === "recurred");
  const contained = ofKind(past.slice(round + 1), "verified").some(
    ({ fact }) => fact.outcome.contained === true,
  );
  must(ofKind(fresh, "recurred").length === (contained ? 1 : 0), "open again, and nothing recurred");
}

/** No expired or departed authority: who acts is here, and wears a hat that they hold at that time. */
function living(event: CaseEvent, known: readonly Standing[]): void {
  if (event.by.kind !== "person") return;
  const { person, as } = event.by;
  const standing = known.find((item) => item.person === person);
  must(standing?.active, `${person} has left`);
  const kind = authorityKinds[as];
  if (kind !== undefined)
    must(
      standing?.authorities.some((held) => held.kind === kind && stillHolds(held.until, event.at)),
      `${person} has no live authority as ${as}`,
    );
  else if (as !== "IC" && as !== "MEMBER") must(standing?.roles.includes(as), `${person} is no ${as}`);
}

/** Requester is not approver, fixer is not risk signer, two people where the tier asks (PR.AA-05, AC-5). */
function separated(event: CaseEvent, earlier: readonly CaseEvent[]): void {
  const { fact } = event;
  const person = personOf(event);
  const plan = planAt(earlier);
  if (fact.kind === "approval-granted" || fact.kind === "approval-refused" || fact.kind === "risk-signed") {
    const asked = ofKind(earlier, "approval-requested").find((item) => item.fact.approval === fact.approval);
    expect(asked).toBeDefined();
    expect(personOf(asked!)).not.toBe(person);
    expect(asked!.fact.of).toBe(event.by.kind === "person" ? event.by.as : "");
    if (fact.kind !== "approval-refused") {
      expect(Date.parse(fact.until)).toBeGreaterThan(Date.parse(event.at));
      expect(Date.parse(fact.until)).toBeLessThanOrEqual(Date.parse(asked!.fact.until));
    }
  }
  if (fact.kind === "risk-signed") {
    expect(fixersOf(earlier)).not.toContain(person);
    // D13: on controls in force, at tier 2 and above answered for by somebody else.
    expect(fact.compensating.length).toBeGreaterThan(0);
    for (const id of fact.compensating) {
      const control = ofKind(earlier, "approval-granted").find((item) => item.fact.approval === id);
      expect(stillHolds(control!.fact.until, fact.until)).toBe(true);
      if (plan!.tier >= 2) expect(personOf(control!)).not.toBe(person);
    }
  }
  if (fixersOf([event]).size > 0) {
    const signed = ofKind(earlier, "risk-signed").filter((item) => stillHolds(item.fact.until, event.at));
    expect(signed.map(personOf)).not.toContain(person);
  }
  if (fact.kind === "cause-unknown-signed") expect(fixersOf(earlier)).not.toContain(person);
  if (fact.kind === "glass-reviewed") {
    const broken = ofKind(earlier, "glass-broken").find((item) => item.fact.glass === fact.glass);
    expect(personOf(broken!)).not.toBe(person);
  }
  if (fact.kind === "follow-up-waived") {
    expect(event.by).toMatchObject({ as: "RISK_SIGNER" });
    expect(fact.reason).not.toBe("");
    expect(fixersOf(earlier)).not.toContain(person);
  }
  if (fact.kind === "closed" && plan!.tier >= 2) expect(fixersOf(earlier)).not.toContain(person);
}

/** R70: one commander at a time, for a term; R71: only they order. */
function commanded(event: CaseEvent, earlier: readonly CaseEvent[]): void {
  const { fact } = event;
  const now = commanderAt(earlier);
  if (fact.kind === "commander-appointed") expect(now).toBeUndefined();
  if (fact.kind === "handover-accepted") expect(now).toBeDefined();
  if (fact.kind === "ordered" || fact.kind === "handover-offered" || fact.kind === "order-withdrawn") {
    expect(now?.person).toBe(personOf(event));
    expect(stillHolds(now!.until, event.at)).toBe(true);
  }
}

function commanderAt(
  events: readonly CaseEvent[],
): { readonly person: string; readonly until: string } | undefined {
  let now: { readonly person: string; readonly until: string } | undefined;
  for (const { fact } of events) {
    if (fact.kind === "commander-appointed") now = { person: fact.person, until: fact.until };
    else if (fact.kind === "handover-accepted" && now !== undefined) now = { ...now, person: fact.person };
    else if (fact.kind === "term-ended") now = undefined;
  }
  return now;
}

const planAt = (events: readonly CaseEvent[]) => ofKind(events, "opened", "redecided").at(-1)?.fact.plan;

/** R34, R36, R38, R40: what ends rests on a named or signed cause, on a snapshot, and on settled follow-ups. */
function proven(event: CaseEvent, earlier: readonly CaseEvent[]): void {
  const { fact } = event;
  const lastIndex = (...kinds: readonly Kind[]): number =>
    earlier.findLastIndex((item) => kinds.includes(item.fact.kind));
  const traced = lastIndex("traced", "cause-unknown-signed") > lastIndex("recurred", "opened");
  if (fact.kind === "finished" && fact.track === "fix") expect(traced).toBe(true);
  if (fact.kind === "closed") {
    expect(traced).toBe(true);
    const round = Math.max(lastIndex("opened"), lastIndex("reopened"), lastIndex("recurred"));
    const verified = lastIndex("verified");
    expect(verified).toBeGreaterThan(round);
    const last = earlier[verified];
    expect(last?.fact).toMatchObject({ outcome: { contained: true, fixed: true, durable: true } });
    const settled = ofKind(earlier.slice(round), "follow-up-done", "follow-up-waived").map(
      (item) => item.fact.name,
    );
    for (const { name, required } of planAt(earlier)?.followUps ?? [])
      if (required) expect(settled).toContain(name);
    const answers = ofKind(earlier, "dispute-answered").map((item) => item.fact.dispute);
    expect(ofKind(earlier, "disputed").every((item) => answers.includes(item.fact.dispute))).toBe(true);
  }
  if (fact.kind === "attested") {
    const step = planAt(earlier)?.steps.find(({ id }) => id === fact.step);
    const round = Math.max(lastIndex("opened"), lastIndex("reopened"), lastIndex("recurred"));
    for (const id of step?.after ?? []) {
      const ran = ofKind(earlier.slice(round), "attested").some((item) => item.fact.step === id);
      const blocked = ofKind(earlier, "approval-refused").length > 0;
      must(
        ran || blocked || planAt(earlier)?.steps.every((item) => item.id !== id),
        `${fact.step} before ${id}`,
      );
    }
    const needs = step?.requires.includes("EMERGENCY_APPROVER") === true;
    const agreed = ofKind(earlier, "approval-granted").some((item) => {
      const asked = ofKind(earlier, "approval-requested").find(
        (one) => one.fact.approval === item.fact.approval,
      );
      return (
        asked?.fact.asked.kind === "step" &&
        asked.fact.asked.step === fact.step &&
        stillHolds(item.fact.until, event.at)
      );
    });
    const broken = ofKind(earlier, "glass-broken").some(
      (item) => item.fact.step === fact.step && personOf(item) === personOf(event),
    );
    if (needs) expect(agreed || broken).toBe(true);
  }
}

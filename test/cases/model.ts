import fc from "fast-check";
import {
  commandKinds,
  decide,
  due,
  type CaseEvent,
  type CaseEventKind,
  type CaseState,
  type Command,
  type CommandKind,
  type Plan,
  type RuleName,
  type Standing,
} from "../../src/core/cases/index.js";
import { invariants } from "./invariants.js";
import { hours, people, plan, policy, retest, start } from "./build.js";

/** What the test knows of a case without asking the product: its events, and the time. */
export interface Model {
  state: CaseState | undefined;
  events: CaseEvent[];
  now: string;
  readonly left: Set<string>;
  readonly seen: Seen;
  readonly cast: Cast;
}

/** Decisions that a case may rest on, who is there, and who of them may leave. */
export interface Cast {
  readonly plans: readonly Plan[];
  readonly people: readonly Standing[];
  readonly leavers: readonly string[];
}

/** Over all sequences: per move how often it was made, what it wrote, and which rules stopped it. */
export type Seen = Map<
  CommandKind,
  { accepted: number; writes: Set<CaseEventKind>; stoppedBy: Set<RuleName> }
>;

export const newModel = (seen: Seen, cast: Cast = standard): Model => ({
  state: undefined,
  events: [],
  now: start,
  left: new Set(),
  seen,
  cast,
});

/** One random try: numbers that are turned into a command of the case as it is then. */
export interface Try {
  readonly kind: CommandKind;
  /** Instead of `kind` something that the case waits for, so that sequences get far. */
  readonly forward: boolean;
  /** Somebody for whom it works, if there is one; else whoever comes. */
  readonly apt: boolean;
  readonly who: number;
  readonly pick: number;
  readonly other: number;
  readonly hours: number;
}

export const tries: fc.Arbitrary<Try> = fc.record({
  kind: fc.constantFrom(...commandKinds),
  forward: fc.boolean(),
  apt: fc.boolean(),
  who: fc.nat(people.length - 1),
  pick: fc.nat(23),
  other: fc.nat(people.length - 1),
  hours: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 5, 30, 100, 700, -20),
});

const at = <Item>(items: readonly Item[], index: number): Item | undefined =>
  items.length === 0 ? undefined : items[index % items.length];

const plans: readonly Plan[] = [
  plan(),
  plan({ tier: 1, fired: ["D2"], lead: "IDGOV", trace: { lead: "IDGOV", also: [] } }),
  plan({ tier: 3, fired: ["D2", "D7", "D8"], contain: { lead: "SECOPS", also: ["REVOKER"] } }),
  plan({ fix: plan().fix.map((item) => ({ ...item, interim: item.row === 1 })) }),
];

// Few leave: else nobody is left to play.
const standard: Cast = { plans, people, leavers: ["p-app", "p-guest", "p-vault", "p-chief"] };

/** What a case waits for. */
function awaited(state: CaseState): readonly CommandKind[] {
  const asked = (kind: string, as: string): boolean =>
    state.approvals.some((item) => item.asked.kind === kind && item.state === as);
  const order = (as: string): boolean => state.orders.some((item) => item.state === as);
  const when = (holds: boolean, ...kinds: readonly CommandKind[]): readonly CommandKind[] =>
    holds ? kinds : [];
  return [
    ...when(state.commander === undefined, "appoint-commander"),
    ...when(state.commander !== undefined, "order", "hand-over"),
    ...when(state.handover !== undefined, "accept-hand-over", "accept-hand-over"),
    ...when(order("waiting"), "acknowledge-order", "refuse-order", "withdraw-order", "tick"),
    ...when(order("acknowledged"), "finish-order"),
    ...when(
      asked("residual-risk", "requested") && asked("control", "granted"),
      "sign-risk",
      "sign-risk",
      "sign-risk",
    ),
    ...when(
      state.approvals.some((item) => item.state === "requested"),
      "approve",
      "approve",
    ),
    ...when(
      state.disputes.some((item) => item.answer === undefined),
      "answer-dispute",
    ),
    ...when(
      state.glass.some((item) => item.review === undefined),
      "review-glass",
    ),
    ...when(state.trace.endedAt === undefined, "finish-trace"),
    ...when(state.verified?.outcome.durable === true, "close", "finish-follow-up", "waive-follow-up"),
    ...when(state.status === "closed", "reopen"),
    "verify",
    "request",
  ];
}

/** The command that a try comes to. */
export function commandOf(model: Model, attempt: Try): Command {
  const { state, now } = model;
  const { pick, other } = attempt;
  const kind =
    attempt.forward && state !== undefined ? (at(awaited(state), pick) ?? attempt.kind) : attempt.kind;
  const work = at(state?.work ?? [], pick);
  const place =
    work === undefined
      ? { track: "contain" as const }
      : { track: work.track, ...(work.item === undefined ? {} : { item: work.item }) };
  const step = at(state?.plan.steps ?? [], pick)?.id ?? "none";
  const approval = at(state?.approvals.toReversed() ?? [], pick >> 1)?.id ?? "A1";
  const order = at(state?.orders.toReversed() ?? [], pick >> 1)?.id ?? "O1";
  const { plans: decisions, people: all } = model.cast;
  const person = at(all, other)?.person ?? "p-gone";
  const until = hours(20 + (pick % 12) * 30, now);
  const reason = "because";
  switch (kind) {
    case "open":
      return { kind, plan: at(decisions, pick) ?? plan() };
    case "redecide":
      return {
        kind,
        plan: { ...shifted(at(decisions, pick) ?? plan(), other), decidedAt: now, analysis: `of ${now}` },
      };
    case "verify":
      return { kind, retest: retestOf(now, pick, state?.plan ?? plan()) };
    case "mirror":
      return { kind, system: "jira", key: "SEC-1", status: "Closed" };
    case "strip":
      return { kind, person };
    case "tick": {
      const notices = state === undefined ? [] : due(state, now, policy);
      return { kind, notice: at(notices, pick)?.id ?? "nothing" };
    }
    case "claim":
    case "give-back":
    case "start":
      return { kind, ...place };
    case "assign":
      return { kind, ...place, person };
    case "finish-contain":
      return { kind, text: "done" };
    case "finish-trace":
      return { kind, causes: pick % 4 === 3 ? [] : [{ what: "secret", id: "key of svc-batch" }] };
    case "sign-cause-unknown":
      return { kind, reason };
    case "finish-fix":
      return { kind, item: at(state?.plan.fix ?? [], pick)?.id ?? "none", text: "done" };
    case "attest":
      return { kind, step, text: "ran it" };
    case "finish-duty":
      return { kind, clock: at(state?.clocks ?? [], pick)?.id ?? "none", text: "sent" };
    case "finish-follow-up":
      return {
        kind,
        name: at(["accessReview", "secretRotation"] as const, pick) ?? "accessReview",
        evidence: "report",
      };
    case "waive-follow-up":
      return { kind, name: at(["accessReview", "secretRotation"] as const, pick) ?? "accessReview", reason };
    case "request":
      return { kind, asked: at(asked(step), pick) ?? { kind: "control", text: "deny" }, reason, until };
    case "approve":
      return { kind, approval };
    case "refuse":
      return { kind, approval, reason };
    case "withdraw":
      return { kind, approval };
    case "sign-risk": {
      const controls = state?.approvals.filter(
        (item) => item.asked.kind === "control" && item.state === "granted",
      );
      const signed = state?.approvals.find(
        (item) => item.asked.kind === "residual-risk" && item.state === "requested",
      );
      const ends = (controls ?? []).map((item) => item.until).sort()[0];
      return {
        kind,
        approval: signed?.id ?? approval,
        reason,
        compensating: pick === 0 ? [] : (controls ?? []).map(({ id }) => id),
        ...(ends === undefined || signed === undefined || ends > signed.until ? {} : { until: ends }),
      };
    }
    case "break-glass":
      return { kind, step, reason };
    case "review-glass":
      return { kind, glass: at(state?.glass ?? [], pick)?.id ?? "G1", justified: pick % 2 === 0, reason };
    case "declare-incident":
      return { kind, reason };
    case "appoint-commander":
      return { kind, person, until: hours(5 + (pick % 12) * 6, now) };
    case "hand-over":
      return { kind, to: person };
    case "accept-hand-over":
    case "end-term":
      return { kind };
    case "order":
      return { kind, to: at(["CLOUD_OPS", "SECRETS", "IDGOV"] as const, pick) ?? "SECRETS", action: "do it" };
    case "acknowledge-order":
      return { kind, order };
    case "refuse-order":
      return { kind, order, reason };
    case "finish-order":
      return { kind, order, text: "done" };
    case "withdraw-order":
      return { kind, order };
    case "dispute": {
      const ground = at(["not-mine", "wrong-verdict", "counter-evidence"] as const, pick) ?? "not-mine";
      return {
        kind,
        ground,
        reason,
        ...(ground === "not-mine" ? { place } : {}),
        ...(ground === "counter-evidence" ? { evidence: "digest" } : {}),
      };
    }
    case "answer-dispute": {
      const open = state?.disputes.find((item) => item.answer === undefined);
      return {
        kind,
        dispute: open?.id ?? "D1",
        upheld: pick % 2 === 0,
        reason,
        ...(pick % 3 === 0 ? { person } : {}),
      };
    }
    case "note":
      return { kind, text: "seen" };
    case "close":
      return { kind, reason };
    case "reopen":
      return { kind, reason };
  }
}

/** The same decision with clocks that end earlier or later. */
const shifted = (of: Plan, days: number): Plan => ({
  ...of,
  clocks: of.clocks.map((clock) => ({
    ...clock,
    due: clock.due === null ? null : hours((days - 4) * 24, clock.due),
  })),
});

const asked = (step: string) =>
  [
    { kind: "control", text: "deny on the policy write" },
    { kind: "residual-risk", text: "until the migration" },
    { kind: "step", step, of: "EMERGENCY_APPROVER" },
    { kind: "privilege-change", text: "drop a right" },
  ] as const;

/** Mostly good news, so that cases end; every fourth shows it open, coming back, or not at all. */
function retestOf(now: string, pick: number, decided: Plan) {
  const [state, verdict] = (
    [
      ["open", "possible"],
      ["gone", "possible"],
    ] as const
  )[pick] ?? ["fixed", "governed"];
  return retest(now, {
    exposures: pick === 2 ? [] : decided.exposures.map(({ id }) => ({ id, state, verdict })),
    revoked: decided.steps
      .filter(({ phase }) => phase === "revoke")
      .map(({ id }) => ({ step: id, done: true })),
    durable: pick > 5 ? decided.fix.map((item) => item.id) : [],
  });
}

const systemKinds: ReadonlySet<CommandKind> = new Set([
  "open",
  "redecide",
  "verify",
  "mirror",
  "strip",
  "tick",
]);

/** People as they are now: who was stripped has left. */
export const directory = (model: Model): readonly Standing[] =>
  model.cast.people.map((item) => (model.left.has(item.person) ? { ...item, active: false } : item));

/** Sends a try to the product and holds what comes back against the invariants. */
export function play(model: Model, attempt: Try): void {
  model.now = hours(attempt.hours, model.now);
  const command =
    model.state === undefined
      ? ({ kind: "open", plan: at(model.cast.plans, attempt.pick) ?? plan() } as const)
      : commandOf(model, attempt);
  if (command.kind === "strip" && !model.cast.leavers.includes(command.person)) return;
  const known = directory(model);
  const first = at(known, attempt.who);
  if (first === undefined) return;
  const actors =
    systemKinds.has(command.kind) && attempt.who !== 0
      ? [{ job: "test" } as const]
      : attempt.apt
        ? [first, ...known]
        : [first];
  for (const by of actors) {
    const context = { case: "R-TEST", now: model.now, by, people: known, policy };
    const before = model.state;
    const met = model.seen.get(command.kind) ?? { accepted: 0, writes: new Set(), stoppedBy: new Set() };
    model.seen.set(command.kind, met);
    const result = decide(before, command, context);
    if (result.kind === "refused") {
      met.stoppedBy.add(result.refusal.rule);
      invariants.refusal(result.refusal);
      continue;
    }
    met.accepted += 1;
    for (const { fact } of result.events) met.writes.add(fact.kind);
    if (command.kind === "strip") model.left.add(command.person);
    model.state = result.state;
    model.events.push(...result.events);
    invariants.step(model, before, result.events, command, known);
    return;
  }
}

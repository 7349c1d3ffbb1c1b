import {
  decide,
  defaultCasePolicy,
  type CaseEvent,
  type CaseState,
  type Command,
  type Hat,
  type Plan,
  type Refusal,
  type Retest,
  type Standing,
} from "../../src/core/cases/index.js";

/** A case put together from plain values: small enough to read, with everything that a rule looks at. */
export const start = "2026-11-22T08:00:00.000Z";
export const hours = (count: number, from = start): string =>
  new Date(Date.parse(from) + count * 3_600_000).toISOString();

export const policy = defaultCasePolicy;

export function plan(more: Partial<Plan> = {}): Plan {
  return {
    analysis: "a".repeat(64),
    snapshot: "b".repeat(64),
    decidedAt: start,
    rules: "remit-rules/1",
    fired: ["D2", "D3", "D11", "D12"],
    kind: "posture",
    severity: "high",
    tier: 2,
    level: 1,
    verdict: "possible",
    words: "yes, from outside",
    accessPathKey: "c".repeat(32),
    facts: { can_recur: true, privileged: true },
    exposures: [{ id: "s3:acme-exports|s3.public", state: "open" }],
    lead: "SECRETS",
    contain: { lead: "REVOKER", also: ["CLOUD_OPS"] },
    trace: { lead: "SECRETS", also: ["SECOPS"] },
    fix: [
      {
        id: "1:SECRETS:key",
        item: "delete the key",
        row: 1,
        accountable: "SECRETS",
        responsible: ["RUNTIME_OWNER"],
        interim: false,
      },
      {
        id: "3:IDGOV:role",
        item: "etl-admin: drop s3:PutBucket*",
        row: 3,
        accountable: "IDGOV",
        responsible: ["CLOUD_OPS"],
        interim: false,
      },
    ],
    steps: [
      {
        id: "stop:CLOUD_OPS:close",
        phase: "stop",
        role: "CLOUD_OPS",
        kind: "close-setting",
        title: "close the bucket",
        requires: [],
        after: [],
      },
      {
        id: "revoke:REVOKER:key",
        phase: "revoke",
        role: "REVOKER",
        kind: "revoke-credential",
        title: "disable the key",
        requires: ["EMERGENCY_APPROVER"],
        after: ["stop:CLOUD_OPS:close"],
      },
      {
        id: "trace:SECRETS:copies",
        phase: "trace",
        role: "SECRETS",
        kind: "review",
        title: "find every copy",
        requires: [],
        after: ["revoke:REVOKER:key"],
      },
    ],
    followUps: [
      { name: "accessReview", required: true, owner: "IDGOV" },
      { name: "secretRotation", required: true, owner: "SECRETS" },
      { name: "privilegeReduction", required: false, owner: "IDGOV" },
    ],
    commanderRequired: true,
    clocks: [
      { task: "contain", due: hours(72), rule: "default/1", because: "it can come back" },
      { task: "trace", due: hours(400), rule: "default/1", because: "the trace ends before the fix" },
      { task: "fix", due: hours(400), rule: "default/1", because: "durable fix after containment" },
      { task: "notify", due: hours(24), rule: "nis2/2022/2555", because: "early warning" },
    ],
    owners: [
      { role: "CLOUD_OPS", people: ["p-cloud"], teams: ["cloud-platform"] },
      { role: "EMERGENCY_APPROVER", people: ["p-chief", "p-deputy"], teams: [] },
      { role: "IC", people: ["p-chief"], teams: [] },
      { role: "IDGOV", people: ["p-iam"], teams: ["iam-team"] },
      { role: "REVOKER", people: ["p-iam", "p-vault"], teams: [] },
      { role: "RUNTIME_OWNER", people: ["p-cloud"], teams: ["cloud-platform"] },
      { role: "SECOPS", people: ["p-soc"], teams: [] },
      { role: "SECRETS", people: ["p-vault"], teams: ["vault-team"] },
      { role: "CC_APPROVER", people: ["p-risk", "p-deputy"], teams: [] },
      { role: "RISK_SIGNER", people: ["p-deputy", "p-risk"], teams: [] },
    ],
    ...more,
  };
}

const until = "2030-12-31";
const person = (id: string, roles: Standing["roles"], more: Partial<Standing> = {}): Standing => ({
  person: id,
  active: true,
  roles,
  authorities: [],
  commander: false,
  ...more,
});

/** Who is who. `p-vault` holds a right to revoke that ends early; `p-gone` has left. */
export const people: readonly Standing[] = [
  person("p-cloud", ["CLOUD_OPS", "PLATFORM", "RUNTIME_OWNER"]),
  person("p-iam", ["IDGOV"], {
    authorities: [
      { kind: "revoke", until },
      { kind: "privilege-change", until },
    ],
  }),
  person("p-vault", ["SECRETS"], { authorities: [{ kind: "revoke", until: "2026-11-24" }] }),
  person("p-soc", ["SECOPS", "INCIDENT_OWNER"]),
  person("p-app", ["APP"]),
  person("p-chief", [], { authorities: [{ kind: "emergency", until }], commander: true }),
  person("p-deputy", ["CLOUD_OPS"], {
    authorities: [
      { kind: "emergency", until },
      { kind: "residual-risk", until },
      { kind: "compensating-control", until },
    ],
    commander: true,
  }),
  person("p-risk", ["IDGOV"], {
    authorities: [
      { kind: "residual-risk", until: "2027-03-31" },
      { kind: "compensating-control", until },
    ],
  }),
  person("p-gone", ["IDGOV", "SECRETS"], { active: false, authorities: [{ kind: "residual-risk", until }] }),
  person("p-guest", []),
];

export const named = (id: string): Standing => {
  const found = people.find((item) => item.person === id);
  if (found === undefined) throw new Error(`nobody is called ${id}`);
  return found;
};

export interface Told {
  readonly state: CaseState | undefined;
  readonly events: readonly CaseEvent[];
  readonly refusal?: Refusal;
}

/** A case that is told move by move, with who makes each and how many hours after the start. */
export function teller(directory: readonly Standing[] = people) {
  let state: CaseState | undefined;
  let events: readonly CaseEvent[] = [];
  const send = (by: Standing | { readonly job: string }, command: Command, now: string): Told => {
    const result = decide(state, command, { case: "R-TEST", now, by, people: directory, policy });
    if (result.kind === "refused") return { state, events: [], refusal: result.refusal };
    ({ state } = result);
    events = [...events, ...result.events];
    return { state, events: result.events };
  };
  const who = (id: string): Standing => {
    const found = directory.find((item) => item.person === id);
    if (found === undefined) throw new Error(`nobody is called ${id}`);
    return found;
  };
  return {
    /** Must be accepted. */
    does(id: string, command: Command, now: string): readonly CaseEvent[] {
      const told = send(who(id), command, now);
      if (told.refusal !== undefined) throw new Error(`${command.kind}: ${JSON.stringify(told.refusal)}`);
      return told.events;
    },
    system(command: Command, now: string): readonly CaseEvent[] {
      const told = send({ job: "test" }, command, now);
      if (told.refusal !== undefined) throw new Error(`${command.kind}: ${JSON.stringify(told.refusal)}`);
      return told.events;
    },
    /** Must be refused. */
    fails(id: string, command: Command, now: string): Refusal {
      const told = send(id === "system" ? { job: "test" } : who(id), command, now);
      if (told.refusal === undefined) throw new Error(`${command.kind} by ${id} was accepted`);
      return told.refusal;
    },
    get state(): CaseState {
      if (state === undefined) throw new Error("no case yet");
      return state;
    },
    get events() {
      return events;
    },
  };
}

export function retest(observedAt: string, more: Partial<Retest> = {}): Retest {
  return {
    snapshot: `snapshot of ${observedAt}`,
    analysis: `analysis of ${observedAt}`,
    observedAt,
    exposures: [{ id: "s3:acme-exports|s3.public", state: "fixed", verdict: "none" }],
    revoked: [{ step: "revoke:REVOKER:key", done: true }],
    durable: [],
    missing: [],
    ...more,
  };
}

export type { Hat };

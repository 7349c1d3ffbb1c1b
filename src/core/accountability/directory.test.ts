import { describe, expect, test } from "vitest";
import { bucket, catalogueOf, estateWith, finderOf, nothing, now, prod } from "../../../test/ownership.js";
import type {
  DirectoryPerson,
  DirectoryTeam,
  EstateFacts,
  OnCallShift,
  OwnershipStatement,
} from "../estate/index.js";
import { departuresOf, withDepartures, type OwnershipScope, type Role } from "./index.js";

const origin = (path: string) => ({ source: { path, digest: "0", kind: "test", observedAt: now } });
const person = (id: string, more: Partial<DirectoryPerson> = {}): DirectoryPerson => ({
  id,
  aliases: [],
  active: true,
  origin: origin("scim.json"),
  ...more,
});
const team = (id: string, members: readonly string[]): DirectoryTeam => ({
  id,
  aliases: [],
  members,
  membersListed: true,
  origin: origin("scim.json"),
});
const statement = (owner: string, more: Partial<OwnershipStatement> = {}): OwnershipStatement => ({
  kind: "registry",
  subject: "workload:etl",
  owner,
  source: "Backstage component etl",
  origin: origin("catalog-info.yaml"),
  ...more,
});
const shift = (who: string, more: Partial<OnCallShift> = {}): OnCallShift => ({
  schedule: "data",
  covers: ["etl"],
  person: who,
  from: "2026-11-22T06:00:00Z",
  until: "2026-11-22T18:00:00Z",
  level: 1,
  origin: origin("oncalls.json"),
  ...more,
});

const scope: OwnershipScope = { ...nothing, accounts: [prod], resources: [bucket], workloads: ["etl"] };

function ask(role: Role, facts: Partial<EstateFacts>, catalogue?: string) {
  const finder = finderOf({
    estate: estateWith({ resources: { [bucket]: { account: "222222222222" } } }, facts),
    ...(catalogue === undefined ? {} : { catalogue }),
  });
  return { ...finder.owners(role, scope), why: finder.explainOwner(role, scope) };
}

describe("registries, namespaces and on call as evidence (ownership.md 6b)", () => {
  test.each([
    ["registry", "APP", 0.85],
    ["annotation", "APP", 0.75],
    ["annotation", "RUNTIME_OWNER", 0.75],
    ["namespace", "RUNTIME_OWNER", 0.5],
  ] as const)("a %s counts %s for %s", (kind, role, score) => {
    const { why } = ask(role, { ownerships: [statement("team-a", { kind })] });
    expect(why.candidates).toMatchObject([{ candidate: "team-a", score }]);
  });

  test("the owner of a namespace is the runtime owner, never the build owner", () => {
    const { why, gap } = ask("APP", { ownerships: [statement("team-a", { kind: "namespace" })] });
    expect(why.candidates).toEqual([]);
    expect(gap).toContain("nobody found");
  });

  test("an inventory and an annotation are one class and count once; on call is another", () => {
    const facts = {
      people: [person("ana@example.com")],
      ownerships: [statement("ana@example.com", { kind: "annotation" }), statement("ana@example.com")],
      shifts: [shift("ana@example.com")],
    };
    const { why } = ask("RUNTIME_OWNER", facts);
    // 1 − (1 − 0.85)(1 − 0.60)
    expect(why.candidates).toMatchObject([{ score: 0.94 }]);
    expect(why.candidates[0]?.evidence.filter((item) => item.capped !== undefined)).toHaveLength(1);
  });

  test("nothing of it overrides the catalogue, and it is shown beside", () => {
    const { answerables, why } = ask(
      "APP",
      { ownerships: [statement("team-a")] },
      `people: [ { id: ben } ]
teams: [ { id: data, role: APP, members: [ben] } ]
workloads: [ { id: etl, planes: { build: data } } ]`,
    );
    expect(answerables).toMatchObject([{ person: "ben", inferred: false }]);
    expect(why).toMatchObject({ decidedBy: "catalogue", candidates: [{ candidate: "team-a" }] });
  });

  test("on call answers now: not before, not after, and the first level before the second", () => {
    const at = (facts: readonly OnCallShift[]) =>
      ask("RUNTIME_OWNER", { people: [person("ana@example.com")], shifts: facts }).why.candidates.map(
        ({ candidate }) => candidate,
      );
    expect(at([shift("ana@example.com")])).toEqual(["ana@example.com"]);
    expect(at([shift("ana@example.com", { until: "2026-11-22T12:00:00Z" })])).toEqual([]);
    expect(at([shift("ana@example.com", { from: "2026-11-22T12:00:01Z" })])).toEqual([]);
    expect(at([shift("b.two@example.com", { level: 2 }), shift("ana@example.com")])).toEqual([
      "ana@example.com",
    ]);
    expect(at([shift("ana@example.com", { covers: ["billing"] })])).toEqual([]);
    // A calendar holds any text; a name that nobody is known by names nobody.
    expect(at([shift("New Year")])).toEqual([]);
  });

  test("a service is answered by its escalation policy", () => {
    const facts = {
      shifts: [shift("ana@example.com", { covers: ["data policy"] })],
      onCallServices: [{ service: "etl", calls: "data policy", origin: origin("services.json") }],
    };
    expect(ask("RUNTIME_OWNER", facts).why.candidates).toMatchObject([{ score: 0.6 }]);
    expect(ask("RUNTIME_OWNER", { shifts: facts.shifts }).why.candidates).toEqual([]);
  });
});

describe("a team resolves to whoever is on call (R47)", () => {
  const catalogue = `people:
  - { id: head }
  - { id: ana, name: Ana Ruiz }
  - { id: gone, active: false }
teams: [ { id: data, role: APP, head: head, members: [ana], onCall: { ical: oncall/data.ics } } ]`;
  const calendar = (who: string, more: Partial<OnCallShift> = {}): OnCallShift =>
    shift(who, { covers: [], origin: origin("in/oncall/data.ics"), ...more });
  const answered = (...shifts: readonly OnCallShift[]) => ask("APP", { shifts }, catalogue).answerables;

  test("now, before the head; nobody else's calendar, no other time, nobody who has left", () => {
    expect(answered(calendar("Ana Ruiz"))).toMatchObject([{ person: "ana", team: "data" }]);
    expect(answered(calendar("Ana Ruiz"))[0]?.via).toContain("on call");
    for (const other of [
      calendar("Ana Ruiz", { origin: origin("in/oncall/other.ics") }),
      calendar("Ana Ruiz", { until: "2026-11-22T11:00:00Z" }),
      calendar("gone"),
      calendar("New Year's Day"),
    ])
      expect(answered(other)).toMatchObject([{ person: "head" }]);
  });
});

describe("directories say who is there (ownership.md 6a, 6c)", () => {
  test("a person whom a directory lists as gone owns nothing, with the document that says so", () => {
    const { answerables, why } = ask("APP", {
      ownerships: [statement("ana@example.com")],
      people: [person("ana@example.com", { active: false })],
    });
    expect(answerables).toEqual([]);
    expect(why.rejected).toContainEqual({
      candidate: "ana@example.com",
      reason: "ana@example.com has left (scim.json)",
    });
  });

  test.each([
    ["2026-11-21", []],
    ["2026-11-22", ["ana@example.com"]],
  ])("who leaves on %s owns until the end of that day", (leftAt, owners) => {
    const { why } = ask("APP", {
      ownerships: [statement("ana@example.com")],
      people: [person("ana@example.com", { active: "unknown", leftAt })],
    });
    expect(why.candidates.map(({ candidate }) => candidate)).toEqual(owners);
  });

  test("a team whose members have all left counts a third", () => {
    const facts = {
      ownerships: [statement("team-a")],
      people: [person("ana@example.com", { active: false })],
    };
    expect(
      ask("APP", { ...facts, teams: [team("team-a", ["ana@example.com"])] }).why.candidates,
    ).toMatchObject([{ score: 0.26 }]);
    // A member whom no directory knows may well be there.
    expect(
      ask("APP", { ...facts, teams: [team("team-a", ["ana@example.com", "u-77"])] }).why.candidates,
    ).toMatchObject([{ score: 0.85 }]);
  });

  test("one person under two names is one candidate; two of one short name stay two", () => {
    const ownerships = [statement("@aruiz", { kind: "annotation" })];
    const shifts = [shift("ana.ruiz@example.com")];
    const one = ask("RUNTIME_OWNER", {
      ownerships,
      shifts,
      people: [person("ana.ruiz@example.com", { aliases: ["aruiz"] })],
    });
    expect(one.why.candidates).toMatchObject([{ score: 0.9 }]);
    const two = ask("RUNTIME_OWNER", {
      ownerships: [statement("ana@one.example", { kind: "annotation" })],
      shifts: [shift("ana@two.example")],
      people: [person("ana@one.example"), person("ana@two.example")],
    });
    expect(two.why.candidates).toHaveLength(2);
  });
});

describe("people of the catalogue who have left after a directory (6c: stripped at once)", () => {
  const catalogue = catalogueOf(`people:
  - { id: ana.ruiz, principals: ["aws:arn:aws:iam::222222222222:role/x_*#ana.ruiz@example.com"] }
  - { id: ben }
  - { id: t.berg }
`);

  test("by id, mail or the session they sign in with; nobody else", () => {
    const people = [
      person("ana.ruiz@example.com", { active: false, leftAt: "2026-11-01" }),
      person("benjamin@example.com", { name: "Ben", active: true }),
      person("x.berg@example.com", { active: false }),
    ];
    const departures = departuresOf(catalogue, { people, teams: [] }, now);
    expect(departures.map(({ person: { id } }) => id)).toEqual(["ana.ruiz"]);
    expect(
      withDepartures(catalogue, departures).people.map(({ id, active, leftAt }) => [id, active, leftAt]),
    ).toEqual([
      ["ana.ruiz", false, "2026-11-01"],
      ["ben", true, undefined],
      ["t.berg", true, undefined],
    ]);
  });

  test("entries that disagree strip nobody", () => {
    const people = [person("ana.ruiz", { active: true }), person("ana.ruiz@example.com", { active: false })];
    expect(departuresOf(catalogue, { people, teams: [] }, now)).toEqual([]);
  });
});

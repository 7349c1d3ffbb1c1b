import { describe, expect, test } from "vitest";
import { bucket, estateWith, finderOf, nothing, prod } from "../../../test/ownership.js";
import type { OwnershipHint, OwnershipScope, Role } from "./index.js";

const hint = (kind: OwnershipHint["kind"], who: string, about?: string): OwnershipHint => ({
  kind,
  who,
  ...(about === undefined ? {} : { about }),
  tool: "scanner",
  observedAt: "2026-11-22T12:00:00Z",
  evidence: { document: "scan.json", digest: "0", pointer: "/3", excerpt: `${kind} ${who}` },
});

function ask(role: Role, ...hints: readonly OwnershipHint[]) {
  const scope: OwnershipScope = { ...nothing, accounts: [prod], resources: [bucket], hints };
  const finder = finderOf({ estate: estateWith({}) });
  const { candidates, rejected } = finder.explainOwner(role, scope);
  return { ...finder.owners(role, scope), candidates, rejected };
}

const scoreOf = (role: Role, given: OwnershipHint): number | undefined =>
  ask(role, given).candidates[0]?.score;

describe("what a tool says beside a finding, as evidence (ownership.md 6b)", () => {
  test.each<[string, OwnershipHint, build: number | undefined, runtime: number | undefined]>([
    ["an owner tag that the tool saw", hint("tag", "data-platform", "Owner"), 0.75, 0.75],
    ["a creator tag", hint("creator-tag", "data-platform", "CreatorName"), 0.27, 0.27],
    ["a governance assignment", hint("governance", "data@example.com"), 0.75, 0.75],
    [
      "the owner that the tool keeps with the resource",
      hint("contact", "data@example.com", "owner of the resource"),
      0.75,
      0.75,
    ],
    [
      "the owner of a project speaks for what runs in it",
      hint("project-owner", "ana@example.com"),
      undefined,
      0.5,
    ],
    ["a champion looks after findings", hint("security-champion", "ana@example.com"), undefined, 0.3],
    ["an assignee", hint("assignee", "ana@example.com"), undefined, 0.3],
    ["a technical contact, inherited", hint("contact", "ana@example.com", "technical"), undefined, 0.3],
    ["the author of a commit with a secret", hint("author", "ana@example.com"), 0.4, undefined],
  ])("%s", (_, given, build, runtime) => {
    expect([scoreOf("APP", given), scoreOf("RUNTIME_OWNER", given)]).toEqual([build, runtime]);
  });

  test("names an owner from 0.60 on, marked as inferred, with the row that says so; below, a gap", () => {
    const { answerables } = ask("APP", hint("tag", "data-platform", "Owner"));
    expect(answerables).toMatchObject([
      { team: "data-platform", inferred: true, confidence: 0.75, via: "tag Owner (scanner)" },
    ]);
    expect(answerables[0]?.evidence).toEqual([
      { document: "scan.json", digest: "0", pointer: "/3", excerpt: "tag data-platform" },
    ]);
    const alone = ask("RUNTIME_OWNER", hint("project-owner", "ana@example.com", "Data"));
    expect(alone.answerables).toEqual([]);
    expect(alone.gap).toContain("ana@example.com at 0.50 is too little evidence (project owner of Data");
  });

  test("one tag seen by two tools counts once; an owner of the project beside it counts", () => {
    const tag = hint("tag", "ana", "Owner");
    const twice = ask("RUNTIME_OWNER", tag, { ...tag, tool: "other" });
    expect(twice.answerables).toMatchObject([{ confidence: 0.75 }]);
    // 1 − (1 − 0.75)(1 − 0.50)
    const both = ask("RUNTIME_OWNER", tag, hint("project-owner", "ana@example.com"));
    expect(both.answerables).toMatchObject([{ confidence: 0.88 }]);
  });

  test.each<[string, OwnershipHint, string]>([
    ["a bot", hint("assignee", "dependabot[bot]"), "a machine is never an owner"],
    [
      "the account of a pipeline",
      hint("project-owner", "svc-deploy@example.com"),
      "a machine is never an owner",
    ],
    ["an author that is a pipeline", hint("author", "jenkins"), "a machine is never an owner"],
    ["a bot in a tag", hint("tag", "renovate[bot]", "Owner"), "a machine is never an owner"],
    [
      "who gets the bills",
      hint("contact", "ana@example.com", "billing"),
      "a contact for billing, not an owner",
    ],
    [
      "who gets alarms",
      hint("contact", "soc@example.com", "security"),
      "a contact for security, not an owner",
    ],
    ["a project", hint("project", "sandbox"), "a project, not somebody"],
  ])("never %s", (_, given, reason) => {
    const { answerables, rejected, candidates } = ask("RUNTIME_OWNER", given);
    expect(answerables).toEqual([]);
    expect(candidates).toEqual([]);
    expect(rejected).toContainEqual({ candidate: given.who, reason });
  });

  test("what is said of a thing speaks only from afar for the identity on the way to it", () => {
    // 0.75 × 0.6
    expect(scoreOf("WLID", hint("tag", "data-platform", "Owner"))).toBe(0.45);
    // 0.50 × 0.6
    expect(scoreOf("WLID", hint("project-owner", "ana@example.com"))).toBe(0.3);
  });

  test("a hint ages as other evidence does", () => {
    const old = { ...hint("tag", "data-platform", "Owner"), observedAt: "2025-11-22T12:00:00Z" };
    expect(scoreOf("APP", old)).toBe(0.38);
  });
});

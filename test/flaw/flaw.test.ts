import { beforeAll, describe, expect, test } from "vitest";
import { flawSchema } from "../../src/contract/index.js";
import type { FlawDocument } from "../../src/core/decision/index.js";
import { runRemit } from "../run-remit.js";
import { catalogue, estate, purl, scan, written } from "./estate.js";

/** `remit flaw`: one flaw over the whole estate, its owners and what all of it reaches together (R68, R69). */
const inputs = written({
  estate,
  catalogue,
  findings: { "web.json": scan("web"), "jobs.json": scan("jobs"), "old.json": scan("old") },
});
const ask = async (id: string, ...more: readonly string[]) => {
  const ran = await runRemit(["flaw", id, ...inputs, ...more]);
  return { ...ran, document: () => flawSchema.parse(JSON.parse(ran.out)) as FlawDocument };
};
let found: FlawDocument;

beforeAll(async () => {
  found = (await ask("CVE-2026-10001", "--format", "json")).document();
});

const of = (id: string) => {
  const carrier = found.carriers.find((one) => one.id === id);
  if (carrier === undefined) throw new Error(id);
  return carrier;
};
const people = (id: string) =>
  of(id).owners.map(({ plane, answerable }) => [
    plane,
    answerable[0]?.person ?? answerable[0]?.team ?? "nobody",
  ]);

describe("one flaw over the estate", () => {
  test("R69: every workload in which it runs, each with the three who answer for it (R25)", () => {
    expect(found.carriers.map(({ id }) => id).sort()).toEqual([
      "image:registry.example/shop/old",
      "workload:jobs",
      "workload:web",
    ]);
    expect(people("workload:web")).toEqual([
      ["build", "ana"],
      ["runtime", "ben"],
      ["incident", "cleo"],
    ]);
    expect(of("workload:web")).toMatchObject({ deployed: true, exposed: true, tier: 2, state: "open" });
    // An image that nobody was seen to run may run where nobody looked.
    expect(of("image:registry.example/shop/old")).toMatchObject({ deployed: "unknown", kind: "resource" });
  });

  test("R69: the sum is a union: the bucket that both reach is counted once", () => {
    const names = (id: string) => of(id).reach.resources.map(({ name }) => name);
    expect(names("workload:web")).toEqual(["shared"]);
    expect(names("workload:jobs")).toEqual(["shared"]);
    expect(
      found.total.reach.resources.map(({ name, access, through }) => [name, access, through.length]),
    ).toEqual([["shared", ["read", "change"], 2]]);
    expect(found.total.reach.identities).toHaveLength(2);
    expect(found.total.reach.services).toEqual([{ service: "s3", read: 1, change: 1, unknown: 0 }]);
  });

  test("R68: services next to the workload, its own things left out; what was not collected is named, not none", () => {
    // Its own bucket, which it reads too, is no neighbour.
    expect(of("workload:web").reach.services).toEqual([{ service: "s3", read: 1, change: 0, unknown: 0 }]);
    expect(of("workload:web").reach.unlisted).toEqual(["dynamodb"]);
    expect(of("workload:jobs").reach.unlisted).toEqual([]);
  });

  test("its names, versions that mend it, and that no list speaks of it is no proof", () => {
    expect(found.flaw).toMatchObject({
      ids: ["CVE-2026-10001", "GHSA-aaaa-bbbb-cccc"],
      components: ["npm/left-router"],
      fixed: ["1.3.0", "1.3.1"],
      knownExploited: "unknown",
      severity: "medium",
    });
  });

  test("the same component where no tool has looked: flawed elsewhere, mended, or not judged; never counted", () => {
    expect(found.unscanned.map(({ workload, state }) => [workload, state])).toEqual([
      ["cron", "not-judged"],
      ["mail", "mended"],
      ["reports", "same-version"],
    ]);
    expect(found.total.carriers).toBe(3);
  });

  test("who can act now, with proof, and what is late by whose clock", () => {
    const session = of("workload:web").act.find(({ title }) => title.includes("sessions"));
    // No incident: sessions are not cut, so the first move is the platform's.
    expect(session).toBeUndefined();
    expect(of("workload:web").act[0]).toMatchObject({ role: "PLATFORM", canNow: { who: "ben" } });
    const late = of("workload:web").clocks.filter((clock) => clock.late);
    expect(late.map(({ rule, task }) => [rule, task])).toEqual([["bod-26-04/1.0.0", "fix"]]);
    expect(found.total.late).toBeGreaterThan(0);
  });
});

describe("how it is asked", () => {
  test("by GHSA it is the same flaw; by package URL too; by another version it is none", async () => {
    const same = (document: FlawDocument) => document.carriers.map(({ id }) => id).sort();
    const byAlias = (await ask("ghsa-AAAA-bbbb-cccc", "--format", "json")).document();
    expect(same(byAlias)).toEqual(same(found));
    const byPurl = (await ask("pkg:npm/left-router", "--format", "json")).document();
    expect(same(byPurl)).toEqual(same(found));
    expect((await ask(purl("1.2.0"), "--format", "json")).document().carriers).toHaveLength(3);
    const other = (await ask(purl("1.3.1"), "--format", "json")).document();
    expect([other.carriers.length, other.unscanned.map(({ workload }) => workload)]).toEqual([0, ["mail"]]);
  });

  test.each([
    ["CVE-2020-1", "nothing that was read carries `CVE-2020-1`"],
    ["pkg:npm/nothing", "nothing that was read carries"],
    ["pkg:", "is no package URL"],
    ["log4shell", "names no flaw: write `CVE-2021-44228`"],
  ])("%s is refused in words", async (id, message) => {
    const { code, err } = await ask(id);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test("as table, Markdown and HTML it says the same", async () => {
    const table = (await ask("CVE-2026-10001")).out;
    const markdown = (await ask("CVE-2026-10001", "--format", "markdown")).out;
    const html = (await ask("CVE-2026-10001", "--format", "html")).out;
    for (const text of [table.replace(/\s+/g, " "), markdown, html]) {
      expect(text).toContain("CVE-2026-10001 is in 3 places that are not mended");
      expect(text).toContain("together they reach 2 identities, 1 account, 1 resource (s3)");
      for (const name of ["ana", "ben", "cleo", "dynamodb"]) expect(text).toContain(name);
      expect(text).toContain("no tool has looked at it here");
    }
    expect(html).not.toMatch(/<script|https?:\/\//);
  });

  test("the order of files changes nothing", async () => {
    const turned = [...inputs];
    const at = turned.indexOf("--findings");
    turned.splice(at + 1, 3, ...inputs.slice(at + 1, at + 4).reverse());
    const { out } = await runRemit(["flaw", "CVE-2026-10001", ...turned, "--format", "json"]);
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(found)));
  });
});

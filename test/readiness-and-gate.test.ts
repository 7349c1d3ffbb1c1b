import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { gateSchema, readinessSchema } from "../src/contract/index.js";
import { runRemit } from "./run-remit.js";

/** `remit readiness` and `remit gate` on the example, as a developer and a pipeline meet them. */
const folder = mkdtempSync(join(tmpdir(), "remit-gate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inputs = ["--estate", "examples/estate", "--now", "2026-11-22T12:00:00Z"];
const example = ["--catalogue", "examples/remit.yaml"];

/** The example's catalogue with its three gaps mended, as the reasons of the gate say. */
function mended(): readonly string[] {
  const text = readFileSync("examples/remit.yaml", "utf8")
    .replace(
      '  - { kind: residual-risk, scope: "workload:dispatch", holder: c.dupont, until: 2026-06-30 }',
      [
        '  - { kind: residual-risk, scope: "workload:dispatch", holder: c.dupont, deputy: r.silva, until: 2036-06-30 }',
        '  - { kind: residual-risk, scope: "workload:platform-runner", holder: m.okafor, deputy: r.silva, until: 2036-06-30 }',
      ].join("\n"),
    )
    .replace(
      'credential: session, scope: "*", holder: s.kaya, deputy: m.okafor',
      'credential: session, scope: "*", holder: ana.ruiz, deputy: t.berg',
    );
  const path = join(folder, "remit.yaml");
  writeFileSync(path, text);
  return ["--catalogue", path];
}

describe("remit gate", () => {
  test("the example stops, with reasons that a developer can act on: who, why, what to write, on which line", async () => {
    const { code: exit, out, err } = await runRemit(["gate", ...inputs, ...example]);
    expect(exit).toBe(1);
    expect(err).toContain("exit 1: the accountability policy is broken: 3 gaps");
    expect(out).toContain(
      "the authority of c.dupont to sign residual risk (workload:dispatch) ended 2026-06-30",
    );
    expect(out).toContain("people who can: ");
    expect(out).toMatch(/examples\/remit\.yaml:\d+/);
    expect(out).toContain('- { kind: residual-risk, scope: "workload:platform-runner", holder: PERSON');
  });

  test("after the catalogue is mended it lets the release go", async () => {
    const { code: exit, out } = await runRemit(["gate", ...inputs, ...mended()]);
    expect(out).toContain("may go");
    expect(exit).toBe(0);
  });

  test("with a baseline only what is new stops", async () => {
    const before = join(folder, "before.json");
    await runRemit(["readiness", ...inputs, ...example, "--format", "json", "--out", before]);
    const same = await runRemit(["gate", ...inputs, ...example, "--baseline", before]);
    expect(same.code).toBe(0);
    expect(same.out).toContain("known from the baseline");
    await runRemit(["readiness", ...inputs, ...mended(), "--format", "json", "--out", before]);
    expect((await runRemit(["gate", ...inputs, ...example, "--baseline", before])).code).toBe(1);
  });

  test("a baseline that is none is wrong usage, never an empty baseline", async () => {
    const wrong = join(folder, "wrong.json");
    writeFileSync(wrong, '{"schema":"remit.analysis/1"}');
    const { code: exit, err } = await runRemit(["gate", ...inputs, ...example, "--baseline", wrong]);
    expect(exit).toBe(2);
    expect(err).toContain("remit readiness --format json");
  });

  test("JSON is the document of its schema; SARIF names rule, place and fix", async () => {
    const json = await runRemit(["gate", ...inputs, ...example, "--format", "json"]);
    expect(gateSchema.safeParse(JSON.parse(json.out)).error).toBeUndefined();
    const sarif = JSON.parse((await runRemit(["gate", ...inputs, ...example, "--format", "sarif"])).out) as {
      readonly version: string;
      readonly runs: readonly {
        readonly results: readonly {
          readonly ruleId: string;
          readonly level: string;
          readonly locations?: readonly {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string };
              readonly region: { readonly startLine: number };
            };
          }[];
        }[];
      }[];
    };
    expect(sarif.version).toBe("2.1.0");
    const errors = sarif.runs[0]?.results.filter(({ level }) => level === "error") ?? [];
    expect(errors.map(({ ruleId }) => ruleId).sort()).toEqual([
      "accountability/cannot-act",
      "accountability/expired",
      "accountability/no-owner",
    ]);
    for (const { locations } of errors) {
      expect(locations?.[0]?.physicalLocation.artifactLocation.uri).toBe("examples/remit.yaml");
      expect(locations?.[0]?.physicalLocation.region.startLine).toBeGreaterThan(1);
    }
  });

  test("a step summary is written where GitHub asks for one, names from files never as markup", async () => {
    const summary = join(folder, "summary.md");
    await runRemit(["gate", ...inputs, ...example], { GITHUB_STEP_SUMMARY: summary });
    const text = readFileSync(summary, "utf8");
    expect(text).toContain("## Accountability: stopped");
    expect(text).not.toContain("<");
  });
});

describe("remit readiness", () => {
  test("the matrix of the example: every workload, every duty, the document of its schema", async () => {
    const { code: exit, out } = await runRemit(["readiness", ...inputs, ...example, "--format", "json"]);
    expect(exit).toBe(0);
    const found = readinessSchema.parse(JSON.parse(out));
    expect(found.workloads.map(({ name }) => name)).toEqual([
      "billing",
      "dispatch",
      "etl",
      "exports",
      "platform-runner",
    ]);
    expect(found.workloads.every(({ cells }) => cells.length === 12)).toBe(true);
  });

  test("the page fetches and runs nothing", async () => {
    const { out } = await runRemit(["readiness", ...inputs, ...example, "--format", "html"]);
    expect(out).toContain("default-src 'none'");
    expect(out).not.toMatch(/<script|<img|<link|url\(/);
  });

  test("without a catalogue nobody is made up: planes are gaps or inferred and marked so", async () => {
    const { out } = await runRemit(["readiness", ...inputs, "--format", "json"]);
    const found = readinessSchema.parse(JSON.parse(out));
    for (const { cells } of found.workloads)
      for (const cell of cells) expect(["gap", "open", "-"]).toContain(cell.state);
  });
});

import { describe, expect, test } from "vitest";
import type { DecisionLink } from "../../src/core/decision/index.js";
import { decide } from "../../src/core/decision/decide.js";
import { decisionRecord } from "../../src/core/decision/index.js";
import { resourceId } from "../../src/core/estate/index.js";
import { pageOf } from "../../src/report/page.js";
import { firstMinute } from "../fixtures/analysis/first-minute.js";
import { bucket, caseInput, context, hop, origin, path, workload, type CaseText } from "../decision/build.js";

/** R57: the decisions behind an exposure, by layer, from what is on record. */
const chainOf = (text: CaseText): readonly DecisionLink[] =>
  decide(caseInput(text), context(text)).decisionChain ?? [];
const layer = (text: CaseText, name: DecisionLink["layer"]): DecisionLink => {
  const found = chainOf(text).find((link) => link.layer === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const said = (link: DecisionLink): readonly string[] => link.remarks.map(({ text }) => text);
const layers = ["application ownership", "platform configuration", "security oversight"] as const;
const access: CaseText = { paths: [path([hop("grant", "arn:aws:iam::111111111111:role/etl")])] };

describe("R57: the decision chain behind an exposure", () => {
  test("R57: always the three layers in their order, each with a role and somebody or the words that nobody is found", () => {
    for (const text of [{}, access, { kind: "flaw" as const }]) {
      expect(chainOf(text).map((link) => link.layer)).toEqual(layers);
      for (const link of chainOf(text)) expect(link.answerable[0]?.role).toBe(link.role);
    }
    const alone = layer({ without: ["APP"] }, "application ownership");
    expect(alone.answerable).toEqual([]);
    expect(alone.open).toContain("nobody is found as APP");
  });

  test("R57: application ownership: the code that defines it, and who builds the workload", () => {
    const code = {
      tool: "terraform" as const,
      address: "aws_s3_bucket.exports",
      resourceType: "aws_s3_bucket",
      target: resourceId(bucket),
      file: "main.tf",
      line: 12,
      repository: "acme/infra",
      status: "applied" as const,
      declares: new Map(),
      tags: {},
      origin,
    };
    const text: CaseText = {
      estate: { definitions: [code] },
      catalogue: { workloads: [{ ...workload(), planes: { build: { owner: "data" } } }] },
    };
    const link = layer(text, "application ownership");
    expect(said(link)).toEqual([
      "acme/infra: aws_s3_bucket.exports is written in main.tf:12",
      "etl is built by data",
    ]);
    expect(link.remarks.every(({ evidence }) => evidence.length > 0)).toBe(true);
    expect(layer({}, "application ownership").open).toBe("no code and no workload is known behind it");
  });

  test("R57: platform configuration: who set it, by the audit log; what is only possible is nobody's decision", () => {
    const event = {
      id: "e1",
      at: "2026-11-20T10:00:00Z",
      action: "s3:PutBucketPolicy",
      person: "lin",
      targets: [bucket],
      origin,
    };
    const link = layer({ estate: { events: [event] } }, "platform configuration");
    expect(said(link)[0]).toBe("lin as an unknown identity called PutBucketPolicy on 2026-11-20 10:00Z");
    expect(link.remarks[0]?.how).toBe("seen in audit log");
    expect(said(layer(access, "platform configuration")).join()).not.toContain("possible");
    expect(said(layer(access, "platform configuration"))).toContain("etl may s3:PutBucketPolicy");
  });

  test("R57: security oversight: since when it was reported, who accepted it and whether that has ended, which rule was switched off", () => {
    const accepted = (until: string): CaseText => ({
      exposure: {
        firstSeen: "2026-10-01T00:00:00Z",
        findings: [
          {
            tool: "prowler",
            check: "s3",
            result: "FAIL",
            evidence: { document: "f.json", digest: "0", excerpt: "x" },
          },
        ],
      },
      catalogue: {
        intended: [
          { resource: bucket, weakness: "s3.public", reason: "site", approvedBy: "cleo", until, origin },
        ],
        overrides: {
          rules: [{ rule: "D10", enabled: false, reason: "jointly patched", origin }],
          weaknessActions: {},
        },
      },
    });
    expect(said(layer(accepted("2027-01-01"), "security oversight"))).toEqual([
      "reported since 2026-10-01 by prowler",
      "acme-exports was accepted by cleo until 2027-01-01: site",
      "rule D10 was switched off: jointly patched",
    ]);
    expect(said(layer(accepted("2026-01-01"), "security oversight")).join()).toContain(
      "until 2026-01-01, which has passed",
    );
    expect(layer({}, "security oversight").open).toContain("no report with a date");
  });

  test("R57: it is kept with the decision, for whoever checks it later, and shown on the whole page", () => {
    const [sample] = firstMinute.cases;
    if (sample === undefined) throw new Error("no case");
    const item = { ...sample, decisionChain: chainOf(access) };
    const analysis = { ...firstMinute, cases: [item] };
    const record = decisionRecord(item, analysis, []);
    expect(record.decisionChain.map((link) => link.layer)).toEqual(layers);
    const lines = pageOf(item, analysis, { verbose: true }).blocks.flatMap((block) => block.lines);
    expect(lines.find(({ label }) => label === "DECIDED BY")?.text).toMatch(/^application ownership: APP /);
  });
});

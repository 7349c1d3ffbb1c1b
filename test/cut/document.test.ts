import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cutFiles } from "../../src/app/index.js";
import { cutSchema, type CutDocument } from "../../src/contract/index.js";
import { applyChanges } from "../../src/core/access/change/apply.js";
import { applicable } from "../../src/core/access/cut/apply/index.js";
import { unifiedDiff } from "../../src/core/access/cut/apply/unified-diff.js";
import { changeText } from "../../src/core/access/change/text.js";
import { principalId, resourceId } from "../../src/core/estate/index.js";
import { loadChanges, loadEstate } from "../../src/readers/index.js";
import { renderCut, renderCutMarkdown } from "../../src/report/index.js";
import { policyEstate } from "../policy-estate.js";

const now = "2026-11-22T12:00:00Z";
const inputs = {
  estate: ["examples/estate"],
  findings: ["examples/findings"],
  catalogue: "examples/remit.yaml",
  now,
};
let folder = "";
let document: CutDocument;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "remit-cut-"));
  const asked = await cutFiles({
    ...inputs,
    pick: ({ cases }) => cases.filter(({ title }) => /leaked key of svc-batch/.test(title)),
  });
  if (asked.kind !== "answer") throw new Error("the example was not read");
  document = asked.document;
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the cut of a case of the example (remit.cut/1)", () => {
  test("is what its schema says", () => {
    expect(cutSchema.parse(JSON.parse(JSON.stringify(document)))).toBeDefined();
  });

  test("ends the case, proven to be the least; the leaked key gives way to identities of their own (R35, R37)", () => {
    expect(document).toMatchObject({ before: "possible", after: "governed", exact: true, uncut: [] });
    const kinds = document.changes.map(({ fix }) => fix);
    expect(kinds).toContain("ephemeral");
    const key = document.changes.find(({ fix }) => fix === "ephemeral");
    expect(key).toMatchObject({ interim: false, use: "used", owner: { role: "SECRETS" } });
    expect(key?.commands.join("\n")).toMatch(
      /update-access-key .* --status Inactive\naws iam delete-access-key /,
    );
    // A narrowed managed policy: the version before it goes, or it could be set as default again.
    const narrowed = document.changes.find(({ fix }) => fix === "narrow");
    expect(narrowed?.diff).toMatch(/^-.*s3:PutBucketPolicy/m);
    expect(narrowed?.commands.join("\n")).toMatch(
      /create-policy-version .*--set-as-default[^]*delete-policy-version/,
    );
    expect(narrowed?.terraform).toContain('resource "aws_iam_policy"');
    expect(new Set(document.options.map(({ fix }) => fix))).toContain("narrow");
  });

  test("its change document is read again and does the same", async () => {
    const path = join(folder, "changes.json");
    writeFileSync(path, JSON.stringify(document.changeDocument));
    const { changes, rejected } = await loadChanges(path);
    expect(rejected).toEqual([]);
    const { estate } = await loadEstate(inputs.estate, { now });
    const { unapplied } = applyChanges(
      estate,
      changes.map(({ change }) => change),
    );
    expect(unapplied).toEqual([]);
  });

  test("reads as text and as Markdown", () => {
    const text = renderCut(document, { width: 120, verbose: true });
    expect(text.split("\n").every((line) => line.length <= 4000)).toBe(true);
    expect(text).toContain("the least of all changes weighed, proven");
    expect(text).toMatch(/^SECRETS {2}/m);
    expect(text).toContain("@@ ");
    expect(renderCutMarkdown(document)).toMatch(/```diff\n/);
  });
});

describe("changes as they are written and applied", () => {
  test("every form of the guide is written as it is read", async () => {
    const text = readFileSync("docs/changes.md", "utf8");
    const example = /```yaml\n([^]*?)```/.exec(text)?.[1] ?? "";
    writeFileSync(
      join(folder, "deny.json"),
      '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:PutBucketPolicy","Resource":"*"}]}',
    );
    const path = join(folder, "guide.yaml");
    writeFileSync(path, example);
    const { changes, rejected } = await loadChanges(path);
    expect(rejected).toEqual([]);
    const again = join(folder, "again.json");
    writeFileSync(
      again,
      JSON.stringify({ version: 1, changes: changes.map(({ change }) => changeText(change)) }),
    );
    const { changes: back, rejected: wrong } = await loadChanges(again);
    expect(wrong).toEqual([]);
    expect(back.map(({ change }) => change)).toEqual(changes.map(({ change }) => change));
    expect(changes.length).toBeGreaterThan(20);
  });

  test("the second change of a policy holds what the first did", () => {
    const role = principalId("arn:aws:iam::222222222222:role/r");
    const estate = policyEstate({
      accounts: { "222222222222": "none" },
      principals: {
        [role]: {
          policies: [
            {
              Statement: [
                { Sid: "A", Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: "*" },
                { Sid: "B", Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" },
              ],
            },
          ],
        },
      },
    });
    const policy = `inline/${estate.principal(role)?.inline[0]?.name ?? ""}`;
    const [first, second, third] = applicable(estate, [
      [
        {
          kind: "narrowStatement",
          statement: { principal: role, policy, sid: "A" },
          actions: ["s3:GetObject"],
        },
      ],
      [{ kind: "removeStatement", statement: { principal: role, policy, sid: "B" } }],
      [{ kind: "removeStatement", statement: { principal: role, policy, sid: "A" } }],
    ]);
    expect(first?.diff).toContain('-        "s3:PutObject"');
    expect(second?.commands[0]).toContain('"Action":"s3:GetObject"');
    expect(second?.commands[0]).not.toContain("PutObject");
    expect(third?.commands).toEqual([
      `aws iam delete-role-policy --role-name r --policy-name ${policy.slice(7)}`,
    ]);
  });

  test("public access is blocked in one call, and a quote in a policy ends no argument", () => {
    const bucket = resourceId("arn:aws:s3:::b");
    const estate = policyEstate({
      accounts: { "222222222222": "none" },
      resources: { [bucket]: { kind: "s3:bucket", account: "222222222222", policy: null } },
    });
    const flags = ["BlockPublicPolicy", "RestrictPublicBuckets"];
    const [block] = applicable(estate, [
      flags.map((flag) => ({
        kind: "set" as const,
        resource: bucket,
        property: `publicAccessBlock.${flag}`,
        to: true,
      })),
    ]);
    expect(block?.commands).toEqual([
      "aws s3api put-public-access-block --bucket b --public-access-block-configuration BlockPublicPolicy=true,RestrictPublicBuckets=true",
    ]);
    expect(block?.terraform).toContain("restrict_public_buckets = true");
  });

  test("a diff holds what differs, with three lines around it", () => {
    const old = Array.from({ length: 12 }, (_, i) => `line ${String(i)}`);
    const next = old.map((line, i) => (i === 5 ? "changed" : line));
    expect(unifiedDiff("x", old.join("\n"), next.join("\n")).split("\n")).toEqual([
      ...["--- x", "+++ x", "@@ -3,7 +3,7 @@", " line 2", " line 3", " line 4", "-line 5", "+changed"],
      ...[" line 6", " line 7", " line 8"],
    ]);
    expect(unifiedDiff("x", "a", "a")).toBe("");
  });
});

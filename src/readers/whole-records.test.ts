import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { corpusPath } from "../../test/corpus.js";
import { runs } from "../../test/settings.js";
import { loadEstate } from "./load-estate.js";
import { wholeRecords } from "./whole-records.js";

const folder = mkdtempSync(join(tmpdir(), "remit-cut-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const event = (id: number): object => ({
  eventID: `e-${id}`,
  eventName: "PutBucketPolicy",
  eventSource: "s3.amazonaws.com",
  eventTime: "2026-11-15T09:14:00Z",
  recipientAccountId: "222222222222",
  requestParameters: { bucketName: "acme", note: 'a "quoted" [ { \\ text' },
});

async function load(
  name: string,
  content: string,
): Promise<{ events: number; rejected: readonly object[]; coverage: readonly object[]; notEstate: number }> {
  writeFileSync(join(folder, name), content);
  const loaded = await loadEstate([join(folder, name)]);
  return {
    events: loaded.estate.events.length,
    rejected: loaded.rejected.map(({ document: _document, ...rest }) => rest),
    coverage: loaded.estate.coverage,
    notEstate: loaded.notEstate.length,
  };
}

describe("a file that ends in the middle", () => {
  const lines = [event(1), event(2), event(3)].map((item) => JSON.stringify(item)).join("\n");

  it("CloudTrail as JSON lines: the whole records are used, the cut one is placed (first-minute.md, REJECTED)", async () => {
    const { events, rejected } = await load("trail.json", lines.slice(0, -20));
    expect(events).toBe(2);
    expect(rejected).toEqual([
      {
        line: 3,
        offset: lines.lastIndexOf("\n") + 1,
        reason: "ends in the middle of a record",
        hint: "export or copy the file again: what followed is not known",
        used: 2,
      },
    ]);
  });

  it.each([
    ["Records", JSON.stringify({ Records: [event(1), event(2), event(3)] }, null, 1)],
    ["bare list", JSON.stringify([event(1), event(2), event(3)])],
    [
      "lookup-events",
      JSON.stringify({
        Events: [1, 2, 3].map((id) => ({
          EventId: String(id),
          CloudTrailEvent: JSON.stringify(event(id)),
        })),
      }),
    ],
  ])("CloudTrail as %s", async (_name, text) => {
    const { events, rejected } = await load("trail.json", text.slice(0, text.lastIndexOf("e-3") + 3));
    expect(events).toBe(2);
    expect(rejected).toMatchObject([{ reason: "ends in the middle of a record", used: 2 }]);
  });

  it("between two records is said as such", async () => {
    const { events, rejected } = await load("trail.json", `{"Records":[${JSON.stringify(event(1))},`);
    expect(events).toBe(1);
    expect(rejected).toMatchObject([{ reason: "ends before its list is closed", used: 1 }]);
  });

  it("AWS Config items are used", async () => {
    const file = corpusPath(
      "estates",
      "documents",
      "aws-config",
      "c7n-resource-config-history-security-group.json",
    );
    const text = readFileSync(file, "utf8");
    const cut = text.slice(0, text.lastIndexOf("resourceType"));
    writeFileSync(join(folder, "config.json"), cut);
    const { estate, rejected } = await loadEstate([join(folder, "config.json")]);
    expect(rejected[0]?.reason).toMatch(/^ends in the middle of a record$/);
    expect(estate.resources.length).toBeGreaterThan(0);
    expect(estate.coverage.filter((item) => item.topic === "inventory")).toEqual([]);
  });

  it.each([
    ["aws-iam-account-authorization-details", "cloudmapper-demo.json"],
    ["aws-organizations", "c7n-list-accounts.json"],
    ["aws-scp-documents", "Deny-critical-IAM-user-actions.json"],
    ["aws-iam-roles", "cartography-roles.json"],
    ["aws-access-keys", "cartography-access-keys.json"],
  ])("%s: a part would mislead, so nothing is believed", async (kind, file) => {
    const text = readFileSync(corpusPath("estates", "documents", kind, file), "utf8");
    writeFileSync(join(folder, "part.json"), text.slice(0, Math.floor(text.length * 0.9)));
    const { estate, inputs, rejected } = await loadEstate([join(folder, "part.json")]);
    expect(inputs).toEqual([]);
    expect(estate.principals.length + estate.organizations.length + estate.credentials.length).toBe(0);
    expect(rejected).toHaveLength(1);
    expect(rejected[0]?.hint).toMatch(/nothing of it was used/);
  });

  it("cut anywhere, only whole records are believed, each as it was written", () => {
    const records = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(records, fc.boolean(), fc.nat(), (items, wrapped, seed) => {
        const text = JSON.stringify(wrapped ? { version: "1", Records: items } : items);
        const cut = text.slice(0, seed % text.length);
        const found = wholeRecords(cut);
        if (found === undefined) return;
        const value = JSON.parse(found.text) as unknown;
        const list = wrapped ? (value as { Records: unknown[] }).Records : (value as unknown[]);
        expect(list.length).toBeGreaterThan(0);
        expect(list).toEqual((JSON.parse(JSON.stringify(items)) as unknown[]).slice(0, list.length));
      }),
      { numRuns: runs.property },
    );
  });
});

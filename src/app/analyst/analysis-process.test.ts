import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import {
  analyseInProcess,
  type AnalysedDocument,
  type AnalysisRequest,
} from "../installation/analyse-documents.js";
import { analyseHeld } from "./analysis-process.js";
import { generateLandingZone } from "../../../test/generators/landing-zone.js";

const program = fileURLToPath(new URL("../../../bin/remit", import.meta.url));
const { estate, findings } = generateLandingZone({ accounts: 2, seed: 7 });

const documentOf = (path: string, text: string): AnalysedDocument => ({
  path,
  digest: createHash("sha256").update(text).digest("hex"),
  takenAt: "2026-11-22T06:00:00.000Z",
  bytes: () => Promise.resolve(Buffer.from(text)),
});
const request: AnalysisRequest = {
  estate: estate.map(({ path, text }) => documentOf(path, text)),
  findings: findings.map(({ path, text }) => documentOf(path, text)),
  now: "2026-11-22T12:00:00Z",
  stored: [],
};
const [first] = findings;
const fewer: AnalysisRequest = {
  ...request,
  findings: [
    documentOf("scan.json", JSON.stringify((JSON.parse(first?.text ?? "[]") as readonly unknown[]).slice(1))),
  ],
};

describe("analyses in a process that keeps the estate (issue 6: re-analysis of only what changed)", () => {
  const held = analyseHeld(program);
  const alone = analyseInProcess(program);
  afterAll(() => {
    held.end();
  });

  test("are those of a process of their own byte for byte, rows included, and ask only what is new", async () => {
    const whole = await held.analyse(request);
    expect(held.asked()).toBeGreaterThan(2);
    const made = await alone(request);
    expect(Buffer.compare(whole.bytes, made.bytes)).toBe(0);
    expect(whole.rows).toEqual(made.rows);
    // The documents of the estate are not even opened again.
    const unread = { ...fewer, estate: fewer.estate.map((item) => ({ ...item, bytes: unreadable })) };
    const again = await held.analyse(unread);
    expect(held.asked()).toBe(0);
    expect(Buffer.compare(again.bytes, (await alone(fewer)).bytes)).toBe(0);
  }, 200_000);

  test("that come to nothing are made again by a process of its own, which says why; the next begins anew", async () => {
    const empty = { ...request, estate: [], findings: [] };
    await expect(held.analyse(empty)).rejects.toThrow("the analysis ended with 2");
    await held.analyse(fewer);
    expect(held.asked()).toBeGreaterThan(2);
  }, 200_000);
});

const unreadable = (): Promise<Uint8Array> => Promise.reject(new Error("it was read"));

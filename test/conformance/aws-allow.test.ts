import { describe, expect, test } from "vitest";
import { createAccessEngine } from "../../src/core/access/index.js";
import { principalId } from "../../src/core/estate/index.js";
import { policyEstate } from "../policy-estate.js";
import { conformance } from "./aws-allow.js";

describe("AWS allow, exactly (access.md): one row per published rule", () => {
  test.each(conformance)("$rule ($source)", ({ estate, ask, expected, residual, missing, block }) => {
    const engine = createAccessEngine(policyEstate(estate));
    const [principal, action, resource] = ask;
    const decision = engine.decide(principalId(principal), action, resource);
    expect(decision.verdict).toBe(expected);
    if (residual !== undefined) expect(decision.residual.map(({ text }) => text)).toEqual(residual);
    if (missing !== undefined) expect(decision.missing.map(({ key }) => key)).toContain(missing);
    if (block !== undefined) expect(decision.blocks.map(({ text }) => text).join("; ")).toContain(block);
    const index = engine.indexOf(principalId(principal));
    if (index === undefined) throw new Error(`${principal} is no actor`);
    const { allowed, unknown } = engine.whoCan(action, resource);
    expect(allowed.has(index) ? true : unknown.has(index) ? "unknown" : false).toBe(expected);
  });

  test("every row names a page of AWS", () => {
    // What a token says is published by who issues it.
    const publishers = /^https:\/\/docs\.(aws\.amazon|github)\.com\//;
    expect(conformance.filter(({ url }) => !publishers.test(url))).toEqual([]);
    expect(new Set(conformance.map(({ rule }) => rule)).size).toBe(conformance.length);
  });
});

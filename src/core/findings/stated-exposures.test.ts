import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../../../test/settings.js";
import { createEstate, emptyFacts, resourceId, type StatedExposure } from "../estate/index.js";
import type { Exposure } from "./exposures.js";
import { statedTool, withStatedExposures } from "./stated-exposures.js";

const origin = {
  source: { path: "estate.yaml", digest: "e".repeat(64), kind: "native-estate" },
  pointer: "/exposures/0",
};
const stated = (more: Partial<StatedExposure> = {}): StatedExposure => ({
  id: "x",
  resource: resourceId("arn:aws:s3:::acme-exports"),
  weakness: "s3.public",
  subLocator: "",
  severity: "high",
  state: "open",
  facts: {},
  origin,
  ...more,
});
const estate = (...exposures: readonly StatedExposure[]) => createEstate({ ...emptyFacts, exposures });
const alone = (item: StatedExposure): Exposure => withStatedExposures([], estate(item))[0] as Exposure;

describe("exposures that the estate states", () => {
  test("one that no tool reports is there, marked as stated, with its place", () => {
    expect(alone(stated())).toMatchObject({
      resourceName: "acme-exports",
      resourceKind: "s3:bucket",
      class: "public-exposure",
      title: "public access",
      state: "open",
      findings: [{ tool: statedTool, evidence: [{ document: "estate.yaml", pointer: "/exposures/0" }] }],
    });
  });

  test("what a tool reports too is one exposure with both behind it", () => {
    const reported = { ...alone(stated()), findings: [], severity: "critical" as const };
    const [both, ...rest] = withStatedExposures([reported], estate(stated()));
    expect(rest).toEqual([]);
    expect(both).toMatchObject({ id: reported.id, severity: "critical", state: "open" });
    expect(both?.findings.map((finding) => finding.tool)).toEqual([statedTool]);
  });

  test("a tool's `muted` or `fixed` does not close what is stated as open, nor the other way round", () => {
    for (const state of ["muted-external", "fixed"] as const)
      expect(withStatedExposures([{ ...alone(stated()), state }], estate(stated()))[0]?.state).toBe("open");
    const seen = alone(stated());
    expect(withStatedExposures([seen], estate(stated({ state: "fixed" })))[0]?.state).toBe("open");
  });

  test("a tool that does not say which part it means speaks of the stated one", () => {
    const reported = alone(stated({ weakness: "storage.sas.exposed" }));
    const part = stated({ weakness: "storage.sas.exposed", subLocator: "azure:sas/share" });
    const found = withStatedExposures([reported], estate(part));
    expect(found.map((item) => item.subLocator)).toEqual(["azure:sas/share"]);
  });

  test("ARM ids are the same in any case", () => {
    const id = resourceId("/subscriptions/s/resourcegroups/r/providers/microsoft.keyvault/vaults/v");
    const held = createEstate({
      ...emptyFacts,
      resources: [{ id, kind: "azure:key-vault", name: "v", properties: new Map(), tags: {}, origin }],
      exposures: [stated({ resource: resourceId(id.toUpperCase()), weakness: "vault.access-policy" })],
    });
    expect(withStatedExposures([], held)[0]).toMatchObject({ resource: id, resourceName: "v" });
  });

  test("loses nothing that tools report, whatever is stated", () => {
    const names = fc.constantFrom("a", "b", "c");
    const some = fc.array(fc.tuple(names, fc.constantFrom("", "p1", "p2")), { maxLength: 5 });
    const item = ([name, subLocator]: [string, string]) =>
      stated({ id: `${name}|${subLocator}`, resource: resourceId(`arn:aws:s3:::${name}`), subLocator });
    fc.assert(
      fc.property(some, some, (tools, people) => {
        const reported = [...new Map(tools.map((each) => [each.join("|"), alone(item(each))])).values()];
        const found = withStatedExposures(reported, estate(...people.map(item)));
        for (const each of reported)
          expect(found.some((other) => other.resource === each.resource)).toBe(true);
        expect(new Set(found.map((each) => each.id)).size).toBe(found.length);
      }),
      { numRuns: runs.property },
    );
  });
});

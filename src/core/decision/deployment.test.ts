import { describe, expect, test } from "vitest";
import { createEstate, emptyFacts, resourceId, type StatedExposure, type Workload } from "../estate/index.js";
import { exposure, origin } from "../../../test/decision/build.js";
import { deploymentOf, type DeploymentQuestion } from "./deployment.js";

const image = (name: string) =>
  exposure({ resource: `image:${name}`, resourceKind: "image", class: "vulnerability" });
const said = (resource: string, deployed: boolean): StatedExposure => ({
  id: resource,
  resource: resourceId(resource),
  weakness: "vulnerability.component",
  subLocator: "",
  severity: "medium",
  state: "open",
  facts: { deployed },
  origin,
});
const workload = (facts: Workload["facts"]): Workload => ({
  id: "shop",
  name: "shop",
  runsAs: [],
  resources: [resourceId("image:a")],
  exposed: "unknown",
  components: [],
  facts,
  origin,
});
const asked = (more: Partial<DeploymentQuestion>) =>
  deploymentOf({
    exposures: [image("a")],
    workloads: [],
    stated: [],
    estate: createEstate(emptyFacts),
    ...more,
  }).value;

describe("R7: whether anything runs what carries a flaw", () => {
  test("an image that nobody speaks of may run", () => {
    expect(asked({})).toBe("unknown");
  });

  test("it runs where a workload runs it, or where it was found on something that runs", () => {
    expect(asked({ workloads: [workload({})] })).toBe(true);
    for (const resourceKind of ["ec2:instance", "lambda:function", "kubernetes:deployment", "pod"])
      expect(asked({ exposures: [{ ...image("a"), resourceKind }] })).toBe(true);
    expect(asked({ exposures: [{ ...image("a"), resourceKind: "ecr:repository" }] })).toBe("unknown");
  });

  test("it does not where a document says so of everything that carries it", () => {
    expect(asked({ stated: [said("image:a", false)] })).toBe(false);
    expect(asked({ workloads: [workload({ deployed: false })] })).toBe(false);
    const both = { exposures: [image("a"), image("b")] };
    expect(asked({ ...both, stated: [said("image:a", false)] })).toBe("unknown");
    expect(asked({ ...both, stated: [said("image:a", false), said("image:b", false)] })).toBe(false);
  });

  test("one proof that it runs outweighs every word that it does not", () => {
    expect(asked({ workloads: [workload({})], stated: [said("image:a", false)] })).toBe(true);
    expect(asked({ stated: [said("image:a", false), said("image:a", true)] })).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { createEstate, emptyFacts, principalId, resourceId, type Resource } from "../../estate/index.js";
import { contextOf } from "./context.js";
import type { Actor, Target } from "./model.js";

const actor = { id: principalId("arn:aws:iam::222222222222:role/r"), kind: "role" } as Actor;

const lookup = (more: Partial<Resource>): string => {
  const resource: Resource = {
    id: resourceId("arn:aws:ec2:eu-west-1:222222222222:instance/i-1"),
    kind: "ec2:instance",
    name: "i-1",
    properties: new Map(),
    tags: {},
    origin: { source: { path: "x", digest: "0", kind: "k" } },
    ...more,
  };
  const target = { text: resource.id, resource } as unknown as Target;
  return contextOf(createEstate(emptyFacts), actor, target)("aws:resourcetag/team").kind;
};

describe("aws:ResourceTag (IAM user guide, global condition keys)", () => {
  it("no tags in a listing: the key is absent from the request", () => {
    expect(lookup({ tagsCollected: true })).toBe("absent");
  });

  it("no listing of the tags: a missing fact, never an absent key", () => {
    expect(lookup({})).toBe("missing");
  });

  it("a listed tag is known", () => {
    expect(lookup({ tags: { Team: "data" } })).not.toMatch(/absent|missing/);
  });
});

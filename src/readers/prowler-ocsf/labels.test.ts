import { describe, expect, it } from "vitest";
import { prowlerTags } from "./labels.js";

describe("tags of a Prowler resource (pitfall 19)", () => {
  it.each([
    [["team:data", "env=prod", "flag"], { team: "data", env: "prod", flag: "" }],
    [["url:https://x/y:1"], { url: "https://x/y:1" }],
    [["aws:cloudformation:stack-name:exports"], { "aws:cloudformation:stack-name": "exports" }],
    [[], {}],
    [[7, null], {}],
  ])("%j are %j", (labels, tags) => expect(prowlerTags({ labels })).toEqual(tags));

  it("keys that hold colons are taken from where key and value are apart", () => {
    const resource = {
      labels: ["acme:cost:center:42", "team:data"],
      data: { metadata: { tags: [{ Key: "acme:cost:center", Value: "42" }] } },
    };
    expect(prowlerTags(resource)).toEqual({ "acme:cost:center": "42", team: "data" });
  });
});

import { describe, expect, it, test } from "vitest";
import { buildActionDictionary, type RawActions } from "./action-dictionary.js";

const small: RawActions = {
  version: "1",
  updated: "2026-01-02",
  rcpServices: ["zoo"],
  services: {
    zoo: {
      actions: "CloseGate,w,0.1?,0 GetGate,r,1 listGates,l OpenGate,p,0,1 TagGate,t,,1",
      types: [
        ["gate", "~gate/${GateName}", "0"],
        ["key", "arn:${Partition}:vault:::${KeyName}"],
      ],
      keys: ["zoo:Keeper", "aws:TagKeys"],
      sets: ["0", "1.0"],
    },
    "zoo-archive": { actions: "GetGate,r" },
  },
};
const gate = "arn:${Partition}:zoo:${Region}:${Account}:gate/${GateName}";
const key = "arn:${Partition}:vault:::${KeyName}";

describe("the dictionary's form", () => {
  const dictionary = buildActionDictionary(small);

  it("unpacks level, resources, needed resources and condition keys", () => {
    expect(dictionary.actionsOf("zoo")).toEqual([
      {
        name: "zoo:CloseGate",
        level: "write",
        resources: [gate, key],
        required: [gate],
        conditionKeys: ["zoo:Keeper"],
      },
      { name: "zoo:GetGate", level: "read", resources: [key], required: [key], conditionKeys: [] },
      { name: "zoo:listGates", level: "list", resources: [], required: [], conditionKeys: [] },
      {
        name: "zoo:OpenGate",
        level: "permissions",
        resources: [gate],
        required: [gate],
        conditionKeys: ["aws:TagKeys", "zoo:Keeper"],
      },
      {
        name: "zoo:TagGate",
        level: "tagging",
        resources: [],
        required: [],
        conditionKeys: ["aws:TagKeys", "zoo:Keeper"],
      },
    ]);
    expect(dictionary.resourceTypes("zoo")).toEqual([
      { name: "gate", arn: gate, conditionKeys: ["zoo:Keeper"] },
      { name: "key", arn: key, conditionKeys: [] },
    ]);
    expect(dictionary).toMatchObject({
      version: "1",
      updated: "2026-01-02",
      services: ["zoo", "zoo-archive"],
    });
  });

  test.each([
    ["zoo:opengate", "zoo:OpenGate"],
    ["ZOO:OPENGATE", "zoo:OpenGate"],
    ["zoo:ListGates", "zoo:listGates"],
  ])("looks `%s` up in any case", (asked, name) => expect(dictionary.lookup(asked)?.name).toBe(name));

  test.each([
    "zoo:Fly",
    "circus:OpenGate",
    "OpenGate",
    "",
    "zoo:",
    ":OpenGate",
    "zoo:*",
    "constructor:toString",
  ])("does not know `%s`", (asked) => expect(dictionary.lookup(asked)).toBeUndefined());

  test.each<[pattern: string, names: string[]]>([
    ["zoo:OpenGate", ["zoo:OpenGate"]],
    ["zoo:opengate", ["zoo:OpenGate"]],
    ["zoo:*Gate", ["zoo:CloseGate", "zoo:GetGate", "zoo:OpenGate", "zoo:TagGate"]],
    ["ZOO:*gates", ["zoo:listGates"]],
    ["zoo:?etGate", ["zoo:GetGate"]],
    ["zoo:*e*g*e", ["zoo:CloseGate", "zoo:GetGate", "zoo:OpenGate"]],
    ["zoo:G*e?", []],
    ["zoo*:GetGate", ["zoo:GetGate", "zoo-archive:GetGate"]],
    ["*:Get*", ["zoo:GetGate", "zoo-archive:GetGate"]],
    ["zoo:OpenGate*", ["zoo:OpenGate"]],
    ["zoo:Open", []],
    ["circus:*", []],
    // IAM refuses a pattern without a service, unless it is a lone star.
    ["Get*", []],
    ["", []],
  ])("expands `%s`", (pattern, names) => expect(dictionary.expand(pattern)).toEqual(names));

  it("expands a lone star, however often it is written, to everything", () => {
    expect(dictionary.expand("*")).toHaveLength(6);
    expect(dictionary.expand("**")).toEqual(dictionary.expand("*"));
    expect(dictionary.expand("*:*")).toEqual(dictionary.expand("*"));
  });

  it("knows nothing of an unknown service", () => {
    expect(dictionary.actionsOf("circus")).toEqual([]);
    expect(dictionary.resourceTypes("circus")).toEqual([]);
    expect(dictionary.actionsOf("toString")).toEqual([]);
  });

  it("stops at data that points nowhere", () => {
    const damaged = buildActionDictionary({ ...small, services: { zoo: { actions: "OpenGate,p,7" } } });
    expect(() => damaged.lookup("zoo:OpenGate")).toThrow("damaged");
  });

  it("takes linear time for a pattern made of stars", () => {
    const pattern = `zoo:${"*a".repeat(2000)}b`;
    const long = buildActionDictionary({ ...small, services: { zoo: { actions: `${"a".repeat(4000)},w` } } });
    const before = performance.now();
    expect(long.expand(pattern)).toEqual([]);
    expect(performance.now() - before).toBeLessThan(30_000);
  });
});

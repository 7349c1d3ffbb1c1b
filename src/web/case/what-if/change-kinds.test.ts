import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { changeKinds, composed } from "./change-kinds.js";
import { changeWords } from "./change-offers.js";
import { pastedOf } from "./use-what-if.js";

const kindOf = (name: string) => {
  const kind = changeKinds.find((one) => one.kind === name);
  if (kind === undefined) throw new Error(`no ${name}`);
  return kind;
};

test("every change that a what-if takes can be composed; a plan is pasted whole (issue 7)", () => {
  const schema = JSON.parse(
    readFileSync(new URL("../../../../schemas/change.json", import.meta.url), "utf8"),
  ) as { $defs: { __schema2: { items: { anyOf: { required: string[] }[] } } } };
  const taken = schema.$defs.__schema2.items.anyOf.map(({ required: [name] }) => name);
  expect(changeKinds.map(({ kind }) => kind).toSorted()).toEqual(
    taken.filter((name) => name !== "terraformPlan").toSorted(),
  );
});

test("a filled form is the change it says, and what means nothing is named before it is sent", () => {
  expect(composed(kindOf("revoke"), { "": "aws:access-key/AKIA1" })).toEqual({
    kind: "change",
    change: { revoke: "aws:access-key/AKIA1" },
  });
  expect(
    composed(kindOf("set"), { on: "arn:aws:s3:::a", property: "publicAccessBlock.X", to: "true" }),
  ).toEqual({ kind: "change", change: { set: "arn:aws:s3:::a#publicAccessBlock.X", to: true } });
  expect(
    composed(kindOf("narrowStatement"), { policy: "p", index: "0", actions: "s3:GetObject, s3:ListBucket" }),
  ).toEqual({
    kind: "change",
    change: { narrowStatement: { policy: "p", index: 0, actions: ["s3:GetObject", "s3:ListBucket"] } },
  });
  expect(composed(kindOf("tightenTrust"), { role: "r", condition: "StringEquals" })).toMatchObject({
    kind: "wrong",
    field: "condition",
  });
  expect(composed(kindOf("removeTrust"), { role: "r" })).toMatchObject({ kind: "wrong", field: "principal" });
});

test("a pasted change document joins what is composed, a plan is asked as it is, YAML is told where it goes", () => {
  expect(pastedOf('{"version":1,"changes":[{"rotate":"secret:x"}]}')).toEqual({
    kind: "changes",
    changes: [{ rotate: "secret:x" }],
  });
  expect(pastedOf('{"format_version":"1.2","resource_changes":[]}')).toMatchObject({ kind: "document" });
  expect(pastedOf("changes:\n  - rotate: x")).toMatchObject({ kind: "wrong" });
  expect(
    changeWords({ removeTrust: { role: "arn:aws:iam::1:role/x", principal: "aws:999999999999" } }),
  ).toMatch(/x no longer trusts/);
});

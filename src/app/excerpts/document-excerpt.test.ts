import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../../../test/settings.js";
import { excerptOf, type Excerpt } from "./document-excerpt.js";
import { keysOf, placeInJson } from "./json-place.js";

const bytes = (value: unknown, indent?: number): Uint8Array =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value, null, indent));
const shown = (excerpt: Excerpt | string): Excerpt => {
  if (typeof excerpt === "string") throw new Error(excerpt);
  return excerpt;
};
const text = ({ lines }: Pick<Excerpt, "lines">): string => lines.map((line) => line.text).join("\n");
const marked = ({ lines }: Pick<Excerpt, "lines">): string =>
  lines
    .filter((line) => line.marked)
    .map((line) => line.text)
    .join("\n");

const policy = { Version: "2012-10-17", Statement: [{ Sid: "A" }, { Sid: "B", Action: "s3:*" }] };
const estate = { UserDetailList: [{ UserName: "ana" }, { UserName: "svc-batch", Policy: policy }] };

describe("the place that an evidence cites", () => {
  test("stands on its own lines, marked, with its keys and the lines around it", () => {
    const found = shown(
      excerptOf(bytes(estate, 2), "x", { pointer: "/UserDetailList/1/Policy/Statement/1", around: 1 }),
    );
    expect(found.laidOut).toBe(false);
    expect(JSON.parse(marked(found))).toEqual(policy.Statement[1]);
    expect(found.breadcrumb).toEqual(["UserDetailList", "1 (svc-batch)", "Policy", "Statement", "1 (B)"]);
    expect(found.lines).toHaveLength(6);
    const raw = JSON.stringify(estate, null, 2).split("\n");
    for (const { number, text: line } of found.lines) expect(line).toBe(raw[number - 1]);
  });

  test("of a document in one line it is laid out", () => {
    const long = { a: "x".repeat(1000), list: [policy] };
    const found = shown(excerptOf(bytes(long), "x", { pointer: "/list/0/Statement/1", around: 2 }));
    expect(found.laidOut).toBe(true);
    expect(JSON.parse(marked(found))).toEqual(policy.Statement[1]);
  });

  test("a policy in a string is decoded, percent-encoding too, and its statement marked", () => {
    const document = { Roles: [{ AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(policy)) }] };
    const found = shown(
      excerptOf(bytes(document), "x", {
        pointer: "/Roles/0/AssumeRolePolicyDocument",
        inner: "/Statement/1",
        around: 3,
      }),
    );
    expect(JSON.parse(marked(found.inner ?? { lines: [] }))).toEqual(policy.Statement[1]);
    expect(found.inner?.breadcrumb).toEqual(["Statement", "1 (B)"]);
  });

  test("lines of CSV and YAML are found too, and what is not there is told", () => {
    const csv = shown(excerptOf(bytes("user,arn\nana,1\nbo,2\n"), "csv", { line: 2, around: 0 }));
    expect(csv.lines).toEqual([{ number: 2, text: "ana,1", marked: true }]);
    const yaml = "people:\n  - id: ana\n    name: Ana\n  - id: bo\n";
    const entry = shown(excerptOf(bytes(yaml), "x", { pointer: "/people/0", around: 0 }));
    expect(marked(entry)).toContain("name: Ana");
    expect(excerptOf(bytes(estate), "x", { pointer: "/nothing/here", around: 1 })).toContain("/nothing/here");
  });
});

describe("secrets in a document are not shown, whatever is asked for", () => {
  const secret = "hunter2-hunter2-hunter2";
  test.each([
    [
      "a variable of a function",
      { Environment: { Variables: { ANYTHING: secret } } },
      "/Environment/Variables/ANYTHING",
    ],
    ["the function around it", { F: { Environment: { Variables: { ANYTHING: secret } } } }, "/F"],
    ["beside what is asked for", { DbPassword: secret, Name: "db" }, "/Name"],
    ["a member that says what it is", { SecretAccessKey: secret }, ""],
    ["in a text", { Command: `run --x password="${secret}"` }, "/Command"],
  ])("%s", (_what, document, pointer) => {
    for (const indent of [undefined, 2]) {
      const found = excerptOf(bytes(document, indent), "x", { pointer, around: 10 });
      expect(text(shown(found))).not.toContain(secret);
      expect(shown(found).masked).toBe(true);
    }
  });

  test("what a scanner of secrets quotes is not shown at all", () => {
    const row = [{ RuleID: "generic", Match: `x ${secret}`, Secret: secret, File: "a.env" }];
    const found = shown(excerptOf(bytes(row, 2), "gitleaks", { pointer: "/0", around: 5 }));
    expect(text(found)).not.toContain(secret);
    expect(text(found)).toContain("a.env");
  });
});

test("property: the place of a pointer in any JSON text is the value that the pointer names", () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 4 }),
      fc.nat(),
      fc.constantFrom(undefined, 1, 2),
      (value, pick, indent) => {
        const pointers: [string, unknown][] = [];
        const visit = (at: unknown, pointer: string): void => {
          pointers.push([pointer, at]);
          if (typeof at === "object" && at !== null)
            for (const [key, item] of Object.entries(at))
              visit(item, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
        };
        visit(value, "");
        const [pointer, expected] = pointers[pick % pointers.length] ?? ["", value];
        const source = JSON.stringify(value, null, indent);
        const place = placeInJson(source, keysOf(pointer));
        expect(JSON.parse(source.slice(place?.start, place?.end))).toEqual(
          JSON.parse(JSON.stringify(expected)),
        );
      },
    ),
    { numRuns: runs.property },
  );
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountOfPath, createKnownAccounts, regionOfPath } from "./account-hints.js";
import { globToRegExp } from "./glob.js";
import { expandInputPaths } from "./input-paths.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-paths-"));
  for (const name of [
    "b/2.json",
    "b/1.json",
    "a.json",
    "README.md",
    "b/notes.md",
    ".hidden/x.json",
    "node_modules/x.json",
    "LICENSE",
    "b/.env",
  ]) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), "{}");
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const names = async (...paths: string[]): Promise<string[]> =>
  (await expandInputPaths(paths)).map(
    (input) => `${input.kind === "file" ? "" : `${input.kind}:`}${input.path.replace(`${folder}/`, "")}`,
  );

describe("paths given on the command line", () => {
  it("a folder: every document below, in order, without what is no document", async () => {
    expect(await names(folder)).toEqual(["a.json", "b/1.json", "b/2.json"]);
    expect(await names(`${folder}/`)).toEqual(["a.json", "b/1.json", "b/2.json"]);
  });

  it("a file that is named is read whatever it is called, and only once", async () => {
    expect(await names(join(folder, "README.md"), folder, join(folder, "a.json"))).toEqual([
      "README.md",
      "a.json",
      "b/1.json",
      "b/2.json",
    ]);
  });

  it("patterns", async () => {
    expect(await names(join(folder, "**/*.json"))).toEqual(["a.json", "b/1.json", "b/2.json"]);
    expect(await names(join(folder, "*/[!1].{json,csv}"))).toEqual(["b/2.json"]);
    expect(await names(join(folder, "*.csv"))).toEqual(["missing-path:*.csv"]);
  });

  it("a missing path is a value; standard input is kept as it is", async () => {
    expect(await names(join(folder, "none.json"), "-")).toEqual(["missing-path:none.json", "stdin:-"]);
  });

  it("links in a circle end, links to nothing are named", async () => {
    symlinkSync(folder, join(folder, "b", "loop"));
    symlinkSync(join(folder, "gone"), join(folder, "b", "dead.json"));
    expect(await names(folder)).toEqual(["a.json", "b/1.json", "b/2.json", "missing-path:b/dead.json"]);
  });

  it("no pattern is a broken regular expression", () => {
    for (const pattern of ["[", "a[b", "{a,b", "[z-a]", "[]", "a{", "}{", "(", "\\", "[^]"])
      expect(() => globToRegExp(pattern)).not.toThrow();
    expect(globToRegExp("a+(b).json").test("a+(b).json")).toBe(true);
  });
});

describe("what a path says about account and region", () => {
  it.each([
    ["x/222222222222/keys.json", "222222222222", "name"],
    ["gaad-222222222222.json", "222222222222", "name"],
    ["222222222222_keys.csv.gz", "222222222222", "name"],
    ["111111111111/keys-222222222222.json", "222222222222", "name"],
    ["bucket-policy-logs-444444444444-v-x.json", "444444444444", "inside"],
  ])("%s", (path, account, strength) => expect(accountOfPath(path)).toEqual({ account, strength }));

  it("a time of day, or more or fewer digits, are no account", () => {
    for (const path of ["report-202411221015.csv", "1234567890123.json", "12345.json", "x.json"])
      expect(accountOfPath(path)).toBeUndefined();
  });

  it("digits amid a name yield to the account of the documents beside it", () => {
    const known = createKnownAccounts();
    known.add("lab/gaad.json", "111111111111");
    expect(known.hintFor("lab/bucket-policy-logs-444444444444-v-x.json", undefined)).toBe("111111111111");
    known.add("other/gaad.json", "333333333333");
    expect(known.hintFor("elsewhere/keys.json", undefined)).toBeUndefined();
    expect(known.hintFor("elsewhere/keys.json", "999999999999")).toBe("999999999999");
  });

  it("regions", () => {
    expect(regionOfPath("x/eu-central-1/keys.json")).toBe("eu-central-1");
    expect(regionOfPath("kms-us-gov-west-1.json")).toBe("us-gov-west-1");
    expect(regionOfPath("people-east.json")).toBeUndefined();
  });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { licencesOf, narrowImports } from "../scripts/bundle.mjs";

let folder: string;
const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-bundle-"));
  put(
    "app/index.js",
    `export { a, aa } from "./a.js";\nexport { b as c } from "./b.js";\nexport { d } from "./d/index.js";\n`,
  );
  put("app/d/index.js", `export { d } from "./deep.js";\n`);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("a command loads what it asks for, not the room that it is in", () => {
  const narrowed = (code: string): string | null => narrowImports(code, join(folder, "cli/run.js"));
  test.each([
    [
      "one name",
      `const { a } = await import("../app/index.js");`,
      `const { a } = await import("../app/a.js");`,
    ],
    [
      "names of one module",
      `const { a, aa: x } = await import("../app/index.js");`,
      `const { a, aa: x } = await import("../app/a.js");`,
    ],
    [
      "through two faces",
      `const { d } = await import("../app/index.js");`,
      `const { d } = await import("../app/d/deep.js");`,
    ],
    [
      "several at once",
      `const [{ d }, all] = await Promise.all([import("../app/index.js"), import("../app/index.js")]);`,
      `const [{ d }, all] = await Promise.all([import("../app/d/deep.js"), import("../app/index.js")]);`,
    ],
  ])("%s", (_, code, expected) => {
    expect(narrowed(code)).toBe(expected);
  });

  test.each([
    ["a whole room", `const app = await import("../app/index.js");`],
    ["names of several modules", `const { a, d } = await import("../app/index.js");`],
    ["a name that the face gives another name", `const { c } = await import("../app/index.js");`],
    ["a name that the face does not have", `const { e } = await import("../app/index.js");`],
    [
      "a list with anything else in it",
      `const [{ a }, x] = await Promise.all([import("../app/index.js"), f()]);`,
    ],
  ])("%s stays", (_, code) => {
    expect(narrowed(code)).toBe(code);
  });
});

test("licences of joined packages are found, and a package without one is refused", () => {
  put("node_modules/@acme/one/package.json", `{"name":"@acme/one","version":"1.2.3"}`);
  put("node_modules/@acme/one/LICENSE.md", "Permission is granted.\n");
  put("node_modules/two/package.json", `{"name":"two","version":"1.0.0"}`);
  const one = join(folder, "node_modules/@acme/one/lib/index.js");
  expect(licencesOf([one, one, join(folder, "src/x.js")])).toBe(
    "@acme/one 1.2.3\n\nPermission is granted.\n",
  );
  expect(() => licencesOf([join(folder, "node_modules/two/index.js")])).toThrow(/two has no licence file/);
});

/** Packages that are loaded as soon as the module is: those of all modules that it imports statically, values only. */
function packagesBehind(module: string): ReadonlySet<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const walk = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, names = "", from = ""] of readFileSync(path, "utf8").matchAll(
      /^(?:import|export)\s+(?!type\b)(?:([^"';]*?)\s*from\s+)?"([^"]+)"/gm,
    )) {
      const listed = /^\{([^}]*)\}$/
        .exec(names.trim())?.[1]
        ?.split(",")
        .map((name) => name.trim());
      if (listed?.filter((name) => name !== "").every((name) => name.startsWith("type ")) === true) continue;
      if (from.startsWith(".")) walk(resolve(dirname(path), from.replace(/\.js$/, ".ts")));
      else if (!from.startsWith("node:")) packages.add(/^(?:@[^/]+\/)?[^/]+/.exec(from)?.[0] ?? from);
    }
  };
  walk(resolve(import.meta.dirname, "../src", module));
  return packages;
}

describe("what `analyze` loads (issue 2: an answer within one second of the start)", () => {
  test.each([
    ["the use case", "app/analyze-files.ts", ["@noble/hashes", "yaml"]],
    ["the readers", "readers/index.ts", ["@noble/hashes", "csv-parse", "yaml", "zod"]],
    ["the report", "report/index.ts", ["@dagrejs/dagre", "@noble/hashes"]],
    ["the command line", "cli/main.ts", ["commander"]],
  ])("%s: no database, no server, nothing that it does not use", (_, module, expected) => {
    expect([...packagesBehind(module)].sort()).toEqual(expected);
  });
});

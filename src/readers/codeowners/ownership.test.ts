import { describe, expect, test } from "vitest";
import { parseCodeOwners } from "./index.js";
import type { CodeOwnersFile } from "../../core/estate/index.js";
import { ownersOf, type PathOwnership } from "../../core/accountability/index.js";

const origin = { source: { path: "CODEOWNERS", digest: "0", kind: "codeowners" } };

function owners(text: string, path: string, dialect?: CodeOwnersFile["dialect"]): PathOwnership {
  const parsed = parseCodeOwners(text, dialect);
  return ownersOf({ dialect: parsed.dialect, rules: parsed.rules, origin }, path);
}

describe("GitHub CODEOWNERS (ownership.md 6a, row 1)", () => {
  test.each([
    ["* @all\n*.js @js", "a/b.js", ["@js"]],
    ["docs/* @docs", "docs/a.md", ["@docs"]],
    ["docs/* @docs", "docs/deep/a.md", []],
    ["apps/ @apps", "x/apps/y/z.txt", ["@apps"]],
    ["/build/logs/ @ops", "x/build/logs/a", []],
    ["**/logs @logs", "deep/down/logs/a.txt", ["@logs"]],
    ["/* @top", "a/b", []],
    ["/apps @apps", "apps/github/x", ["@apps"]],
    ["path\\ with\\ spaces/ @space", "path with spaces/a", ["@space"]],
    ["*.js @js # @not-an-owner", "a.js", ["@js"]],
  ])("%j gives %s the owners %j", (text, path, expected) => {
    expect(owners(text, path, "github").owners).toEqual(expected);
  });

  test("an empty owner list is deliberately unowned, which differs from no match", () => {
    const text = "/apps/ @octocat\n/apps/github";
    expect(owners(text, "apps/github/x").state).toBe("unowned");
    expect(owners(text, "apps/x").state).toBe("owned");
    expect(owners(text, "lib/x").state).toBe("no-match");
  });

  test("lines that GitHub does not take are skipped and named by line", () => {
    const parsed = parseCodeOwners("a.txt @a\n!b.txt @b\n[ab].txt @c\nc.txt not-an-owner\n", "github");
    expect(parsed.rules.map((rule) => rule.pattern)).toEqual(["a.txt"]);
    expect(parsed.problems.map((problem) => problem.line)).toEqual([2, 3, 4]);
  });
});

describe("GitLab CODEOWNERS (ownership.md 6a, row 2)", () => {
  const text = `* @default
[Docs][2] @docs-team
docs/
README.md @readme
^[Ruby] @ruby
*.rb
!/config/*.rb
/config/special.rb @again
[DOCS]
*.md @md
`;

  test("each section decides alone, the unnamed one always applies, results are united", () => {
    expect(owners(text, "docs/a.txt").owners).toEqual(["@default", "@docs-team"]);
    expect(owners(text, "lib/x.rb").owners).toEqual(["@default", "@ruby"]);
  });

  test("sections of one name in any case are one: the last match in it decides", () => {
    expect(owners(text, "README.md").owners).toEqual(["@default", "@md"]);
  });

  test("an exclusion is final in its section, also for later rules", () => {
    expect(owners(text, "config/special.rb").owners).toEqual(["@default"]);
  });

  test("a path without leading slash matches at any depth, one without trailing slash no folder", () => {
    expect(owners("[A]\nlib/ @lib", "x/lib/y").owners).toEqual(["@lib"]);
    expect(owners("[A]\n/lib @lib", "lib/y").state).toBe("no-match");
    expect(owners("[A]\n/docs/**/*.md @md", "docs/a/b/c.md").owners).toEqual(["@md"]);
  });

  test("optional sections and exclusions are marked", () => {
    const { rules, sections } = parseCodeOwners(text);
    expect(sections).toEqual(["Docs", "Ruby"]);
    expect(rules.find((rule) => rule.pattern === "*.rb")).toMatchObject({
      optional: true,
      owners: ["@ruby"],
    });
    expect(rules.find((rule) => rule.exclusion)).toMatchObject({ pattern: "/config/*.rb", line: 7 });
  });

  test("roles are owners too", () => {
    expect(owners("[A]\n/config/ @@maintainer", "config/x").owners).toEqual(["@@maintainer"]);
  });

  test("a pattern that is no valid range does not throw", () => {
    expect(owners("[A]\n[z-a].txt @x", "a.txt").state).toBe("no-match");
  });
});

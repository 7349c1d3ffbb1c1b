import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { pictureArgs, pictureColumns, svgOf } from "../scripts/picture.mjs";
import { runRemit } from "./run-remit.js";

const pages = ["README.md", ...readdirSync("docs").map((name) => join("docs", name))].filter((name) =>
  name.endsWith(".md"),
);

/** Every line of a `sh` block that runs `remit`. */
const commandsOf = (page: string): readonly string[] =>
  [...readFileSync(page, "utf8").matchAll(/^```sh\n([\s\S]*?)^```/gm)]
    .flatMap((block) => (block[1] ?? "").split("\n"))
    .filter((line) => /^(bin\/)?remit /.test(line));

/** Words of a command line; single quotes hold one together. No other shell syntax is used in the pages but a comment. */
const wordsOf = (line: string): readonly string[] =>
  [...line.replace(/ +# .*$/, "").matchAll(/'([^']*)'|(\S+)/g)]
    .map((word) => word[1] ?? word[2] ?? "")
    .slice(1);

/** `# exit 1: why`: the command is shown for what it refuses. */
const exitOf = (line: string): number => Number(/ # exit (\d)/.exec(line)?.[1] ?? "0");

const commands = [...new Set(pages.flatMap(commandsOf))];

describe("the pages", () => {
  test("README and the example's page show commands", () => {
    expect(commandsOf("README.md").length).toBeGreaterThan(2);
    expect(commandsOf("docs/examples.md").length).toBeGreaterThan(2);
  });

  test.each(commands)("`%s` does what it says and ends as it says", async (line) => {
    const ran = await runRemit(wordsOf(line));
    expect({ code: ran.code, err: ran.err }).toMatchObject({ code: exitOf(line) });
    expect(ran.out).not.toBe("");
  });

  test.each(pages)("every file that %s links to is there", (page) => {
    const links = [...readFileSync(page, "utf8").matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map((link) => link[1] ?? "")
      .filter((link) => !/^https?:/.test(link));
    expect(links.filter((link) => !existsSync(join(dirname(page), link)))).toEqual([]);
  });

  test("the picture is what the example gives: `node scripts/picture.mjs` makes it", async () => {
    const ran = await runRemit(pictureArgs, { COLUMNS: String(pictureColumns) });
    expect(readFileSync("docs/img/analyze.svg", "utf8")).toBe(svgOf(ran.out));
  });
});

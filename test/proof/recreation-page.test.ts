import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { proofFile, quotedHop, shownIn } from "../../scripts/pages.mjs";
import { runRemit } from "../run-remit.js";

const page = readFileSync("docs/recreation.md", "utf8");

test("docs/recreation.md shows what its commands print: else run node scripts/pages.mjs (issue 3, done when 5)", async () => {
  const blocks = shownIn(page);
  expect(blocks.length).toBeGreaterThan(1);
  for (const { command, output } of blocks) {
    const { code, out } = await runRemit(command.split(" ").slice(1));
    expect(code, command).toBe(0);
    expect(out, command).toBe(output);
  }
  expect(page).toContain(`third hop:\n\n\`\`\`json\n${quotedHop(readFileSync(proofFile, "utf8"))}\`\`\``);
});

/**
 * Fills the blocks of docs/recreation.md that show what a command really prints, and makes docs/proof-example.json:
 * `node scripts/pages.mjs`. A test keeps page and output equal.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMain, root } from "./checkout.mjs";
import { ensure } from "./ensure.mjs";

const page = "docs/recreation.md";
export const proofFile = "docs/proof-example.json";

/** A command, and the block below it that holds what it prints. */
const shown = /^```sh\n(remit [^\n]*)\n```\n\n```text\n([\s\S]*?)```$/gm;
const hop = /(Its first path, third hop:\n\n```json\n)([\s\S]*?)```/;

/**
 * Commands of the page whose output it shows, with the output that it shows.
 *
 * @param {string} text
 * @returns {readonly { command: string, output: string }[]}
 */
export const shownIn = (text) =>
  [...text.matchAll(shown)].map(([, command = "", output = ""]) => ({ command, output }));

/**
 * The part of the proof that the page quotes.
 *
 * @param {string} proof
 */
export const quotedHop = (proof) => `${JSON.stringify(JSON.parse(proof).paths[0].hops[2], null, 2)}\n`;

/**
 * The page with what the commands print now.
 *
 * @param {string} text
 * @param {(command: string) => string} run
 * @param {string} proof
 */
export const filled = (text, run, proof) =>
  text
    .replace(shown, (_, command) => `\`\`\`sh\n${command}\n\`\`\`\n\n\`\`\`text\n${run(command)}\`\`\``)
    .replace(hop, (_, start) => `${start}${quotedHop(proof)}\`\`\``);

/** @param {string} command */
function run(command) {
  const args = command.split(" ").slice(1);
  const ran = spawnSync(process.execPath, [join(root, "bin/remit"), ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: "1" },
  });
  if (ran.status !== 0) throw new Error(`\`${command}\` ended with ${String(ran.status)}: ${ran.stderr}`);
  return ran.stdout;
}

if (isMain(import.meta.url)) {
  await ensure();
  const text = readFileSync(join(root, page), "utf8");
  const proof = run(/^remit explain .*--proof - .*$/m.exec(text)?.[0] ?? "");
  writeFileSync(join(root, proofFile), proof);
  writeFileSync(join(root, page), filled(text, run, proof));
}

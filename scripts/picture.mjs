/**
 * Makes docs/img/analyze.svg from what `remit analyze` really prints about the example, so that the picture in the
 * README can be made again: `node scripts/picture.mjs`. With --check it changes nothing and exits 1 when the
 * picture is not what the example gives now.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./checkout.mjs";

export const pictureColumns = 160;
const cell = { width: 7.2, height: 17, font: 12, margin: 16 };
const picture = join(root, "docs/img/analyze.svg");

export const pictureArgs = [
  ...["analyze", "--estate", "examples/estate", "--findings", "examples/findings"],
  ...["--catalogue", "examples/remit.yaml", "--now", "2026-11-22T12:00:00Z"],
];

/** The words of COMES BACK, longest first, and their colours on dark ground. */
const colours = /** @type {const} */ ([
  ["yes, by itself", "#ff7b72"],
  ["yes, from outside", "#ff7b72"],
  ["shared cause", "#d2a8ff"],
  ["only admins", "#79c0ff"],
  ["governed", "#7ee787"],
  ["unknown", "#e3b341"],
  ["cannot", "#7ee787"],
  ["yes", "#ffa657"],
]);

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/**
 * The terminal's text as SVG. How long the run took is left out: it differs each time.
 *
 * @param {string} text
 */
export function svgOf(text) {
  const lines = text
    .replace(/ · [\d.,]+ s$/m, "")
    .trimEnd()
    .split("\n");
  const body = [`$ remit ${pictureArgs.slice(0, -2).join(" ")}`, "", ...lines];
  const width = Math.ceil(pictureColumns * cell.width + 2 * cell.margin);
  const height = body.length * cell.height + 2 * cell.margin;
  const at = lines.find((line) => line.startsWith("CASE"))?.indexOf("COMES BACK") ?? -1;
  const rows = body.map((line, index) => {
    if (line === "") return "";
    const y = cell.margin + (index + 1) * cell.height - 4;
    return piecesOf(line, at)
      .map(({ start, text: part, fill }) => {
        const x = (cell.margin + start * cell.width).toFixed(1);
        const length = (Array.from(part).length * cell.width).toFixed(1);
        return `<text x="${x}" y="${y}" textLength="${length}" fill="${fill}">${escaped(part)}</text>`;
      })
      .join("");
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="output of remit analyze for the example company">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${cell.font}">
${rows.filter((row) => row !== "").join("\n")}
</g>
</svg>
`;
}

/**
 * Runs of text between wider gaps, each at its column: SVG renderers fold spaces and fonts differ in width.
 *
 * @param {string} line
 * @param {number} at column of COMES BACK; -1 when there is no table
 */
function piecesOf(line, at) {
  const plain = line.startsWith("$ ") ? "#8b949e" : "#c9d1d9";
  return [...line.matchAll(/\S+(?: \S+)*/g)].map(({ 0: text, index }) => {
    const word = /^R-/.test(line) && index === at ? colours.find(([known]) => known === text) : undefined;
    return { start: Array.from(line.slice(0, index)).length, text, fill: word?.[1] ?? plain };
  });
}

function makePicture() {
  const ran = spawnSync(process.execPath, [join(root, "bin/remit"), ...pictureArgs], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, COLUMNS: String(pictureColumns), NO_COLOR: "1" },
  });
  if (ran.status !== 0) throw new Error(`remit ended with ${String(ran.status)}: ${ran.stderr}`);
  return svgOf(ran.stdout);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const svg = makePicture();
  if (!process.argv.includes("--check")) writeFileSync(picture, svg);
  else if (!existsSync(picture) || readFileSync(picture, "utf8") !== svg) {
    process.stderr.write(
      "docs/img/analyze.svg is not what the example gives: run node scripts/picture.mjs\n",
    );
    process.exitCode = 1;
  }
}

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The corpus that a script reads: its first argument, else REMIT_CORPUS, else `../shared/corpus` beside the repository.
 * @param {string[]} args
 */
export function corpusFolder(args) {
  return resolve(args[0] ?? process.env["REMIT_CORPUS"] ?? join(root, "../shared/corpus"));
}

/** @param {string} path */
export function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/**
 * Writes `data/NAME` and says how large it became.
 * @param {string} name
 * @param {string} text
 */
export function writeData(name, text) {
  const path = join(root, "data", name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  process.stdout.write(`data/${name}: ${Math.ceil(Buffer.byteLength(text) / 1024)} KB\n`);
}

/**
 * True when the module is run as a command, not imported.
 * @param {string} moduleUrl
 */
export function isCommand(moduleUrl) {
  return process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(moduleUrl);
}

/**
 * JSON with one line for each entry of the objects and arrays named in `opened`, so that a change of the source is a
 * change of a few lines.
 * @param {Record<string, unknown>} data
 * @param {readonly string[]} opened
 */
export function linesOf(data, opened) {
  const members = Object.entries(data).map(([key, value]) => {
    if (!opened.includes(key)) return `${JSON.stringify(key)}:${JSON.stringify(value)}`;
    if (Array.isArray(value))
      return `${JSON.stringify(key)}:[\n${value.map((entry) => JSON.stringify(entry)).join(",\n")}\n]`;
    const entries = Object.entries(/** @type {Record<string, unknown>} */ (value));
    return `${JSON.stringify(key)}:{\n${entries.map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`).join(",\n")}\n}`;
  });
  return `{\n${members.join(",\n")}\n}\n`;
}

/** Numbers strings in the order of their first use. */
export function interner() {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  return {
    /** @param {string} text */
    number(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, numbers.size);
      return numbers.size - 1;
    },
    values: () => [...numbers.keys()],
  };
}

/**
 * Order by UTF-16 code unit, the same on every machine.
 * @param {string} a
 * @param {string} b
 */
export function byCode(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

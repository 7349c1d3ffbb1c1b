import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

type Violation = { readonly from: string; readonly to: string; readonly rule: { readonly name: string } };
type Cruise = {
  readonly summary: { readonly totalCruised: number; readonly violations: readonly Violation[] };
};

/** In a process of its own, as dependency-cruiser resolves everything from the working directory. */
function cruise(cwd: string): Cruise["summary"] {
  const tool = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const run = spawnSync(
    process.execPath,
    [tool, "src", "--config", join(root, ".dependency-cruiser.cjs"), "--output-type", "json"],
    { cwd, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  if (run.stdout === "") throw new Error(`dependency-cruiser said nothing: ${run.stderr}`);
  return (JSON.parse(run.stdout) as Cruise).summary;
}

function sources(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
}

/** One planted file each: where it lies, what it says, and the rule that must object (or none). */
const plants: readonly (readonly [file: string, text: string, rule: string | undefined])[] = [
  ["core/estate/planted-up.ts", `import "../access/index.js";`, "direction-core-estate"],
  [
    "core/estate/planted-type.ts",
    `import type { P } from "../cases/index.js"; export type Q = P;`,
    "direction-core-estate",
  ],
  ["core/access/planted.ts", `import "../findings/index.js";`, "direction-core-access"],
  ["core/findings/planted.ts", `import "../accountability/index.js";`, "direction-core-findings"],
  ["core/accountability/planted.ts", `import "../decision/index.js";`, "direction-core-accountability"],
  ["core/decision/planted.ts", `import "../cases/index.js";`, "direction-core-decision"],
  ["core/cases/planted.ts", `import "../draw/index.js";`, "direction-core-cases"],
  ["core/draw/planted-up.ts", `import "../../report/index.js";`, "direction-core-draw"],
  [
    "core/draw/planted-value.ts",
    `import { p } from "../cases/index.js"; export const q = p;`,
    "types-only-core-draw",
  ],
  ["core/draw/planted-type.ts", `import type { P } from "../cases/index.js"; export type Q = P;`, undefined],
  // The check of proofs shares nothing with what it vouches for, not even types.
  ["core/proof/planted.ts", `import "../access/index.js";`, "direction-core-proof"],
  [
    "core/proof/planted-estate.ts",
    `import type { P } from "../estate/index.js"; export type Q = P;`,
    "direction-core-proof",
  ],
  ["core/proof/planted-reader.ts", `import "../../readers/index.js";`, "direction-core-proof"],
  ["core/planted.ts", `import "../readers/index.js";`, "direction-core"],
  ["core/estate/planted-whole.ts", `import "../index.js";`, "direction-core-estate"],
  ["readers/planted.ts", `import "../store/index.js";`, "direction-readers"],
  ["readers/planted-deep.ts", `import "../core/estate/planted-leaf.js";`, "face-core-estate"],
  ["contract/planted.ts", `import "../app/index.js";`, "direction-contract"],
  ["api/planted.ts", `import "../app/index.js";`, "direction-api"],
  ["store/planted.ts", `import "../jobs/index.js";`, "direction-store"],
  ["jobs/planted.ts", `import "../app/index.js";`, "direction-jobs"],
  ["connectors/planted.ts", `import "../store/index.js";`, "direction-connectors"],
  ["app/planted.ts", `import "../contract/index.js";`, "direction-app"],
  ["server/planted.ts", `import "../store/index.js";`, "direction-server"],
  ["cli/planted.ts", `import "../readers/index.js";`, "direction-cli"],
  [
    "cli/planted-good.ts",
    `import "../app/index.js"; import "../contract/index.js"; import "../report/index.js";`,
    undefined,
  ],
  ["web/planted.ts", `import "../app/index.js";`, "direction-web"],
  [
    "web/planted-value.ts",
    `import { p } from "../core/cases/index.js"; export const q = p;`,
    "types-only-web",
  ],
  [
    "web/planted-draw.ts",
    `import "../core/draw/index.js"; import type { P } from "../core/cases/index.js"; export type Q = P;`,
    undefined,
  ],
  ["report/planted.ts", `import "../app/index.js";`, "direction-report"],
  [
    "report/planted-good.ts",
    `import "../core/index.js"; import "../core/cases/index.js"; import "@noble/hashes/sha2.js";`,
    undefined,
  ],
  // The screens take their sentences from it, and a browser has no file and no process.
  ["report/planted-builtin.ts", `import "node:path";`, "no-builtin-behind-web"],
  ["web/planted-builtin.ts", `import "path";`, "no-builtin-behind-web"],
  ["api/planted-builtin.ts", `import "node:crypto";`, "no-builtin-behind-web"],
  ["cellar/planted.ts", `import "node:path";`, "no-unknown-room"],
  ["core/estate/planted-builtin.ts", `import "node:path";`, "no-builtin-in-core"],
  ["core/estate/planted-bare-builtin.ts", `import "path";`, "no-builtin-in-core"],
  ["core/estate/planted-npm.ts", `import "zod";`, "no-npm-in-core"],
  ["core/estate/planted-hash.ts", `import "@noble/hashes/sha2.js";`, undefined],
  ["core/estate/planted.test.ts", `import "zod"; import "node:path"; import "fast-check";`, undefined],
  ["readers/planted-dev.ts", `import "fast-check";`, "no-dev-dependency"],
  ["readers/planted-borrowed.ts", `import "tinyrainbow";`, "no-undeclared-package"],
  ["readers/planted-out.ts", `import "../../test/settings.js";`, "no-way-out-of-src"],
  ["readers/planted-test.ts", `import "./planted-leaf.test.js";`, "no-test-in-product"],
  ["readers/planted-lost.ts", `import "./no-such-file.js";`, "no-unresolved"],
  ["readers/planted-circle.ts", `import "./planted-circle-back.js";`, "no-circle"],
];

/** What the planted files import; already present in the live tree once its room is built. */
const targets = [
  ...["estate", "access", "findings", "accountability", "decision", "cases", "draw"].map(
    (r) => `core/${r}/index.ts`,
  ),
  ...["core", "readers", "contract", "api", "store", "jobs", "connectors", "app", "report"].map(
    (r) => `${r}/index.ts`,
  ),
];

const leaves: Readonly<Record<string, string>> = {
  "core/estate/planted-leaf.ts": "export {};",
  "readers/planted-leaf.test.ts": "export {};",
  "readers/planted-circle-back.ts": `import "./planted-circle.js";`,
};

/** The tree with the planted files in it is read once: that takes many seconds. */
describe("the tree and what was planted in a copy of it", () => {
  let copy = "";
  let violations: readonly Violation[] = [];
  let totalCruised = 0;

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), "remit-import-direction-"));
    const write = (file: string, text: string) => {
      const at = join(copy, "src", file);
      mkdirSync(dirname(at), { recursive: true });
      writeFileSync(at, `${text}\n`);
    };
    // What tests of the product import lies beside `src`; the corpus is data alone.
    for (const file of ["package.json", "tsconfig.json", "src", "scripts", "test"]) {
      const filter = (source: string) => source !== join(root, "test/corpus");
      cpSync(join(root, file), join(copy, file), { recursive: true, filter });
    }
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    for (const file of targets)
      if (!existsSync(join(copy, "src", file))) write(file, "export const p = 1; export type P = 1;");
    for (const [file, text] of Object.entries(leaves)) write(file, text);
    for (const [file, text] of plants) write(file, text);
    ({ violations, totalCruised } = cruise(copy));
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  test("the tree keeps the import directions", () => {
    const ours = violations.filter(({ from }) => !from.includes("/planted"));
    expect(ours.map((v) => `${v.rule.name}: ${v.from} -> ${v.to}`)).toEqual([]);
    // With a compiler that it cannot load, dependency-cruiser reads 0 modules and says that all is well.
    expect(totalCruised).toBeGreaterThan(plants.length);
    expect(totalCruised).toBeGreaterThanOrEqual(sources(join(copy, "src")).length);
  });

  test.each(plants)("%s: %s", (file, _text, rule) => {
    // A circle is reported once, from whichever of its files was read first.
    const planted = (v: Violation) =>
      v.from === `src/${file}` || (v.rule.name === "no-circle" && v.to === `src/${file}`);
    const names = violations.filter(planted).map((v) => v.rule.name);
    if (rule === undefined) expect(names).toEqual([]);
    else expect(names).toContain(rule);
  });
});

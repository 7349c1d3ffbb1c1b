/**
 * `npm run test:mutations` (a part of `npm run test:deep`): switches the rule behind each row of the requirements off,
 * one at a time, and asks the tests that name the row. A row whose tests stay green is held by nothing.
 *
 *   node scripts/mutations.mjs           every rule of test/mutations/list.yaml
 *   node scripts/mutations.mjs R16 R24   those of some rows
 *
 * The tree is never touched: the text is changed on its way from the file to the test, in memory.
 */
import { fork } from "node:child_process";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { mutations, namedBy, rowsIn } from "./requirements.mjs";

/**
 * @typedef {import("./requirements.mjs").Mutation} Mutation
 * @typedef {{ row: string, rule: string, file: string, verdict: "caught" | "survived" | "unsound", by: string }} Result
 */

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * The text of a file with one rule switched off; an error where the place is not found exactly once.
 * @param {string} text
 * @param {Mutation} mutation
 */
export function mutated(text, { file, find, replace }) {
  const parts = text.split(find);
  if (parts.length !== 2)
    throw new Error(`${file}: \`${find}\` stands there ${parts.length - 1} times: it has to be exactly once`);
  if (find === replace) throw new Error(`${file}: \`${find}\` is replaced by itself`);
  return parts.join(replace);
}

/** Processes side by side: the two cores that the project promises to be comfortable on. */
const shares = 2;

/**
 * Not those of vitest.config.ts: a worker that keeps its modules from file to file would keep a rule that was
 * switched off, and the plugin below reaches one project.
 *
 * @type {import("vitest/node").CliOptions}
 */
const settings = {
  config: false,
  include: ["src/**/*.test.ts", "test/**/*.test.ts"],
  exclude: ["**/node_modules/**", "test/corpus/**"],
  setupFiles: ["test/setup.ts"],
  globalSetup: ["test/run-folder.ts"],
  pool: "forks",
  isolate: true,
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

/**
 * @param {readonly Mutation[]} list
 * @param {(result: Result) => void} told
 */
async function runShare(list, told) {
  const { createVitest } = await import("vitest/node");
  const named = namedBy();
  /** @type {Mutation | undefined} */
  let active;
  const vitest = await createVitest(
    "test",
    { ...settings, root, watch: false, reporters: [{}], maxWorkers: 1, silent: true },
    {
      plugins: [
        {
          name: "remit-mutation",
          enforce: "pre",
          transform: (text, id) =>
            active !== undefined && id === join(root, active.file) ? mutated(text, active) : undefined,
        },
      ],
    },
  );
  try {
    await vitest.standalone();
    /** @param {readonly string[]} rows */
    const ask = async (rows) => {
      const files = new Set(
        rows.flatMap((row) => named.get(row) ?? []).filter((file) => file.endsWith(".ts")),
      );
      vitest.setGlobalTestNamePattern(new RegExp(titlePattern(rows)));
      const specs = (await vitest.globTestSpecifications([...files])).filter(({ moduleId }) =>
        files.has(relative(root, moduleId)),
      );
      const { testModules } = await vitest.runTestSpecifications(specs);
      const ran = [...testModules].map((module) => ({ module, file: relative(root, module.moduleId) }));
      return {
        failed: ran.flatMap(({ module, file }) =>
          [...module.children.allTests("failed")].map(({ fullName }) => ({
            rows: rowsIn(fullName),
            name: `${file} > ${fullName}`,
          })),
        ),
        errors: ran.flatMap(({ module, file }) =>
          module.errors().map(({ message }) => `${file}: ${message}`),
        ),
      };
    };
    // What is red without any change proves nothing about the change.
    const before = await ask([...new Set(list.flatMap(({ rows }) => rows))]);
    const red = new Set([...before.failed.map(({ name }) => name), ...before.errors]);
    for (const mutation of list) {
      active = mutation;
      vitest.invalidateFile(join(root, mutation.file));
      const { failed, errors } = await ask(mutation.rows);
      const broken = errors.find((error) => !red.has(error));
      for (const row of mutation.rows) {
        const by = failed.find((test) => test.rows.has(row) && !red.has(test.name));
        const { rule, file } = mutation;
        if (by !== undefined) told({ row, rule, file, verdict: "caught", by: by.name });
        else if (broken !== undefined) told({ row, rule, file, verdict: "unsound", by: broken });
        else told({ row, rule, file, verdict: "survived", by: "" });
      }
      active = undefined;
      vitest.invalidateFile(join(root, mutation.file));
    }
  } finally {
    await vitest.close();
  }
}

/**
 * Titles that name one of the rows, and every title with a range: which ranges hold a row is asked of the results.
 * @param {readonly string[]} rows
 */
const titlePattern = (rows) => `\\b(?:${rows.join("|")})\\b|\\bR\\d+ to R\\d+\\b`;

/** @param {readonly Result[]} results */
function table(results) {
  const order = (/** @type {Result} */ { row }) => Number(row.slice(1));
  const lines = [...results]
    .sort((a, b) => order(a) - order(b))
    .map(
      ({ row, rule, verdict, by }) => `${row.padEnd(4)} ${verdict.padEnd(9)} ${rule}\n               ${by}`,
    );
  const bad = results.filter(({ verdict }) => verdict !== "caught").length;
  return `${lines.join("\n")}\n${results.length - bad} of ${results.length} caught\n`;
}

/** @param {readonly string[]} rows */
async function main(rows) {
  const list = mutations();
  const wanted = [...list.keys()].filter(
    (at) => rows.length === 0 || list[at]?.rows.some((row) => rows.includes(row)),
  );
  /** @type {Result[]} */
  const results = [];
  const codes = await Promise.all(
    Array.from({ length: Math.min(shares, wanted.length) }, (_, share) =>
      startShare(
        wanted.filter((_at, index) => index % shares === share),
        (result) => {
          results.push(result);
          // A run takes minutes: what is known is told at once, so that one that is cut short is not lost.
          process.stderr.write(`${result.verdict} ${result.row} ${result.rule}\n`);
        },
      ),
    ),
  );
  process.stdout.write(table(results));
  const asked = wanted.reduce((sum, at) => sum + (list[at]?.rows.length ?? 0), 0);
  const whole = codes.every((code) => code === 0) && results.length === asked && asked > 0;
  if (!whole) process.stdout.write(`only ${results.length} of ${asked} were asked\n`);
  return whole && results.every(({ verdict }) => verdict === "caught") ? 0 : 1;
}

/**
 * @param {readonly number[]} indices of the list
 * @param {(result: Result) => void} told
 * @returns {Promise<number>} the exit code
 */
function startShare(indices, told) {
  // What is found must not hang on chance, and the large counts of the deep run add nothing here.
  const env = { ...process.env, REMIT_DEEP: "", REMIT_SHARE: indices.join(",") };
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [], { cwd: root, env });
    child.on("message", (result) => told(/** @type {Result} */ (result)));
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const share = process.env.REMIT_SHARE;
  if (share === undefined) process.exitCode = await main(process.argv.slice(2));
  else {
    const list = mutations();
    await runShare(
      share.split(",").flatMap((at) => list[Number(at)] ?? []),
      (result) => process.send?.(result),
    );
    // Red tests are what was asked for; only an error that ends this process counts.
    process.exitCode = 0;
    process.disconnect();
  }
}

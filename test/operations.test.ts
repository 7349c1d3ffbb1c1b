import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startPostgres, type PostgresServer } from "./store/postgres-server.js";

const root = resolve(import.meta.dirname, "..");
const page = readFileSync(join(root, "docs/operations.md"), "utf8");
const lines = [...page.matchAll(/^```bash\n([^]*?)^```/gm)].flatMap(([, code = ""]) =>
  code.trim().split("\n"),
);

let server: PostgresServer;
let home = "";
beforeAll(async () => {
  server = await startPostgres();
  home = mkdtempSync(join(tmpdir(), "remit-operations-"));
});
afterAll(async () => {
  await server.remove();
  rmSync(home, { recursive: true, force: true });
});

/** What the comment at the end of a line says is in what the line prints, on either stream. */
const checked = (line: string): string => {
  const [, command, said] = /^(.*?) {3}# (.+)$/.exec(line) ?? [];
  if (command === undefined || said === undefined) return line;
  const wanted = `'${said.replaceAll("'", `'\\''`)}'`;
  return `{ ${command}; } > .said 2>&1; grep -qF -- ${wanted} .said || { echo "no "${wanted}" in what this printed: "${JSON.stringify(command).replaceAll("$", "\\$")}; cat .said; exit 9; }`;
};

test("the commands of docs/operations.md do what the page says (issue 6, done when 6)", async () => {
  expect(lines.filter((line) => line.includes("   # ")).length).toBeGreaterThan(20);
  cpSync(join(root, "examples"), join(home, "examples"), { recursive: true });
  mkdirSync(join(home, "bin"));
  const program = `#!/bin/sh\nexec "${process.execPath}" "${join(root, "bin/remit")}" "$@"\n`;
  writeFileSync(join(home, "bin/remit"), program, { mode: 0o755 });
  const script = [...lines.map(checked), "echo all was run"].join("\n");
  // A server that a failure leaves running goes with the shell.
  const run = spawnSync(
    "bash",
    ["--norc", "-euo", "pipefail", "-c", `trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n${script}`],
    {
      cwd: home,
      encoding: "utf8",
      timeout: 500_000,
      env: {
        PATH: `${join(home, "bin")}:${process.env["PATH"] ?? ""}`,
        HOME: home,
        REMIT_BUILD_LOOSE: process.env["REMIT_BUILD_LOOSE"] ?? "",
        DATABASE: await server.database(),
      },
    },
  );
  expect([run.stdout, run.status], run.stderr).toEqual(["all was run\n", 0]);
}, 600_000);

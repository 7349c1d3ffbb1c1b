import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./installed.js";
import { startServer } from "./start.js";

const blocks = [...readFileSync(join(root, "docs/api.md"), "utf8").matchAll(/```bash\n([^]*?)```/g)].map(
  ([, code = ""]) => code,
);

/** What the comment at the end of a command says that it prints, in order. */
const expected = blocks.flatMap((code) =>
  code
    .split("\n")
    .flatMap((line) =>
      / # (.+)$/.exec(line)?.[1] === undefined || /\{ #/.test(line) ? [] : [/ # (.+)$/.exec(line)?.[1] ?? ""],
    ),
);

test("the session of docs/api.md goes as it says, from opened to closed (issue 6, done when 1)", async () => {
  const home = mkdtempSync(join(tmpdir(), "remit-session-"));
  const { address, child } = await startServer(home, "--example");
  try {
    cpSync(join(root, "examples"), join(home, "examples"), { recursive: true });
    const run = spawnSync("bash", ["-euo", "pipefail", "-c", blocks.join("\n")], {
      cwd: home,
      encoding: "utf8",
      // A shell whose input is a socket takes itself for a remote one and reads the machine's own settings.
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, REMIT_URL: address, REMIT_HOME: home },
    });
    expect(run.stderr).toBe("");
    expect(run.stdout.trimEnd().split("\n")).toEqual(expected);
    expect(run.status).toBe(0);
  } finally {
    child.kill("SIGKILL");
    rmSync(home, { recursive: true, force: true });
  }
}, 300_000);

/** `npm run bench -- ARGS`: compiles bench/run.ts, as Node 20 strips no types, and runs it with ARGS. */
import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { assertNode, EnsureError, root, run } from "./checkout.mjs";
import { ensureInstalled } from "./ensure.mjs";
import { compile, copyAssets } from "./make.mjs";

await run(async () => {
  assertNode(process.versions.node);
  if (!existsSync(join(root, "bench/run.ts"))) {
    throw new EnsureError("there is no benchmark: `bench/run.ts` is missing");
  }
  await ensureInstalled();
  rmSync(join(root, "dist-bench"), { recursive: true, force: true });
  if ((await compile(root, "tsconfig.bench.json", "dist-bench")) !== 0) {
    throw new EnsureError("the benchmarks do not compile: see the errors above");
  }
  for (const folder of ["src", "bench"]) copyAssets(join(root, folder), join(root, "dist-bench", folder));
  return new Promise((resolve, reject) => {
    const args = ["--expose-gc", "dist-bench/bench/run.js", ...process.argv.slice(2)];
    const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
});

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assertNode, isBuilt, isInstalled } from "../scripts/checkout.mjs";
import { mainOf, makeCheckout, type Checkout } from "./checkout.js";

const echo = mainOf(`console.log(JSON.stringify(argv)); return 7;`);
const installed = resolve(import.meta.dirname, "../node_modules");
const env = { ...process.env, REMIT_BUILD_LOOSE: "" };

let checkout: Checkout;
let at = "";
let put: Checkout["put"];
beforeEach(() => {
  checkout = makeCheckout(echo);
  ({ at, put } = checkout);
});
afterEach(() => checkout.remove());

const remit = (args: string[] = [], extra: Record<string, string> = {}) =>
  spawnSync(process.execPath, [join(at, "bin/remit"), ...args], {
    encoding: "utf8",
    env: { ...env, ...extra },
  });

describe("bin/remit", () => {
  test("builds a fresh checkout, hands on arguments and exit code, keeps standard output clean", () => {
    const run = remit(["a", "--b"]);
    expect(run.stderr).toBe("remit: building\n");
    expect(run.stdout).toBe(`["a","--b"]\n`);
    expect(run.status).toBe(7);
  });

  test("starts the joined modules; where they cannot be joined, says so and starts the single ones", () => {
    put("src/cli/word.ts", `export const word = "from another module";`);
    put(
      "src/cli/main.ts",
      `import { word } from "./word.js";\n${mainOf("console.log(word, argv.length); return 7;")}`,
    );
    remit();
    expect(readFileSync(join(at, "dist/bundle/main.js"), "utf8")).toContain("from another module");
    rmSync(join(at, "dist/cli"), { recursive: true });
    expect(remit()).toMatchObject({ stdout: "from another module 0\n", stderr: "", status: 7 });

    // A bundler that is missing for this machine.
    rmSync(join(at, "node_modules"));
    mkdirSync(join(at, "node_modules"));
    symlinkSync(join(installed, "typescript7"), join(at, "node_modules/typescript7"));
    symlinkSync(join(installed, "@typescript"), join(at, "node_modules/@typescript"));
    symlinkSync(join(installed, "@types"), join(at, "node_modules/@types"));
    rmSync(join(at, "dist"), { recursive: true });
    const apart = remit();
    expect(apart).toMatchObject({ stdout: "from another module 0\n", status: 7 });
    expect(apart.stderr).toMatch(/^remit: building\nremit: the modules stay apart, .*rolldown.*\n$/);
  });

  test("does not build again when nothing has changed", () => {
    remit();
    expect(remit().stderr).toBe("");
  });

  test("carries tables and style sheets over, but no tests", () => {
    put("src/core/data/table.json", "{}");
    put("src/core/x.test.ts", "export {};");
    remit();
    expect(existsSync(join(at, "dist/core/data/table.json"))).toBe(true);
    expect(existsSync(join(at, "dist/core/x.test.js"))).toBe(false);
  });

  test.each([
    ["a source has changed", () => put("src/cli/main.ts", echo.replace("7", "8"))],
    ["a source is new", () => put("src/cli/more.ts", "export {};")],
    ["a source is gone", () => rmSync(join(at, "src/cli/spare.ts"))],
    ["a source was replaced by an older one", () => utimesSync(join(at, "src/cli/spare.ts"), 1, 1)],
    ["the compiler settings have changed", () => utimesSync(join(at, "tsconfig.json"), 1, 1)],
    ["the build is gone", () => rmSync(join(at, "dist"), { recursive: true })],
  ])("builds again when %s", (_what, change) => {
    put("src/cli/spare.ts", "export {};");
    remit();
    expect(isBuilt(at)).toBe(true);
    change();
    expect(isBuilt(at)).toBe(false);
    expect(remit().stderr).toBe("remit: building\n");
    expect(existsSync(join(at, "dist/cli/spare.js"))).toBe(existsSync(join(at, "src/cli/spare.ts")));
  });

  test("does not build again for a test", () => {
    remit();
    put("src/cli/main.test.ts", "export {};");
    expect(isBuilt(at)).toBe(true);
  });

  test("a failed build is an error without a stack and leaves the previous build in place", () => {
    remit();
    put("src/cli/main.ts", mainOf(`const wrong: string = 1; return argv.length;`));
    const failed = remit();
    expect(failed.status).toBe(4);
    expect(failed.stderr).toContain("main.ts");
    expect(failed.stderr).toContain("remit: the build failed");
    expect(failed.stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(join(at, "dist/bundle/main.js"))).toBe(true);
    expect(readdirSync(at).filter((name) => name.startsWith("dist-"))).toEqual([]);
    // In the middle of a change one may ask to run what compiles; nobody else takes that build for good.
    expect(remit(["a", "b"], { REMIT_BUILD_LOOSE: "1" }).status).toBe(2);
    expect(remit().status).toBe(4);
  });

  test("a fault of the product is one line and exit code 4", () => {
    put("src/cli/main.ts", mainOf(`throw new Error("lost " + argv.length);`));
    const run = remit();
    expect(run.stderr).toBe("remit: building\nremit: lost 0\n");
    expect(run.status).toBe(4);
  });

  test("started at the same time, one builds and all run", async () => {
    const started = Array.from({ length: 6 }, () => {
      const child = spawn(process.execPath, [join(at, "bin/remit"), "x"], { env });
      let stderr = "";
      child.stderr.on("data", (chunk) => (stderr += String(chunk)));
      return new Promise<{ code: number | null; stderr: string }>((done) => {
        child.on("close", (code) => done({ code, stderr }));
      });
    });
    const ended = await Promise.all(started);
    expect(ended.map((end) => end.code)).toEqual([7, 7, 7, 7, 7, 7]);
    expect(ended.filter((end) => end.stderr.includes("remit: building"))).toHaveLength(1);
  });

  test("takes over from a build that was killed", () => {
    const dead = spawnSync(process.execPath, ["-e", "0"]).pid;
    put("dist-lock", JSON.stringify({ host: hostname(), pid: dead }));
    put("dist-build-1/half.js", "");
    expect(remit().status).toBe(7);
    expect(readdirSync(at).filter((name) => name.startsWith("dist-"))).toEqual([]);
  });
});

test("npm run build builds", () => {
  const build = spawnSync(process.execPath, [join(at, "scripts/ensure.mjs")], { encoding: "utf8", env });
  expect({ status: build.status, stderr: build.stderr }).toEqual({ status: 0, stderr: "remit: building\n" });
  expect(isBuilt(at)).toBe(true);
});

describe("the installation", () => {
  const lock = (version: string) => ({
    packages: {
      "": {},
      "node_modules/a": { version },
      "node_modules/other-platform": { version, optional: true },
    },
  });
  const installed = (version: string) => ({ packages: { "node_modules/a": { version } } });
  const hidden = "node_modules/.package-lock.json";
  const date = (file: string, seconds: number) => utimesSync(join(at, file), seconds, seconds);

  beforeEach(() => {
    rmSync(join(at, "node_modules"));
    put("package-lock.json", JSON.stringify(lock("1.0.0")));
    date("package-lock.json", 2000);
  });

  test("is missing", () => expect(isInstalled(at)).toBe(false));

  test("is newer than the lock file", () => {
    put(hidden, "{}");
    expect(isInstalled(at)).toBe(true);
  });

  test("is older and different", () => {
    put(hidden, JSON.stringify(installed("0.9.0")));
    date(hidden, 1000);
    expect(isInstalled(at)).toBe(false);
  });

  test("is older and lacks a package", () => {
    put(hidden, JSON.stringify({ packages: {} }));
    date(hidden, 1000);
    expect(isInstalled(at)).toBe(false);
  });

  test("is older by date but the same: the lock file was only touched", () => {
    put(hidden, JSON.stringify(installed("1.0.0")));
    date(hidden, 1000);
    expect(isInstalled(at)).toBe(true);
  });

  test("is not asked for where remit is itself a package", () => {
    rmSync(join(at, "package-lock.json"));
    expect(isInstalled(at)).toBe(true);
  });
});

test.each(["18.20.0", "20.18.3"])("Node %s is refused", (version) => {
  expect(() => assertNode(version)).toThrow("20.19 or later");
});

test.each(["20.19.0", "22.1.0"])("Node %s is taken", (version) => {
  expect(() => assertNode(version)).not.toThrow();
});

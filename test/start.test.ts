import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isLoopback } from "../scripts/report-server.mjs";
import { mainOf, makeCheckout, type Checkout } from "./checkout.js";

/** A `remit` that prints its arguments, and writes a page where a report is asked for. */
const fake = `import { writeFileSync } from "node:fs";\n${mainOf(`
  console.log(JSON.stringify(argv));
  const out = argv.indexOf("--out");
  if (out >= 0) writeFileSync(argv[out + 1]!, "<h1>report</h1>");
  return Number(process.env.FAKE_CODE ?? 0);`)}`;

let checkout: Checkout;
const running = new Set<ChildProcess>();
beforeAll(() => void (checkout = makeCheckout(fake)));
afterAll(() => checkout.remove());
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});

const clean = { ...process.env, REMIT_HOST: "", REMIT_PORT: "" };
const script = () => join(checkout.at, "scripts/start.mjs");
const once = (args: string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [script(), ...args], {
    encoding: "utf8",
    env: { ...clean, ...env },
    timeout: 20_000,
  });

/** Starts on a free port and waits for the address. */
async function start(args: string[] = []) {
  const child = spawn(process.execPath, [script(), "--port", "0", ...args], { env: clean });
  running.add(child);
  const ended = new Promise<number | null>((done) => child.on("exit", done));
  let stdout = "";
  const address = await new Promise<string>((found, lost) => {
    child.stdout.on("data", (chunk) => {
      stdout += String(chunk);
      const match = /serving on (http:\S+)\n/.exec(stdout);
      if (match?.[1] !== undefined) found(match[1]);
    });
    child.on("exit", () => lost(new Error(`ended early: ${stdout}`)));
  });
  return { child, ended, address, stdout: () => stdout };
}

type Answer = { status: number; headers: Record<string, unknown>; body: string };

/** Not `fetch`, which sets the Host header itself. */
function ask(
  address: string,
  path: string,
  options: { method?: string; host?: string } = {},
): Promise<Answer> {
  return new Promise((done, failed) => {
    const headers = options.host === undefined ? {} : { host: options.host };
    const sent = request(new URL(path, address), { method: options.method ?? "GET", headers }, (response) => {
      let body = "";
      response.on("data", (chunk) => (body += String(chunk)));
      response.on("end", () => done({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on("error", failed);
    sent.end();
  });
}

describe("npm start", () => {
  test("prints the decisions of the example estate and serves the report", async () => {
    const { address, stdout, child, ended } = await start();
    const examples =
      '"--estate","examples/estate","--findings","examples/findings","--catalogue","examples/remit.yaml",' +
      '"--now","2026-11-22T12:00:00Z"';
    expect(stdout().split("\n")[0]).toBe(`["analyze",${examples},"--format","table"]`);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await ask(address, "/")).toMatchObject({ status: 200, body: "<h1>report</h1>" });
    expect(await ask(address, "/healthz")).toMatchObject({ status: 200, body: "ok\n" });
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  test("ends at once and cleanly on SIGINT, also with a connection open", async () => {
    const { address, child, ended } = await start();
    await ask(address, "/");
    child.kill("SIGINT");
    expect(await ended).toBe(0);
    await expect(ask(address, "/")).rejects.toThrow("ECONNREFUSED");
  });

  test("answers GET on two paths, to names of this machine, and nothing else", async () => {
    const { address } = await start();
    const page = await ask(address, "/?x=1");
    expect(page.status).toBe(200);
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(page.headers["content-security-policy"]).not.toContain("script-src");
    expect(page.headers["x-content-type-options"]).toBe("nosniff");
    expect((await ask(address, "/", { method: "POST" })).status).toBe(405);
    expect((await ask(address, "/", { method: "DELETE" })).headers["allow"]).toBe("GET");
    expect((await ask(address, "/../package.json")).status).toBe(404);
    expect((await ask(address, "/api")).status).toBe(404);
    expect((await ask(address, "/", { host: "evil.example:7373" })).status).toBe(421);
    expect((await ask(address, "/", { host: "localhost:7373" })).status).toBe(200);
    expect((await ask(address, "/", { host: "[::1]:7373" })).status).toBe(200);
  });

  test("--once prints and ends", () => {
    const run = once(["--once"]);
    expect(run.status).toBe(0);
    expect(run.stdout.trim().split("\n")).toHaveLength(1);
  });

  test("rejected input is passed on as exit code 3, and a fault ends it", () => {
    expect(once(["--once"], { FAKE_CODE: "3" }).status).toBe(3);
    expect(once([], { FAKE_CODE: "2" }).status).toBe(2);
    expect(once([], { FAKE_CODE: "4" }).status).toBe(4);
  });

  test.each([
    [["--host", "0.0.0.0"], {}, "will not listen on `0.0.0.0`"],
    [[], { REMIT_HOST: "192.0.2.1" }, "will not listen on `192.0.2.1`"],
    [["--host", "127.0.0.1.evil.example"], {}, "will not listen on `127.0.0.1.evil.example`"],
    [["--port", "http"], {}, "`http` is not a port"],
    [[], { REMIT_PORT: "70000" }, "`70000` is not a port"],
    [["--prot", "1"], {}, "Unknown option '--prot'"],
  ] as const)("%j %j is wrong usage", (args, env, message) => {
    const run = once([...args], env);
    expect(run.stderr).toContain(message);
    expect(run.stdout).toBe("");
    expect(run.status).toBe(2);
  });

  test("a taken port is an error", async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const run = once(["--port", String(port)]);
    other.close();
    expect(run.stderr).toContain(`remit: port ${port} on \`127.0.0.1\` is taken`);
    expect(run.status).toBe(4);
  });
});

test.each([
  ["127.0.0.1", true],
  ["127.8.8.8", true],
  ["LOCALHOST", true],
  ["::1", true],
  ["127.evil.example", false],
  ["localhost.evil.example", false],
  ["0.0.0.0", false],
  ["::", false],
  ["", false],
])("%s is a name of this machine: %s", (host, expected) => expect(isLoopback(host)).toBe(expected));

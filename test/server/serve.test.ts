import { spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { isLoopback } from "../../src/server/index.js";
import { environmentOf, program, startServer } from "./start.js";

const home = mkdtempSync(join(tmpdir(), "remit-serve-"));
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(home, { recursive: true, force: true });
});

const tried = (args: readonly string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [program, "serve", ...args], {
    encoding: "utf8",
    env: { ...environmentOf(home), ...env },
  });

async function start(...args: readonly string[]) {
  const started = await startServer(home, ...args);
  running.add(started.child);
  return started;
}

/** Not `fetch`, which sets the Host header itself. */
function ask(address: string, path: string, headers: Record<string, string> = {}, method = "GET") {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((done, failed) => {
    const sent = request(new URL(path, address), { method, headers }, (response) => {
      let body = "";
      response.on("data", (chunk) => (body += String(chunk)));
      response.on("end", () => {
        done({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    sent.on("error", failed);
    sent.end();
  });
}

describe("remit serve", () => {
  test("opens the cases of the example once, and finds them again after a restart", async () => {
    const first = await start("--example");
    const page = await ask(first.address, "/cases/R-95Y5");
    expect(page.status).toBe(200);
    expect(page.body).toContain('<div id="root">');
    const [, nonce = "absent"] = /nonce-([^']+)'/.exec(String(page.headers["content-security-policy"])) ?? [];
    expect(page.body).toContain(nonce);
    const report = await ask(first.address, "/report");
    expect(report.body).toContain("R-95Y5");
    expect(report.headers["content-security-policy"]).toContain("default-src 'none'");
    const file = join(home, "example/admin-token");
    expect(statSync(file).mode & 0o077).toBe(0);
    const operator = { authorization: `Bearer ${readFileSync(file, "utf8").trim()}` };
    const before = (await ask(first.address, "/api/v1/cases/R-95Y5", operator)).body;
    // A page of another site whose name was made to point here (DNS rebinding).
    expect((await ask(first.address, "/", { host: "evil.example:7373" })).status).toBe(421);
    expect((await ask(first.address, "/", {}, "DELETE")).headers["allow"]).toBe("GET, HEAD");
    const second = tried(["--example", "--port", "0"]);
    expect(second.status).toBe(4);
    expect(second.stderr).toContain(String(first.child.pid));
    first.child.kill("SIGTERM");
    expect(await first.ended).toBe(0);

    const again = await start("--example");
    expect((await ask(again.address, "/api/v1/cases/R-95Y5", operator)).body).toBe(before);
    again.child.kill("SIGINT");
    expect(await again.ended).toBe(0);
  }, 240_000);

  test.each([
    [["--host", "0.0.0.0"], {}, "will not listen on `0.0.0.0`"],
    [[], { REMIT_HOST: "192.0.2.1" }, "will not listen on `192.0.2.1`"],
    [["--host", "127.0.0.1.evil.example"], {}, "will not listen on `127.0.0.1.evil.example`"],
    [["--port", "http"], {}, "`http` is not a port"],
    [[], { REMIT_PORT: "70000" }, "`70000` is not a port"],
  ])("%j %j is wrong usage", (args, env, message) => {
    const run = tried(args, env);
    expect(run.stderr).toContain(message);
    expect(run.status).toBe(2);
  });

  test("a taken port is told before anything is lost", async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const run = tried(["--home", join(home, "taken"), "--port", String(port)]);
    other.close();
    expect(run.stderr).toContain(`port ${String(port)} on \`127.0.0.1\` is taken`);
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

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { withConfigFile } from "./config-file.js";
import type { Console } from "./console.js";
import { isFault } from "./errors.js";

const folder = mkdtempSync(join(tmpdir(), "remit-config-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const world = (env: Record<string, string>): Console => ({
  out: () => Promise.resolve(),
  err: () => undefined,
  ...{ outIsTerminal: false, errIsTerminal: false, columns: undefined, env },
  elapsed: () => 0,
  now: () => "2026-11-22T12:00:00.000Z",
});

async function told(config: string, env: Record<string, string> = {}, mode = 0o600) {
  const path = join(folder, "remit.config.yaml");
  writeFileSync(path, config);
  chmodSync(path, mode);
  try {
    return (await withConfigFile(world(env), path)).env;
  } catch (error) {
    if (!isFault(error)) throw error;
    expect(error.exit).toBe(2);
    return error.message;
  }
}

test("the file fills up what the environment does not say; a variable that is set comes first", async () => {
  const config =
    "home: /var/lib/remit\nserver: https://remit.example\nretention: findings=30\nlogLevel: error\n";
  expect(await told(config, { REMIT_SERVER: "https://other.example", REMIT_HOME: "" })).toEqual({
    ...{ REMIT_HOME: "/var/lib/remit", REMIT_SERVER: "https://other.example" },
    ...{ REMIT_RETENTION: "findings=30", REMIT_LOG_LEVEL: "error" },
  });
  expect(
    await told("retention: { findings: 30, reads: 90 }\nwebhookAllow: [10.1.0.0/16, chat.internal]\n"),
  ).toEqual({
    ...{ REMIT_RETENTION: "findings=30,reads=90", REMIT_WEBHOOK_ALLOW: "10.1.0.0/16,chat.internal" },
  });
  expect(await told("webhookAllow: 10.1.0.0/16\n", { REMIT_WEBHOOK_ALLOW: "chat.internal" })).toEqual({
    REMIT_WEBHOOK_ALLOW: "chat.internal",
  });
  const io = world({ A: "b" });
  expect(await withConfigFile(io, join(folder, "none.yaml"))).toBe(io);
});

test.each([
  ["homes: /x\n", /`homes`|homes/],
  ["home: [\n", /is no YAML/],
  ["home: 7\n", /`home`/],
  ["oidc: { issuer: 1 }\n", /`oidc\.issuer`/],
])("`%s` is refused with its name", async (config, message) => expect(await told(config)).toMatch(message));

test.each([
  ["secretKey: a-key-of-more-than-thirty-two-characters\n", "`secretKey`"],
  ["databaseUrl: postgres://remit:hunter2@db.example/remit\n", "`databaseUrl`"],
  ["oidc: { clientSecret: hunter2 }\n", "`oidc.clientSecret`"],
])("a secret that others can read is refused, and is not shown", async (config, name) => {
  const message = await told(config, {}, 0o644);
  expect(message).toContain(`holds ${name} and others can read it: \`chmod 600`);
  expect(message).not.toContain("hunter2");
  expect(typeof (await told(config, {}, 0o600))).toBe("object");
  expect(typeof (await told("databaseUrl: postgres://remit@db.example/remit\n", {}, 0o644))).toBe("object");
});

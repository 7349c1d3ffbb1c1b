import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { isLoopback } from "../server/index.js";
import { isFault } from "./errors.js";
import { serverSettings, type ServerFlags } from "./server-settings.js";

const folder = mkdtempSync(join(tmpdir(), "remit-settings-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
let files = 0;

async function told(flags: ServerFlags, env: Record<string, string>, config?: string) {
  const path = join(folder, `${String((files += 1))}.yaml`);
  if (config !== undefined) writeFileSync(path, config);
  try {
    return await serverSettings(flags, { env }, isLoopback, path);
  } catch (error) {
    if (!isFault(error)) throw error;
    expect(error.exit).toBe(2);
    return `${error.code}: ${error.message}`;
  }
}

const login = {
  REMIT_OIDC_ISSUER: "https://idp.example.com",
  REMIT_OIDC_CLIENT_ID: "remit",
  REMIT_PUBLIC_URL: "https://remit.example.com",
};

test("nothing stated: this machine, and tokens alone", async () => {
  expect(await told({}, { REMIT_HOST: "" })).toEqual({ host: "127.0.0.1", port: 7373 });
});

test("the switch comes before the variable, the variable before remit.config.yaml", async () => {
  const config = "host: localhost\nport: 1\noidc: { issuer: https://file.example, clientId: file }\n";
  expect(await told({ port: "3" }, { REMIT_PORT: "2", REMIT_OIDC_CLIENT_ID: "env" }, config)).toEqual({
    host: "localhost",
    port: 3,
    oidc: { issuer: "https://file.example", clientId: "env", publicUrl: "http://localhost:3" },
  });
});

test("another address than this machine's needs a login and https", async () => {
  expect(await told({ host: "0.0.0.0" }, {})).toContain("open-host: will not listen on `0.0.0.0`");
  const open = await told({ host: "0.0.0.0" }, { ...login, REMIT_OIDC_CLIENT_SECRET: "s" });
  expect(open).toMatchObject({ host: "0.0.0.0", publicUrl: "https://remit.example.com" });
  expect(await told({ host: "0.0.0.0" }, { ...login, REMIT_PUBLIC_URL: "" })).toContain("open-host");
});

test.each<[Record<string, string>, string | undefined, string]>([
  [
    { ...login, REMIT_PUBLIC_URL: "http://remit.example.com" },
    undefined,
    "REMIT_PUBLIC_URL is `http://remit.example.com`: only https",
  ],
  [{ ...login, REMIT_PUBLIC_URL: "https://a.example/remit" }, undefined, "REMIT_PUBLIC_URL is"],
  [{ ...login, REMIT_OIDC_ISSUER: "idp" }, undefined, "REMIT_OIDC_ISSUER is `idp`"],
  [{ ...login, REMIT_OIDC_ISSUER: "http://idp.example.com" }, undefined, "REMIT_OIDC_ISSUER is"],
  [{ REMIT_OIDC_ISSUER: "https://idp.example.com" }, undefined, "REMIT_OIDC_CLIENT_ID is not"],
  [
    { REMIT_OIDC_CLIENT_SECRET: "s" },
    undefined,
    "REMIT_OIDC_CLIENT_SECRET is set and REMIT_OIDC_ISSUER is not",
  ],
  [{}, "oidc: { issuer: x, clientId: y }", "`oidc.issuer` of "],
  [{}, "hots: x", "hots"],
  [{}, "a: [", "is no YAML"],
  [{ REMIT_PORT: "70000" }, undefined, "bad-port"],
])("a wrong value is named: %j %s", async (env, config, expected) => {
  expect(await told({}, env, config)).toContain(expected);
});

test("a secret is never part of what is said", async () => {
  const said = await told({}, { REMIT_OIDC_CLIENT_SECRET: "very-secret" });
  expect(said).not.toContain("very-secret");
});

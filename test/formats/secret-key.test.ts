import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.js";
import type { Analysis } from "../../src/core/decision/index.js";
import { secretKeyOf } from "../../src/readers/index.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-secret-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const value = "s3cr3t-Value-of-the-service";
/** As Gitleaks writes it: the same secret in two files. */
const leak = (file: string) => ({
  RuleID: "generic-api-key",
  Description: "Generic API key",
  StartLine: 3,
  StartColumn: 1,
  Match: `key = ${value}`,
  Secret: value,
  File: file,
  Commit: "0123456789abcdef0123456789abcdef01234567",
  Author: "Ana Ruiz",
  Email: "ana.ruiz@example.com",
  Date: "2026-11-02T03:04:05Z",
  Fingerprint: `0123:${file}:generic-api-key:3`,
});

async function analyze(key: string | undefined, ...files: readonly string[]) {
  const path = join(folder, "gitleaks.json");
  writeFileSync(path, JSON.stringify(files.map(leak)));
  let out = "";
  let err = "";
  const home = join(folder, "home");
  const exit = await main(
    ["analyze", "--findings", path, "--format", "json", "--now", "2026-11-22T12:00:00Z"],
    {
      out: (text) => {
        out += text;
        return Promise.resolve();
      },
      err: (text) => {
        err += text;
      },
      outIsTerminal: false,
      errIsTerminal: false,
      columns: undefined,
      env: { REMIT_HOME: home, ...(key === undefined ? {} : { REMIT_SECRET_KEY: key }) },
      elapsed: () => 0,
      now: () => "2026-11-22T12:00:00Z",
    },
  );
  const { cases = [], unknowns = [] } = (out === "" ? {} : JSON.parse(out)) as Partial<Analysis>;
  const secrets = cases.flatMap((each) => each.exposures.flatMap(({ secret }) => secret ?? []));
  return { exit, out, err, home, secrets, open: unknowns.find(({ key }) => key.startsWith("secret-key|")) };
}

const key = "of this installation, long enough to be a key";

describe("REMIT_SECRET_KEY: the key under which found secrets match", () => {
  it("equal secrets of different runs have equal HMACs under the same key, and others under another", async () => {
    const first = await analyze(key, "src/a.py");
    const second = await analyze(key, "src/b.py");
    const other = await analyze(`${key}, another`, "src/a.py");
    expect(first.secrets[0]?.hmacs).toHaveLength(1);
    expect(second.secrets[0]?.hmacs).toEqual(first.secrets[0]?.hmacs);
    expect(other.secrets[0]?.hmacs).not.toEqual(first.secrets[0]?.hmacs);
    expect(first.open).toBeUndefined();
  });

  it("without it no HMAC is handed out, `unknowns` says what that leaves open, and two runs give the same bytes", async () => {
    for (const unset of [undefined, ""]) {
      const { exit, out, secrets, open } = await analyze(unset, "src/a.py", "src/b.py");
      expect(exit).toBe(0);
      expect(secrets.map((each) => each.hmacs)).toEqual([[], []]);
      expect(open).toMatchObject({
        fact: "whether the secrets of 2 findings were found in an earlier run: without a key they match only within this one",
      });
      expect(open?.collect).toContain("REMIT_SECRET_KEY");
      expect((await analyze(unset, "src/a.py", "src/b.py")).out).toBe(out);
    }
  });

  it("with it or without, every other place of the same secret in the run is named", async () => {
    for (const given of [undefined, key]) {
      const { secrets } = await analyze(given, "src/a.py", "src/b.py");
      expect(secrets.flatMap((each) => each.also).sort()).toEqual([
        expect.stringContaining("src/a.py"),
        expect.stringContaining("src/b.py"),
      ]);
    }
  });

  it("neither the key nor the secret is shown, written or remembered", async () => {
    const { out, err, home } = await analyze(key, "src/a.py");
    const kept = readdirSync(home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
    for (const text of [out, err, ...kept]) {
      expect(text).not.toContain(key);
      expect(text).not.toContain(value);
    }
  });

  it("a short key is refused before anything is read, without showing it", async () => {
    const { exit, out, err } = await analyze("too short", "src/a.py");
    expect([exit, out]).toEqual([2, ""]);
    expect(err).toContain("REMIT_SECRET_KEY has 9 characters and at least 32 are needed");
    expect(err).not.toContain("too short");
  });

  it("what is derived is neither the text nor as long as it", () => {
    expect(secretKeyOf(key)).toHaveLength(32);
    expect(Buffer.from(secretKeyOf(key) ?? []).toString()).not.toBe(key.slice(0, 32));
    expect(secretKeyOf("x".repeat(31))).toBeUndefined();
  });
});

import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Analysis } from "../../src/core/decision/index.js";
import { generateLandingZone } from "../generators/landing-zone.js";
import { remit } from "../first-minute/run.js";

/**
 * Issue 2, "Bad input", through the command line: what is wrong is named with its file, the rest is still analysed, the
 * exit code is 3 (2 where nothing was readable), no stack trace, and no waiting (interfaces.md, exit codes).
 */
const folder = mkdtempSync(join(tmpdir(), "remit-bad-input-"));
const good = join(folder, "good");
beforeAll(() => {
  for (const { path, text } of generateLandingZone({ accounts: 2, seed: 3 }).estate) {
    mkdirSync(join(good, path, ".."), { recursive: true });
    writeFileSync(join(good, path), text);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

let count = 0;
function bad(name: string, content: string | Uint8Array): string {
  count += 1;
  const place = join(folder, `bad-${String(count)}`);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, name), content);
  return join(place, name);
}

async function ask(...estate: readonly string[]) {
  const started = Date.now();
  const run = await remit("analyze", "--estate", ...estate, "--format", "json");
  expect(run.err + run.out, "no stack trace").not.toMatch(
    /\n\s+at .*:\d+:\d+|node:internal|TypeError|RangeError/,
  );
  expect(Date.now() - started, "bounded time").toBeLessThan(60_000);
  const document = run.out.startsWith("{") ? (JSON.parse(run.out) as Analysis) : undefined;
  return { ...run, document };
}

const gaad = (account: string, extra: object = {}): object => ({
  UserDetailList: [
    {
      Path: "/",
      UserName: "u",
      UserId: "AIDAEXAMPLE",
      Arn: `arn:aws:iam::${account}:user/u`,
      CreateDate: "2024-01-01T00:00:00Z",
      GroupList: [],
      AttachedManagedPolicies: [],
      ...extra,
    },
  ],
  GroupDetailList: [],
  RoleDetailList: [],
  Policies: [],
  IsTruncated: false,
});
const utf16 = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
const whole = JSON.stringify(gaad("333333333333"));
const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;

describe("a document that cannot be used is named, and the others are used", () => {
  test.each<[what: string, name: string, content: () => string | Uint8Array, reason: RegExp]>([
    ["truncated", "gaad.json", () => whole.slice(0, whole.length / 2), /end|truncat|cut|JSON/i],
    ["empty", "gaad.json", () => "", /empty/i],
    ["null", "gaad.json", () => "null", /null|nothing|empty|recogni/i],
    ["not JSON", "gaad.json", () => "just words, no document", /JSON|recogni|not|known/i],
    ["an unknown document", "thing.json", () => '{"surprise": 1}', /recogni|unknown|known/i],
    ["deeply nested", "deep.json", () => deep, /deep|nest|level/i],
    [
      "bytes of another encoding",
      "gaad.json",
      () => Buffer.from(whole.replace('"UserName":"u"', '"UserName":"J\u00fcrgen"'), "latin1"),
      /UTF-8|encod|byte/i,
    ],
    [
      "a zip bomb",
      "gaad.json.gz",
      () => gzipSync(Buffer.alloc(700 * 1024 * 1024, 32), { level: 9 }),
      /large|big|limit|MB|bytes/i,
    ],
    ["not what its name says", "gaad.json.gz", () => "plain text", /gzip|recogni|JSON|not/i],
    [
      "a malformed policy",
      "gaad.json",
      () =>
        JSON.stringify(
          gaad("333333333333", {
            UserPolicyList: [
              {
                PolicyName: "p",
                PolicyDocument: { Statement: [{ Effect: "Perhaps", Action: "*", Resource: "*" }] },
              },
            ],
          }),
        ),
      /Effect|Perhaps/,
    ],
  ])("%s", async (_, name, content, reason) => {
    const path = bad(name, content());
    const { exit, document, err } = await ask(good, path);
    expect(exit, err).toBe(3);
    const named =
      document?.rejected.filter((item) => item.document.endsWith(name) && !item.document.includes("good")) ??
      [];
    expect(named.map((item) => item.reason).join("\n")).toMatch(reason);
    expect(err).toMatch(/exit 3: .*rejected/);
    expect(document?.cases.length, "the rest is analysed").toBeGreaterThan(0);
    expect(document?.stats.identities, "the good identities are there").toBeGreaterThan(10);
  });

  test("alone it leaves nothing to say: exit 2", async () => {
    for (const content of ["", "null", "hello {", '{"surprise": 1}']) {
      const { exit, document, err } = await ask(bad("x.json", content));
      expect(exit, err).toBe(2);
      expect(document).toBeUndefined();
      expect(err).toMatch(/x\.json/);
    }
  });

  test("a byte order mark and UTF-16 are read, not rejected", async () => {
    for (const content of [`\uFEFF${whole}`, utf16(whole)]) {
      const { exit, err, document } = await ask(bad("gaad.json", content));
      expect(exit, err).toBe(0);
      expect(document?.stats.identities).toBeGreaterThan(0);
    }
  });
});

describe("paths", () => {
  test("a path that is not there, or may not be read, is named", async () => {
    const missing = await ask(good, join(folder, "nowhere.json"));
    expect(missing.exit).toBeGreaterThan(1);
    expect(missing.err + missing.out).toContain("nowhere.json");
    const locked = bad("locked.json", whole);
    chmodSync(locked, 0o000);
    const { exit, err, document } = await ask(good, locked);
    // Root reads everything: then the file is simply used.
    if (process.getuid?.() === 0) expect(exit, err).toBe(0);
    else {
      expect(exit, err).toBe(3);
      expect(document?.rejected.map((item) => item.document).join()).toContain("locked.json");
    }
  });

  test("a folder that contains itself ends", async () => {
    const loop = join(folder, "loop");
    mkdirSync(loop);
    writeFileSync(join(loop, "gaad.json"), whole);
    symlinkSync(loop, join(loop, "again"));
    const { exit, err, document } = await ask(loop);
    expect(exit, err).toBe(0);
    expect(document?.inputs.length).toBe(1);
  });

  test("an empty folder has nothing to read", async () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    expect((await ask(empty)).exit).toBe(2);
  });
});

describe("documents that hold strange things", () => {
  test("keys of the prototype change nothing", async () => {
    const path = bad(
      "gaad.json",
      whole.replace(
        '"UserName":"u"',
        '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"UserName":"u"',
      ),
    );
    await ask(good, path);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("a string of 50 MB is carried or refused, and nothing hangs", async () => {
    const path = bad(
      "gaad.json",
      JSON.stringify(gaad("333333333333", { Tags: [{ Key: "k", Value: "x".repeat(50 * 1024 * 1024) }] })),
    );
    const { exit, document } = await ask(good, path);
    expect([0, 3]).toContain(exit);
    expect(document?.cases.length).toBeGreaterThan(0);
  });

  test("an unknown action grants nothing and breaks nothing", async () => {
    const statement = { Effect: "Allow", Action: ["nosuch:Thing", "s3:NoSuchAction"], Resource: "*" };
    const path = bad(
      "gaad.json",
      JSON.stringify(
        gaad("333333333333", {
          UserPolicyList: [
            { PolicyName: "p", PolicyDocument: { Version: "2012-10-17", Statement: [statement] } },
          ],
        }),
      ),
    );
    const { exit, document } = await ask(good, path);
    expect([0, 3]).toContain(exit);
    expect(document?.cases.length).toBeGreaterThan(0);
  });

  test("the same document twice is one; two that disagree are named", async () => {
    const policy = (Action: string): object => ({
      UserPolicyList: [
        {
          PolicyName: "p",
          PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] },
        },
      ],
    });
    const text = (Action: string): string => JSON.stringify(gaad("333333333333", policy(Action)));
    const one = bad("gaad.json", text("s3:Get*"));
    const same = bad("copy.json", text("s3:Get*"));
    const twice = await ask(one, same);
    expect(twice.exit, twice.err).toBe(0);
    expect(twice.document?.stats.identities).toBe((await ask(one)).document?.stats.identities);
    expect(twice.document?.unknowns).toEqual([]);
    const { document } = await ask(one, bad("gaad.json", text("s3:*")));
    const told = JSON.stringify([document?.unknowns, document?.rejected]);
    expect(told).toMatch(/user.u/);
    expect(told).toMatch(/disagree|conflict|differ|two/i);
  });

  test("keys that do not name their account are rejected with what to do, or attached where only one account is known", async () => {
    const keys = JSON.stringify({
      AccessKeyMetadata: [
        {
          UserName: "u",
          AccessKeyId: "AKIAIOSFODNN7EXAMPLE",
          Status: "Active",
          CreateDate: "2024-01-01T00:00:00Z",
        },
      ],
    });
    const { exit, document } = await ask(good, bad("keys.json", keys));
    expect(exit).toBe(3);
    expect(document?.rejected.map((item) => `${item.reason} ${item.hint ?? ""}`).join()).toMatch(/account/i);
  });
});

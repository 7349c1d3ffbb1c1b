import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { corpusPath } from "../../../test/corpus.js";
import { loadChanges } from "./index.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-changes-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const load = (text: string, name = "change.yaml") => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return loadChanges(path);
};
const faults = async (text: string): Promise<readonly string[]> =>
  (await load(text)).rejected.map(
    ({ line, column, reason, hint }) =>
      `${String(line)}:${String(column)} ${reason}${hint === undefined ? "" : ` | ${hint}`}`,
  );

/** The example of interfaces.md, line by line. */
const documented = `version: 1
changes:
  - { set: "arn:aws:s3:::acme-exports#publicAccessBlock.BlockPublicPolicy", to: true }
  - { revoke: "aws:access-key/AKIAIOSFODNN7EXAMPLE" }
  - { removeStatement: { principal: "arn:aws:iam::222222222222:role/etl-admin", policy: inline/deploy, sid: Write } }
  - { tightenTrust: { role: "arn:aws:iam::222222222222:role/gha-deploy", condition: { StringEquals: { "token.actions.githubusercontent.com:sub": "repo:acme/etl:environment:production" } } } }
  - { terraformPlan: plan.json }
  - { rotate: "secret:etl-db" }
  - { revokeSessions: "arn:aws:iam::222222222222:role/etl" }
  - { removeConsent: { app: "entra:app/1", scopes: [Mail.Read] } }
  - { disablePrincipal: "entra:app/1" }
  - { removeTrust: { role: "arn:aws:iam::222222222222:role/x", principal: "aws:999999999999" } }
  - { addGuardrail: { kind: scp, target: ou-1, document: deny.json } }
  - { upgrade: { component: "pkg:npm/x", to: "1.9.0" } }
  - { pin: { uses: "x/y", commit: "0123456789012345678901234567890123456789" } }
  - { isolate: "workload:etl" }
  - { requireMfa: "user:ana" }
`;

const deny = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "s3:PutBucketPolicy", Resource: "*" }],
});

describe("change documents (interfaces.md, remit.change/1)", () => {
  test("every documented form is read, with the files that it names", async () => {
    writeFileSync(join(folder, "deny.json"), deny);
    const plan = await import("node:fs").then(({ readdirSync, readFileSync }) => {
      const at = corpusPath("estates", "documents", "terraform-plan");
      const file = readdirSync(at).find((name) => name.endsWith(".json")) ?? "";
      return readFileSync(join(at, file), "utf8");
    });
    writeFileSync(join(folder, "plan.json"), plan);
    const { changes, rejected } = await load(documented);
    expect(rejected).toEqual([]);
    expect(changes.map(({ change }) => change.kind)).toEqual([
      ...["set", "revoke", "removeStatement", "tightenTrust", "terraformPlan", "rotate", "revokeSessions"],
      ...["removeConsent", "disablePrincipal", "removeTrust", "addGuardrail", "upgrade", "pin", "isolate"],
      "requireMfa",
    ]);
    expect(changes[0]).toMatchObject({
      change: {
        resource: "arn:aws:s3:::acme-exports",
        property: "publicAccessBlock.BlockPublicPolicy",
        to: true,
      },
      pointer: "/changes/0",
      line: 3,
    });
    expect(changes[10]?.change).toMatchObject({
      type: "scp",
      target: "ou-1",
      document: { statements: [{ effect: "Deny" }] },
    });
  });

  test("JSON is the same", async () => {
    const { changes, rejected } = await load(
      '{"version":1,"changes":[{"revoke":"aws:access-key/X"}]}',
      "c.json",
    );
    expect(rejected).toEqual([]);
    expect(changes[0]?.change).toEqual({ kind: "revoke", credential: "aws:access-key/X" });
  });

  test.each([
    ["changes: []\n", "1:1 `version` is missing or not supported | write `version: 1`"],
    [
      "version: 1\nchanges:\n  - { revokee: x }\n",
      "3:7 `revokee` is no known change | did you mean `revoke`?",
    ],
    [
      "version: 1\nchanges:\n  - { removeStatement: { principle: a } }\n",
      "3:26 `principle` is no known field | did you mean `principal`?",
    ],
    [
      'version: 1\nchanges:\n  - { set: "bucket", to: 1 }\n',
      "3:7 `set` is `bucket` | write `RESOURCE#PROPERTY`",
    ],
    [
      "version: 1\nchanges:\n  - { addGuardrail: { kind: scp, target: ou-1, document: none.json } }\n",
      "3:48 `none.json` does not exist | check the path",
    ],
    [
      "version: 1\nchanges:\n  - { addGuardrail: { kind: scp, target: ou-1, document: { Statement: [ { Effect: Dney, Action: a, Resource: b } ] } } }\n",
      '3:75 unknown effect `"Dney"`: expected `Allow` or `Deny`',
    ],
    ["version: 1\nchanges: 3\n", "2:1 `changes` is missing or no list | write `changes: […]`"],
    ["version: 1\nchanges: []\nmore: 1\n", "3:1 `more` is no known field | known: schema, version, changes"],
  ])("%j is refused with its place", async (text, expected) => {
    const found = await faults(text);
    expect(found).toEqual([expected]);
    expect((await load(text)).changes).toEqual([]);
  });

  test("a fault in one change leaves none to be believed", async () => {
    const { changes, rejected } = await load("version: 1\nchanges:\n  - { revoke: a }\n  - { revokee: b }\n");
    expect(changes).toEqual([]);
    expect(rejected).toHaveLength(1);
  });

  test("a missing file and one that is no YAML", async () => {
    expect((await loadChanges(join(folder, "nowhere.yaml"))).rejected[0]?.reason).toMatch(/does not exist/);
    expect((await load("version: [\n")).rejected[0]?.reason).toMatch(/not valid YAML/);
  });
});

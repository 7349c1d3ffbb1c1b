import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { evidenceCheckSchema, evidenceSchema } from "../../src/contract/index.js";
import type { Analysis } from "../../src/core/decision/index.js";
import { exampleInputs, runRemit } from "../run-remit.js";

/** `remit evidence`: a case as a folder that somebody else verifies without the network and without the engine (R87). */
const home = mkdtempSync(join(tmpdir(), "remit-evidence-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const now = ["--now", "2026-11-22T12:00:00Z"];
const bundle = join(home, "bundle");
let made: Awaited<ReturnType<typeof runRemit>>;
let id = "";

const verify = (folder: string, ...more: readonly string[]) =>
  runRemit(["evidence", "--verify", folder, "--format", "json", ...more]);
const checkOf = (out: string) => evidenceCheckSchema.parse(JSON.parse(out));
const files = (): readonly string[] => readdirSync(bundle).sort();
/** A copy of the folder in which one file was touched. */
function touched(name: string, change: (text: string) => string): string {
  const folder = mkdtempSync(join(home, "touched-"));
  cpSync(bundle, folder, { recursive: true });
  writeFileSync(join(folder, name), change(readFileSync(join(folder, name), "utf8")));
  return folder;
}

beforeAll(async () => {
  const { out } = await runRemit(["analyze", ...exampleInputs, ...now, "--format", "json"]);
  const analysis = JSON.parse(out) as Analysis;
  id =
    analysis.cases.find(({ exposures }) => exposures[0]?.resource === "arn:aws:s3:::acme-reports")?.id ?? "";
  made = await runRemit(["evidence", id, ...exampleInputs, ...now, "--out", bundle, "--format", "json"]);
});

describe("the folder", () => {
  test("R87: decision, follow-ups, who has to sign, proof, playbook and the digests of what was read", () => {
    expect(made.code).toBe(0);
    const manifest = evidenceSchema.parse(JSON.parse(made.out));
    expect(manifest.files.map(({ name }) => name)).toEqual([
      "analysis.json", "case.json", "case.md", "catalogue.json", "decision.json", "playbook.md", "proof.json",
    ]); // prettier-ignore
    expect(files()).toEqual([...manifest.files.map(({ name }) => name), "manifest.json"].sort());
    const analysis = JSON.parse(readFileSync(join(bundle, "analysis.json"), "utf8")) as Analysis;
    expect(manifest.cited.length + manifest.read.length).toBe(analysis.inputs.length);
    expect(manifest.cited.map(({ document }) => document)).toEqual(
      expect.arrayContaining(["examples/remit.yaml", "examples/estate/facts.yaml"]),
    );
    const decision = JSON.parse(readFileSync(join(bundle, "decision.json"), "utf8")) as {
      rules: { id: string; facts: Record<string, { value: unknown }> }[];
      notFired: { id: string }[];
      signatures: { role: string; people: string[] }[];
    };
    expect([...decision.rules, ...decision.notFired].map(({ id: rule }) => rule).sort()).toHaveLength(14);
    expect(decision.rules.find(({ id: rule }) => rule === "D3")?.facts).toMatchObject({
      standing_secret_exposed: { value: true },
    });
    expect(decision.signatures.map(({ role, people }) => [role, people[0]])).toEqual(
      Array.from({ length: 3 }, () => ["RISK_SIGNER", "c.dupont"]),
    );
  });

  test("of the catalogue only what the case cites: nobody else's entry leaves the house", () => {
    const excerpt = JSON.parse(readFileSync(join(bundle, "catalogue.json"), "utf8")) as {
      policy: unknown;
      entries: { pointer: string; value: { id?: string } }[];
    };
    expect(excerpt.policy).toMatchObject({ regulated: true });
    expect(excerpt.entries.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(["/authorities/0", "/teams/2"]),
    );
    expect(readFileSync(join(bundle, "catalogue.json"), "utf8")).not.toContain("vault-backup");
  });

  test("the same inputs give the same bytes", async () => {
    const again = join(home, "again");
    await runRemit(["evidence", id, ...exampleInputs, ...now, "--out", again]);
    for (const name of files())
      expect(readFileSync(join(again, name), "utf8"), name).toBe(readFileSync(join(bundle, name), "utf8"));
  });

  test("a folder that holds something is never written into", async () => {
    const { code, err } = await runRemit(["evidence", id, ...exampleInputs, ...now, "--out", bundle]);
    expect(code).toBe(2);
    expect(err).toContain("is not empty: name a new folder");
  });
});

describe("remit evidence --verify", () => {
  test("verifies what was not touched, and works its proof out anew", async () => {
    const { code, out } = await verify(bundle);
    expect(checkOf(out)).toMatchObject({ verified: true, faults: [], proof: "holds", files: 7 });
    expect(code).toBe(0);
    const manifest = evidenceSchema.parse(JSON.parse(made.out));
    expect((await verify(bundle, "--seal", manifest.seal)).code).toBe(0);
    expect((await verify(bundle, "--seal", "0".repeat(64))).code).toBe(1);
  });

  test("R87: one changed byte is found at its file, in every file", async () => {
    for (const name of files()) {
      const folder = touched(name, (text) =>
        text.replace(/ana\.ruiz|2026|sha256|remit/, (word) => word.toUpperCase().replace("2026", "2027")),
      );
      const { code, out, err } = await verify(folder);
      expect(code, name).toBe(name === "manifest.json" && out === "" ? 2 : 1);
      if (out === "") expect(err).toContain("manifest.json");
      else expect(checkOf(out).faults.map(({ file }) => file)).toEqual([name]);
    }
  });

  test("a file that is gone, one that was added, and digests that were made to fit", async () => {
    const gone = touched("case.md", (text) => text);
    rmSync(join(gone, "case.md"));
    expect(checkOf((await verify(gone)).out).faults).toEqual([{ file: "case.md", text: "is missing" }]);
    const added = touched("case.md", (text) => text);
    writeFileSync(join(added, "extra.json"), "{}");
    expect(checkOf((await verify(added)).out).faults).toEqual([
      { file: "extra.json", text: "is not named by the manifest" },
    ]);
    // Whoever forges a digest in the manifest breaks the seal of the manifest.
    const forged = touched("manifest.json", (text) =>
      text.replace(/"sha256": "[0-9a-f]{64}"/, `"sha256": "${"a".repeat(64)}"`),
    );
    expect(checkOf((await verify(forged)).out).faults[0]).toEqual({
      file: "manifest.json",
      text: "was changed after it was written",
    });
  });

  test("a document that is another today is named; one that is not at hand leaves the proof open and says so", async () => {
    const estate = join(home, "estate");
    cpSync("examples/estate", estate, { recursive: true });
    const path = join(estate, "prod-222222222222", "account-authorization-details.json");
    writeFileSync(path, readFileSync(path, "utf8").replace("etl-admin", "etl-Admin"));
    const changed = checkOf((await verify(bundle, "--estate", estate)).out);
    expect(changed.verified).toBe(false);
    expect(changed.faults.map(({ file }) => file)).toEqual([
      "examples/estate/prod-222222222222/account-authorization-details.json",
    ]);
    const elsewhere = checkOf((await verify(bundle, "--estate", "examples/findings")).out);
    expect(elsewhere).toMatchObject({ verified: true, proof: "not-looked-at" });
    expect(elsewhere.notes.join()).toContain("name where they lie with `--estate`");
  });

  test.each([
    [["--verify", "examples"], "holds no `manifest.json`"],
    [["--verify", "no-such-folder"], "is no folder that can be read"],
    [["--verify", "examples", "R-1"], "`--verify` takes a folder"],
    [["R-1"], "name a new folder with `--out`"],
    [[], "name a case, or a folder"],
  ])("%j is refused in words", async (asked, message) => {
    const { code, err } = await runRemit(["evidence", ...asked]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe("secrets", () => {
  test("never in it: not of a finding, of the estate, of the catalogue", async () => {
    const token = `ghp_${"Q7zD".repeat(9)}`;
    const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    const account = "aws:222222222222";
    const folder = mkdtempSync(join(home, "secret-"));
    const put = (name: string, value: unknown): string => {
      writeFileSync(join(folder, name), JSON.stringify(value));
      return join(folder, name);
    };
    const user = "arn:aws:iam::222222222222:user/svc";
    const estate = put("estate.json", {
      schema: "remit.estate/1",
      source: `audit ${token}`,
      observedAt: "2026-11-22T00:00:00Z",
      accounts: [{ id: account, name: "prod", organization: "none" }],
      coverage: [{ topic: ["iam", "access-keys", "console", "root-credentials"], scope: account }],
      principals: [
        {
          id: user,
          console: { password: false, mfa: false },
          policies: [
            {
              name: "p",
              document: {
                Version: "2012-10-17",
                Statement: [
                  {
                    Sid: token.replaceAll("_", ""),
                    Effect: "Allow",
                    Action: "s3:PutBucketPolicy",
                    Resource: "*",
                  },
                ],
              },
            },
          ],
        },
      ],
      credentials: [
        {
          id: "aws:access-key/AKIAIOSFODNN7EXAMPLE",
          holder: user,
          status: "active",
          copies: [{ place: `repository acme/etl ${token}`, readableBy: "leaked" }],
        },
      ],
      resources: [
        {
          id: "arn:aws:s3:::b",
          account,
          policy: "none",
        },
      ],
      events: [
        {
          id: "e1",
          at: "2026-11-20T00:00:00Z",
          action: "s3:PutBucketPolicy",
          actor: user,
          targets: ["arn:aws:s3:::b"],
          parameters: { password: secret, note: `AWS_SECRET_ACCESS_KEY=${secret}` },
        },
      ],
      exposures: [
        { resource: "arn:aws:s3:::b", account, weakness: "s3.public", severity: "high", source: token },
      ],
    });
    const catalogue = put("remit.json", {
      version: 1,
      policy: { regulated: true },
      people: [{ id: "ana" }],
      teams: [{ id: "ops", role: "CLOUD_OPS", members: ["ana"] }],
      authorities: [{ kind: "revoke", scope: "*", holder: "ana", until: "2030-01-01" }],
      intended: [
        {
          resource: "arn:aws:s3:::b",
          weakness: "s3.public",
          reason: `token ${token}`,
          approvedBy: "ana",
          until: "2030-01-01",
        },
      ],
    });
    const inputs = ["--estate", estate, "--catalogue", catalogue, ...now];
    const { cases } = JSON.parse(
      (await runRemit(["analyze", ...inputs, "--format", "json"])).out,
    ) as Analysis;
    expect(cases.length).toBeGreaterThan(0);
    for (const [index, item] of cases.entries()) {
      const out = join(folder, `out-${String(index)}`);
      const { code } = await runRemit(["evidence", item.id, ...inputs, "--out", out]);
      expect([0, 3]).toContain(code);
      for (const name of readdirSync(out)) {
        const text = readFileSync(join(out, name), "utf8");
        expect(text, name).not.toContain(token);
        expect(text, name).not.toContain(secret);
      }
      expect((await runRemit(["evidence", "--verify", out])).code).toBe(0);
    }
  });
});

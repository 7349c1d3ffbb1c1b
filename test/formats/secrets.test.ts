import { createHmac } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadFindings, loadReferenceData } from "../../src/readers/index.js";
import { corpusPath } from "../corpus.js";
import { runRemit } from "../run-remit.js";
import { loadContent } from "./load.js";

/** Members of the documents of secret scanners that hold the value, or quote it. */
const telling = new Set([
  "Secret", "Match", "offender", "line", "secret", "Raw", "RawV2", "stringsFound", "match_content", "snippet", "before",
  "matching", "after", "groups", "context", "match", "text", "value",
]); // prettier-ignore
const folders = [
  "gitleaks",
  "trufflehog",
  "noseyparker",
  "github-secret-scanning",
  "trivy-operator",
  "sarif",
];
const extra = [
  "trivy/trivy-secrets.json",
  "trivy/dd-misconfigurations_and_secrets.json",
  "kics/dd-many_findings.json",
];

const files = [
  ...folders.flatMap((folder) =>
    readdirSync(corpusPath("findings", folder)).map((name) => `${folder}/${name}`),
  ),
  ...extra,
].filter((file) => !file.startsWith("sarif/") || /gitleaks/.test(file));

const planted: string[] = [];
/** A value as random as a real one, of letters that no tool masks by itself, in the place of every value. */
function plant(): string {
  const value = `Zq7${createHmac("sha256", "planted").update(String(planted.length)).digest("base64url")}w9`;
  planted.push(value);
  return value;
}

function withSecrets(value: unknown, key = ""): unknown {
  if (typeof value === "string") return telling.has(key) && !/^secret$/.test(value) ? plant() : value;
  if (Array.isArray(value)) return value.map((each) => withSecrets(each, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      // Line numbers and messages of rules are no values.
      name === "line" && typeof member !== "string"
        ? member
        : withSecrets(member, telling.has(key) ? key : name),
    ]),
  );
}

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-secrets-"));
  for (const file of files) {
    const text = readFileSync(corpusPath("findings", file), "utf8");
    const lines = /jsonl$|v3_git/.test(file) ? text.trim().split("\n") : [text];
    const changed = lines.map((line) => JSON.stringify(withSecrets(JSON.parse(line)))).join("\n");
    writeFileSync(join(folder, file.replaceAll("/", "_")), changed);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Any eight characters in a row of a planted value are too many. */
const leaked = (output: string): readonly string[] =>
  planted.filter((value) => [3, 12, 24, 36].some((from) => output.includes(value.slice(from, from + 8))));

describe("secret values of scanners", () => {
  it("are in the files that are read", () => {
    expect(planted.length).toBeGreaterThan(100);
    const all = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    expect(leaked(all.join("\n"))).toHaveLength(planted.length);
  });

  it("are nowhere in what is read from them", async () => {
    const loaded = await loadFindings([folder], { reference: loadReferenceData().checks });
    expect(loaded.exposures.length).toBeGreaterThan(50);
    expect(leaked(JSON.stringify(loaded))).toEqual([]);
  });

  it.each(["json", "table", "markdown", "html"])("are nowhere in the output as %s", async (format) => {
    const { out, err } = await runRemit(["analyze", "--findings", folder, "--format", format]);
    expect(out.length).toBeGreaterThan(100);
    expect(leaked(out + err)).toEqual([]);
  });
});

describe("a secret", () => {
  const leak = (secret: string, line = 1) => ({
    RuleID: "generic-api-key",
    Description: "Generic API key",
    StartLine: line,
    StartColumn: 1,
    Match: `key = ${secret}`,
    Secret: secret,
    File: "src/app.py",
    Commit: "0123456789abcdef0123456789abcdef01234567",
    Author: "Ana",
    Email: "ana.ruiz@example.com",
    Date: "2026-01-02T03:04:05Z",
    Fingerprint: `0123:src/app.py:generic-api-key:${line}`,
  });
  const hmacs = async (key: Buffer | undefined, ...records: readonly object[]) => {
    const path = join(folder, "..", `${String(process.pid)}.json`);
    writeFileSync(path, JSON.stringify(records));
    try {
      const loaded = await loadFindings([path], {
        reference: loadReferenceData().checks,
        ...(key === undefined ? {} : { secretKey: key }),
      });
      return loaded.exposures.map((each) => each.findings[0]?.secret?.hmac);
    } finally {
      rmSync(path);
    }
  };

  it("is matched under the key of the installation, and under no other", async () => {
    const key = Buffer.from("of this installation");
    const [first, second] = await hmacs(key, leak("s3cr3t-Value-1", 1), leak("s3cr3t-Value-1", 9));
    expect(first).toBe(createHmac("sha256", key).update("s3cr3t-Value-1").digest("hex"));
    expect(second).toBe(first);
    expect(await hmacs(Buffer.from("another"), leak("s3cr3t-Value-1"))).not.toContain(first);
    expect(await hmacs(undefined, leak("s3cr3t-Value-1"))).not.toContain(first);
  });

  it("that the tool has hidden is matched with nothing: all hidden ones look alike", async () => {
    expect(await hmacs(undefined, leak("REDACTED"), leak("AKIA****************", 2))).toEqual([
      undefined,
      undefined,
    ]);
  });

  it("is told by its place, in a history by commit too; two on one line are two findings", async () => {
    const { exposures } = await loadContent([
      leak("s3cr3t-Value-1"),
      { ...leak("s3cr3t-Value-2"), StartColumn: 40 },
      leak("s3cr3t-Value-3", 7),
    ]);
    expect(exposures.map((each) => [each.subLocator, each.findings.length])).toEqual([
      ["generic-api-key src/app.py:1", 2],
      ["generic-api-key src/app.py:7", 1],
    ]);
    expect(exposures[0]).toMatchObject({ weakness: "secret.in-code", class: "credential" });
    expect(exposures[0]?.findings[0]?.ownerHints).toEqual([{ kind: "author", who: "ana.ruiz@example.com" }]);
  });

  it("of AWS whose owner TruffleHog found is a row of the identity too (issue 4)", async () => {
    const { exposures, counts } = await loadContent(
      JSON.stringify({
        SourceMetadata: {
          Data: { Git: { file: "keys", line: 4, repository: "https://github.com/acme/etl", commit: "ab" } },
        },
        DetectorName: "AWS",
        Verified: true,
        Raw: "AKIAIOSFODNN7EXAMPLE",
        RawV2: "AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        Redacted: "AKIAIOSFODNN7EXAMPLE",
        ExtraData: { account: "222222222222", arn: "arn:aws:iam::222222222222:user/ci" },
      }),
    );
    expect(counts.rows).toBe(1);
    expect(exposures.map((each) => [each.resource, each.weakness, each.subLocator])).toEqual([
      ["arn:aws:iam::222222222222:user/ci", "iam.key.exposed", "AKIAIOSFODNN7EXAMPLE"],
      ["repository:github.com/acme/etl", "secret.in-code", "AKIAIOSFODNN7EXAMPLE"],
    ]);
    const [identity, place] = exposures.map((each) => each.findings[0]?.secret);
    // The identity knows where its key lies; the place is the only one.
    expect(identity).toEqual({ ...place, also: ["repository:github.com/acme/etl AKIAIOSFODNN7EXAMPLE"] });
    expect(identity).toMatchObject({
      keyId: "AKIAIOSFODNN7EXAMPLE",
      verified: true,
      account: "222222222222",
    });
  });

  it("with a name is one exposure wherever it lies, and a finding for each place", async () => {
    const { exposures } = await loadContent([
      { ...leak("AKIAIOSFODNN7EXAMPLE"), RuleID: "aws-access-token" },
      { ...leak("AKIAIOSFODNN7EXAMPLE", 30), RuleID: "aws-access-token" },
      { ...leak("AKIAI44QH8DHBEXAMPLE", 31), RuleID: "aws-access-token" },
    ]);
    expect(exposures.map((each) => [each.subLocator, each.findings.length])).toEqual([
      ["AKIAI44QH8DHBEXAMPLE", 1],
      ["AKIAIOSFODNN7EXAMPLE", 2],
    ]);
    // The name is no value: nothing is matched by HMAC that is matched by name.
    expect(exposures[0]?.findings[0]?.secret).toEqual({ keyId: "AKIAI44QH8DHBEXAMPLE" });
  });

  it("names the other places of the same value, under whatever key", async () => {
    const { exposures } = await loadContent([
      leak("s3cr3t-Value-1"),
      { ...leak("s3cr3t-Value-1", 5), File: "deploy.sh" },
      leak("s3cr3t-Value-2", 9),
    ]);
    expect(exposures.map((each) => [each.subLocator, each.findings[0]?.secret?.also])).toEqual([
      ["generic-api-key deploy.sh:5", ["file:src/app.py generic-api-key src/app.py:1"]],
      ["generic-api-key src/app.py:1", ["file:deploy.sh generic-api-key deploy.sh:5"]],
      ["generic-api-key src/app.py:9", undefined],
    ]);
  });

  it("that could not be tried is neither good nor bad", async () => {
    const record = {
      SourceMetadata: { Data: { Filesystem: { file: "a" } } },
      DetectorName: "Slack",
      Verified: false,
      VerificationError: "timeout",
      Raw: "xoxb-1-2-3-abcdefgh",
    };
    const { exposures } = await loadContent([
      record,
      { ...record, VerificationError: undefined, DetectorName: "Stripe" },
    ]);
    const of = (rule: string) =>
      exposures.find((each) => each.subLocator.startsWith(rule))?.findings[0]?.secret?.verified;
    expect(of("Slack")).toBeUndefined();
    expect(of("Stripe")).toBe(false);
  });
});

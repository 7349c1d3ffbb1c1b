import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, test } from "vitest";
import { byShippedDictionary, compactChecks, compactControls } from "../../../scripts/data/checks.mjs";
import { compactEscalations } from "../../../scripts/data/escalations.mjs";
import { compactManagedPolicies } from "../../../scripts/data/managed-policies.mjs";
import { corpusHas, corpusPath } from "../../../test/corpus.js";
import { loadReferenceData } from "./index.js";

/** Files of known shape: where one is not, the comparison fails. */
function json<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}
type Checks = Parameters<typeof compactChecks>[0];
type Controls = Parameters<typeof compactControls>[0];
type Escalations = Parameters<typeof compactEscalations>[0];
type Policies = Parameters<typeof compactManagedPolicies>[0];

const script = (name: string): string => join(import.meta.dirname, "../../../scripts/data", name);
const shipped = (name: string): string => join(import.meta.dirname, "../../../data", name);

const folders: string[] = [];
function emptyFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "remit-data-"));
  folders.push(dir);
  return dir;
}
afterEach(() => {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true });
});

describe("loadReferenceData", () => {
  it("reads a part when it is first asked for, and once", () => {
    const dir = emptyFolder();
    const data = loadReferenceData(dir);
    writeFileSync(join(dir, "aws-escalation-facts.json"), `{"paths":[{"id":"late-001"}]}`);
    const facts = data.escalationFacts;
    expect(facts).toEqual([{ id: "late-001" }]);
    rmSync(join(dir, "aws-escalation-facts.json"));
    expect(data.escalationFacts).toBe(facts);
  });

  test.each([
    ["actions", "aws-actions.json"],
    ["managedPolicies", "aws-managed-policies.json"],
    ["checks", "prowler-checks.json"],
    ["escalationFacts", "aws-escalation-facts.json"],
  ] as const)("says which file %s misses", (part, file) => {
    const data = loadReferenceData(emptyFolder());
    expect(() => data[part]).toThrow(file);
  });

  it("says which file is not JSON", () => {
    const dir = emptyFolder();
    writeFileSync(join(dir, "aws-actions.json"), `{"version":`);
    expect(() => loadReferenceData(dir).actions).toThrow(join(dir, "aws-actions.json"));
  });
});

describe("the managed policies", () => {
  const { managedPolicies } = loadReferenceData();

  it("are those of a day, and many", () => {
    expect(managedPolicies.version).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(managedPolicies.names.length).toBeGreaterThanOrEqual(1568);
    expect(managedPolicies.names).toEqual([...managedPolicies.names].sort());
  });

  it("unpack to statements of the right form", () => {
    for (const name of managedPolicies.names) {
      const document = managedPolicies.document(`arn:aws:iam::aws:policy/${name}`);
      for (const statement of document?.Statement ?? [undefined]) {
        const actions = statement?.Action ?? statement?.NotAction ?? [];
        const resources = statement?.Resource ?? statement?.NotResource ?? [];
        const sound =
          actions.length > 0 &&
          resources.length > 0 &&
          actions.every((action) => action === "*" || /^[\w-]+:[\w*?]+$/.test(action));
        if (!sound) expect.fail(`${name}: ${JSON.stringify(statement)}`);
      }
    }
  });

  it("hold the ones that matter most", () => {
    expect(managedPolicies.document("arn:aws:iam::aws:policy/AdministratorAccess")?.Statement).toEqual([
      { Effect: "Allow", Action: ["*"], Resource: ["*"] },
    ]);
    expect(managedPolicies.document("arn:aws:iam::aws:policy/PowerUserAccess")?.Statement[0]).toEqual({
      Effect: "Allow",
      NotAction: ["account:*", "iam:*", "organizations:*"],
      Resource: ["*"],
    });
    expect(managedPolicies.document("arn:aws:iam::aws:policy/IAMFullAccess")?.Statement).toEqual([
      expect.objectContaining({ Effect: "Allow", Action: expect.arrayContaining(["iam:*"]) }),
    ]);
    for (const name of ["ReadOnlyAccess", "SecurityAudit", "job-function/ViewOnlyAccess", "AWSDenyAll"]) {
      expect(managedPolicies.names).toContain(name);
    }
  });

  it("hold every AWS managed policy that the sample estates attach without its document", () => {
    const labs = readdirSync(corpusPath("estates/labs"));
    const files = [
      ...labs.map((lab) => corpusPath("estates/labs", lab, "gaad-111111111111.json")),
      corpusPath("estates/cloudsplaining-example/gaad.json"),
    ];
    const attached = new Set<string>();
    for (const file of files) {
      const text = readFileSync(file, "utf8");
      const own = new Set<string>(json<{ Policies: { Arn: string }[] }>(file).Policies.map(({ Arn }) => Arn));
      for (const [, arn = ""] of text.matchAll(/"PolicyArn": *"(arn:aws:iam::aws:policy\/[^"]+)"/g)) {
        if (!own.has(arn)) attached.add(arn);
      }
    }
    expect([...attached].filter((arn) => managedPolicies.document(arn) === undefined)).toEqual([]);
    expect(attached.size).toBeGreaterThan(0);
  });
});

describe("the checks and controls", () => {
  const { checks } = loadReferenceData();

  it("are all there", () => {
    expect(checks.prowlerVersion).toMatch(/^\d+\.\d+\.\d+$/);
    const counts = new Map<string, number>();
    for (const { provider } of checks.prowlerChecks) counts.set(provider, (counts.get(provider) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({ aws: 645, azure: 191, gcp: 110, kubernetes: 92 });
    expect(checks.securityHubControls).toHaveLength(286);
    expect(checks.prowlerChecks.filter(({ derivedActions }) => derivedActions.length > 0)).toHaveLength(945);
  });

  it("use only the words that their types know", () => {
    const words = (pick: (check: (typeof checks.prowlerChecks)[number]) => readonly string[]): string[] =>
      [...new Set(checks.prowlerChecks.flatMap(pick))].sort();
    expect(words((check) => check.classes)).toEqual([
      "configuration",
      "credential",
      "identity-privilege",
      "metadata-credential",
      "missing-edge-control",
      "network-boundary",
      "public-exposure",
      "trust",
      "vulnerability",
    ]);
    expect(words((check) => check.derivation)).toEqual([
      "cfn",
      "cli",
      "cli-rest",
      "evidence",
      "evidence-weak",
      "family",
      "host-file",
      "resource-type",
    ]);
    expect(words((check) => [check.confidence])).toEqual([
      "creation-only",
      "high",
      "host-access",
      "low",
      "medium",
      "none",
    ]);
    expect(words((check) => [check.severity])).toEqual([
      "critical",
      "high",
      "informational",
      "low",
      "medium",
    ]);
  });

  it("lead from every control to its checks", () => {
    const lost = checks.securityHubControls.flatMap(({ control, prowlerChecks }) =>
      prowlerChecks.filter((id) => checks.prowler("aws", id) === undefined).map((id) => `${control} ${id}`),
    );
    expect(lost).toEqual([]);
    expect(checks.securityHub("S3.8")?.prowlerChecks).toContain("s3_bucket_level_public_access_block");
  });

  it("lead from former ids to the present ones", () => {
    const former = checks.prowlerChecks.flatMap(({ provider, id, aliases }) =>
      aliases.map((alias) => [checks.prowler(provider, alias)?.id, id]),
    );
    expect(former).toHaveLength(13);
    for (const [found, id] of former) expect(found).toBe(id);
  });
});

describe("the escalation facts", () => {
  const { escalationFacts } = loadReferenceData();

  it("are all there, with ids of their own and parents that exist", () => {
    expect(escalationFacts).toHaveLength(65);
    const ids = new Set(escalationFacts.map(({ id }) => id));
    expect(ids.size).toBe(65);
    expect(escalationFacts.filter(({ requires }) => requires.length === 0)).toEqual([]);
    expect(escalationFacts.filter(({ parent }) => parent !== undefined && !ids.has(parent))).toEqual([]);
  });

  it("are what scripts/data/escalations.mjs makes of the corpus", () => {
    expect(json(shipped("aws-escalation-facts.json"))).toEqual(
      compactEscalations(json<Escalations>(corpusPath("escalations/aws-paths.json"))),
    );
  });
});

// The sources of these are too large to keep here; a wider collection (REMIT_CORPUS) has them.
if (corpusHas("prowler-checks.json")) {
  describe("the scripts of scripts/data, over the wider collection", () => {
    it("make what is committed", () => {
      const { aliases } = json<{ aliases: Parameters<typeof compactChecks>[1] }>(
        script("prowler-aliases.json"),
      );
      expect(json(shipped("prowler-checks.json"))).toEqual(
        compactChecks(json<Checks>(corpusPath("prowler-checks.json")), aliases, byShippedDictionary()),
      );
      expect(json(shipped("securityhub-controls.json"))).toEqual(
        compactControls(json<Controls>(corpusPath("securityhub-controls.json"))),
      );
      const { source, policies } = json<Policies>(corpusPath("roles/aws-managed-policies.json"));
      const extra = json<Policies>(script("managed-policies-extra.json"));
      expect(json(shipped("aws-managed-policies.json"))).toEqual(
        compactManagedPolicies({
          source: `${source}; ${extra.source}`,
          policies: { ...extra.policies, ...policies },
        }),
      );
    });
  });
}

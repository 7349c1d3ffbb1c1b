import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { intendedFor, policyFrom, withPolicy } from "../../core/accountability/index.js";
import { runs } from "../../../test/settings.js";
import { durationHours } from "./scalars.js";
import {
  catalogueSchema,
  loadCatalogue,
  loadPolicy,
  policySchema,
  readCatalogue,
  type LoadedCatalogue,
} from "./index.js";
import { nearest } from "./nearest.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-catalogue-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function fileOf(text: string | Uint8Array, name = "remit.yaml"): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const load = (text: string, now?: string): Promise<LoadedCatalogue> =>
  loadCatalogue(fileOf(text), now === undefined ? {} : { now });
const faults = async (text: string): Promise<readonly string[]> =>
  (await load(text)).rejected.map(
    ({ line, column, reason, hint }) =>
      `${String(line)}:${String(column)} ${reason}${hint === undefined ? "" : ` | ${hint}`}`,
  );

describe("the documented example", () => {
  const page = readFileSync(resolve(import.meta.dirname, "../../../docs/catalogue.md"), "utf8");
  const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? "";

  test("loads without a fault, every list of it", async () => {
    const { catalogue, rejected, notices } = await load(example, "2026-11-22T00:00:00Z");
    expect(rejected).toEqual([]);
    expect(notices).toEqual([]);
    expect(catalogue).toMatchObject({
      policy: {
        regulated: true,
        deadlines: ["bod-26-04", "nis2"],
        commanderMaxDomains: 4,
        shortLivedHours: 1,
        patchOwnershipAlone: true,
        sharedCause: 0.6,
        jitMaxHours: 12,
        maxEstateAgeDays: 14,
      },
      accounts: [{ id: "aws:222222222222", runtimeAuthority: "cloud-platform", regulated: true }],
      workloadIdentities: [{ owner: "ana.ruiz", deputy: "t.berg", proof: "oidc" }],
      sanctioned: [
        {
          role: "arn:aws:iam::222222222222:role/break-glass",
          from: "saml:okta",
          stated: { mfaRequired: true, loggedElsewhere: true, approvalByOther: "unknown" },
        },
      ],
      overrides: {
        rules: [{ rule: "D10", enabled: false }],
        weaknessActions: { "custom.bucket-tag": ["s3:PutBucketTagging"] },
      },
    });
    expect(catalogue?.teams.map((team) => team.roles)).toEqual([
      ["IDGOV"],
      ["CLOUD_OPS", "PLATFORM"],
      ["APP"],
      ["SECOPS"],
    ]);
    expect(catalogue?.people.find((person) => person.id === "x.left")?.active).toBe(false);
    // The notation `aws:arn:…` is the ARN of the estate.
    expect(catalogue?.people[0]?.principals[0]).toMatch(/^arn:aws:iam::/);
  });

  test("is the same as JSON", async () => {
    const yaml = await load(example);
    const { parse } = await import("yaml");
    const json = await loadCatalogue(fileOf(JSON.stringify(parse(example)), "remit.json"));
    const plain = (loaded: LoadedCatalogue): unknown =>
      JSON.parse(
        JSON.stringify(loaded.catalogue, (key, value: unknown) => (key === "origin" ? undefined : value)),
      );
    expect(plain(json)).toEqual(plain(yaml));
  });

  test("the printed schema accepts it and knows every list", async () => {
    const { parse } = await import("yaml");
    expect(catalogueSchema.safeParse(parse(example)).success).toBe(true);
    const schema = z.toJSONSchema(catalogueSchema, { io: "input" });
    expect(Object.keys(schema.properties ?? {}).sort()).toEqual([
      "accounts",
      "authorities",
      "commanders",
      "intended",
      "overrides",
      "people",
      "policy",
      "sanctioned",
      "schema",
      "teams",
      "thirdParties",
      "version",
      "workloadIdentities",
      "workloads",
    ]);
    expect(() => z.toJSONSchema(policySchema, { io: "input" })).not.toThrow();
  });
});

describe("what is wrong is placed, and the rest is used", () => {
  test.each([
    [
      "an unknown list",
      "version: 1\npoeple: []\n",
      "2:1 `poeple` is no known field | did you mean `people`?",
    ],
    [
      "an unknown field, with the nearest known one",
      "version: 1\nteams:\n  - { id: a, role: APP, membres: [b] }\n",
      "3:25 `membres` is no known field | did you mean `members`?",
    ],
    [
      "an unknown field deep inside",
      "version: 1\npeople: [ { id: a } ]\nworkloads:\n  - id: etl\n    planes: { build: { owner: a, deptuy: a } }\n",
      "5:34 `deptuy` is no known field | did you mean `deputy`?",
    ],
    [
      "an unknown policy switch",
      "version: 1\npolicy: { regluated: true }\n",
      "2:11 `regluated` is no known field | did you mean `regulated`?",
    ],
  ])("%s", async (_, text, expected) => {
    expect(await faults(text)).toEqual([expected]);
  });

  test.each([
    [
      "an intended exposure without reason",
      "intended: [ { resource: r, weakness: w, approvedBy: a, until: 2027-01-01 } ]",
      "`reason` is missing | write a reason",
    ],
    [
      "… with an empty reason",
      "intended: [ { resource: r, weakness: w, reason: ' ', approvedBy: a, until: 2027-01-01 } ]",
      "`reason` is empty | write a reason",
    ],
    [
      "… without approver",
      "intended: [ { resource: r, weakness: w, reason: x, until: 2027-01-01 } ]",
      "approvedBy",
    ],
    ["… without end", "intended: [ { resource: r, weakness: w, reason: x, approvedBy: a } ]", "until"],
    [
      "a sanction without end",
      "sanctioned: [ { kind: break-glass, entry: { role: r, from: f }, reason: x, approvedBy: a } ]",
      "until",
    ],
    ["an authority without end", 'authorities: [ { kind: revoke, scope: "*", holder: a } ]', "until"],
    [
      "an authority with a broken end",
      'authorities: [ { kind: revoke, scope: "*", holder: a, until: soon } ]',
      "ISO 8601",
    ],
    [
      "an override without reason",
      "overrides: { rules: [ { rule: D10, enabled: false } ] }",
      "`reason` is missing | write a reason",
    ],
    [
      "an override of an unknown rule",
      "overrides: { rules: [ { rule: D99, enabled: false, reason: x } ] }",
      "`D1` to `D14`",
    ],
    ["a scope that is no scope", "teams: [ { id: t, scope: 'arn:aws:s3:::x' } ]", "`resource:` in front"],
    ["an unknown role", "teams: [ { id: t, role: BOSS } ]", "`role` is `BOSS` | known: CLOUD_OPS, SEC_ENG"],
    ["a duration of no fixed length", "policy: { jitMax: P1M }", "ISO 8601 of weeks, days, hours"],
  ])("%s is an error of that entry", async (_, entry, reason) => {
    const { catalogue, rejected } = await load(`version: 1\npeople: [ { id: a } ]\n${entry}\n`);
    expect(`${rejected[0]?.reason ?? ""} | ${rejected[0]?.hint ?? ""}`).toContain(reason);
    expect(rejected[0]?.line).toBe(3);
    expect(catalogue?.people).toHaveLength(1);
    expect([
      ...(catalogue?.intended ?? []),
      ...(catalogue?.sanctioned ?? []),
      ...(catalogue?.authorities ?? []),
      ...(catalogue?.overrides.rules ?? []),
      ...(catalogue?.teams ?? []),
    ]).toEqual([]);
    expect(catalogue?.policy.jitMaxHours).toBe(12);
  });

  test("names that lead nowhere, managers too", async () => {
    const found = await faults(`version: 1
people:
  - { id: ana.ruiz, manager: m.okafro }
  - { id: m.okafor }
teams:
  - { id: iam-team, role: IDGOV, head: ana.riuz, members: [m.okafor, nobody] }
accounts:
  - { id: "aws:222222222222", runtimeAuthority: iam-tema }
commanders: [ { person: x } ]
`);
    expect(found).toEqual([
      "3:21 `m.okafro` (manager) is no person of this catalogue | did you mean `m.okafor`?",
      "6:34 `ana.riuz` (head) is no person of this catalogue | did you mean `ana.ruiz`?",
      "6:70 `nobody` (members) is neither a person nor a team of this catalogue | add it to people or teams, or name one of ana.ruiz, m.okafor, iam-team",
      "8:31 `iam-tema` (runtimeAuthority) is neither a person nor a team of this catalogue | did you mean `iam-team`?",
      "9:17 `x` (person) is no person of this catalogue | add it to people, or name one of ana.ruiz, m.okafor",
    ]);
  });

  test("two entries of one id: the first stands, the second is named (R49: one runtime authority)", async () => {
    const { catalogue, rejected } = await load(`version: 1
people: [ { id: a }, { id: b } ]
accounts:
  - { id: "aws:222222222222", runtimeAuthority: a }
  - { id: "222222222222", runtimeAuthority: b }
`);
    expect(catalogue?.accounts).toMatchObject([{ runtimeAuthority: "a" }]);
    expect(rejected).toMatchObject([
      {
        line: 5,
        reason:
          "account `aws:222222222222` has two runtime authorities, `a` and `b`; it is stated before, on line 4",
      },
    ]);
  });

  test("lines that have ended are kept and noted, with the day", async () => {
    const { catalogue, rejected, notices } = await load(
      `version: 1
people: [ { id: a } ]
authorities: [ { kind: revoke, scope: "*", holder: a, until: 2026-11-21 } ]
intended: [ { resource: r, weakness: s3.public, reason: x, approvedBy: a, until: 2026-11-22 } ]
`,
      "2026-11-22T23:00:00Z",
    );
    expect(rejected).toEqual([]);
    expect(notices).toMatchObject([{ line: 3, reason: "ended `2026-11-21` and counts for nothing" }]);
    expect(catalogue?.authorities).toHaveLength(1);
  });

  test.each([
    ["broken YAML", "version: 1\npeople: [ { id: a }\nteams: []\n", /not valid YAML/],
    ["another document", "schema: remit.estate/1\nversion: 1\n", /`remit.estate\/1` is no catalogue/],
    ["no version", "people: []\n", /`version` is missing/],
    ["another version", "version: 2\n", /version `2` is not supported/],
    ["a list", "- version: 1\n", /an object of lists/],
    ["nothing", "", /empty/],
    [
      "an alias bomb",
      `version: 1\nx: &a [1,1,1,1,1,1,1,1,1]\n${Array.from("bcdefghi")
        .map(
          (name, i) =>
            `${name}: &${name} [${Array(9)
              .fill(`*${"abcdefgh"[i] ?? "a"}`)
              .join(",")}]`,
        )
        .join("\n")}\n`,
      /repeats of repeats multiply/,
    ],
  ])("%s: nothing is believed, and the reason has a place", async (_, text, reason) => {
    const { catalogue, rejected } = await load(text);
    expect(catalogue).toBeUndefined();
    expect(rejected[0]?.reason).toMatch(reason);
    expect(rejected[0]?.document).toContain("remit.yaml");
  });

  test("broken YAML has line and column", async () => {
    const { rejected } = await load("version: 1\npeople:\n  - { id: a\nteams: []\n");
    expect(rejected[0]?.line).toBeGreaterThan(1);
    expect(rejected[0]?.column).toBeGreaterThan(0);
  });

  test("a file that does not exist, or a folder", async () => {
    expect((await loadCatalogue(join(folder, "none.yaml"))).rejected[0]?.reason).toMatch(/does not exist/);
    expect((await loadCatalogue(folder)).rejected[0]?.reason).toMatch(/is a directory/);
  });

  test("nothing in a document makes it throw", () => {
    const lists = [
      "people",
      "teams",
      "accounts",
      "workloads",
      "authorities",
      "thirdParties",
      "sanctioned",
      "intended",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...lists, "policy", "overrides"),
        fc.anything({ withNullPrototype: true, maxDepth: 4 }),
        (list, value) => {
          const origin = { source: { path: "x", digest: "0", kind: "catalogue" } };
          const { catalogue } = readCatalogue({ version: 1, [list]: value }, origin);
          expect(catalogue).toBeDefined();
        },
      ),
      { numRuns: runs.property },
    );
  });
});

describe("policy", () => {
  test("defaults where nobody decided", () => {
    expect(policyFrom(undefined)).toEqual({
      regulated: "unknown",
      deadlines: [],
      ownDeadlines: [],
      commanderMaxDomains: 4,
      shortLivedHours: 1,
      patchOwnershipAlone: true,
      sharedCause: 0.6,
      jitMaxHours: 12,
      maxEstateAgeDays: 14,
    });
  });

  test("a file of --policy goes over the catalogue, switch by switch", async () => {
    const { catalogue } = await load("version: 1\npolicy: { regulated: true, jitMax: PT4H }\n");
    const { policy, rejected } = await loadPolicy(
      fileOf("policy: { jitMax: PT2H, maxEstateAge: P3D }\n", "policy.yaml"),
    );
    expect(rejected).toEqual([]);
    expect(withPolicy(catalogue, policy ?? {}).policy).toMatchObject({
      regulated: true,
      jitMaxHours: 2,
      maxEstateAgeDays: 3,
    });
  });

  test("a policy file holds no owners", async () => {
    const { rejected } = await loadPolicy(fileOf("policy: {}\nteams: []\n", "policy.yaml"));
    expect(rejected).toMatchObject([
      { line: 2, reason: "`teams` has no place in a policy file", hint: "give it with --catalogue" },
    ]);
  });

  test.each([
    ["PT1H", 1],
    ["P14D", 336],
    ["P1DT12H", 36],
    ["P2W", 336],
    ["PT90M", 1.5],
    ["P1M", undefined],
    ["P1Y", undefined],
    ["P", undefined],
    ["PT", undefined],
    ["1h", undefined],
  ])("the duration %s is %s hours", (text, hours) => {
    expect(durationHours(text)).toBe(hours);
  });
});

describe("intended exposures", () => {
  const catalogue = `version: 1
people: [ { id: a } ]
intended:
  - { resource: "arn:aws:s3:::acme-web*", weakness: s3.public, reason: website, approvedBy: a, until: 2026-11-22 }
`;
  test.each([
    ["2026-11-22T23:59:00Z", "arn:aws:s3:::acme-website", "s3.public", "intended"],
    ["2026-11-23T00:00:00Z", "arn:aws:s3:::acme-website", "s3.public", "expired"],
    ["2026-11-22T12:00:00Z", "arn:aws:s3:::acme-exports", "s3.public", undefined],
    ["2026-11-22T12:00:00Z", "arn:aws:s3:::acme-website", "s3.acl", undefined],
  ])("at %s, %s, %s: %s", async (now, resource, weakness, expected) => {
    const found = intendedFor((await load(catalogue)).catalogue, resource, weakness, now);
    expect(found === undefined ? undefined : Object.keys(found)[0]).toBe(expected);
  });
});

test("the nearest name: swapped, missing and wrong letters, but nothing far", () => {
  const known = ["members", "manager", "roles", "scope"];
  expect(nearest("membres", known)).toBe("members");
  expect(nearest("scpe", known)).toBe("scope");
  expect(nearest("zzz", known)).toBeUndefined();
});

import fc from "fast-check";
import { parse } from "yaml";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { runs } from "../../../test/settings.js";
import { coverageKey } from "../../core/estate/index.js";
import type { EstateReading } from "../estate-reader.js";
import { nativeEstateReader, nativeEstateSchema } from "./index.js";

const source = {
  path: "estate.yaml",
  digest: "0".repeat(64),
  kind: "native-estate",
  observedAt: "2026-11-21",
};

function read(text: string): EstateReading {
  const document = { source, format: "yaml" as const, value: parse(text) as unknown, text };
  expect(nativeEstateReader.recognises(document)).toBe(true);
  return nativeEstateReader.read(document, { source });
}

describe("the native estate document (interfaces.md)", () => {
  test("the examples of the interface page are facts", () => {
    const { facts, rejected, entities } = read(`
schema: remit.estate/1
incidents: [ { id: inc-7, declaredAt: 2026-11-20T10:00:00Z, scope: "workload:etl", exploited: true, source: siem } ]
closures: [ { accessPathKey: "k", closedAt: 2026-10-01, signer: c.dupont } ]
guardrails: [ { id: egress, resource: "workload:etl", state: off, kind: effect, source: manual } ]
pipelines: [ { id: acme/etl#ci.yml, file: .github/workflows/ci.yml, uses: [ { ref: "x/y@v4", pinned: false } ], secrets: [], ranAt: [] } ]
`);
    expect(rejected).toEqual([]);
    expect(entities).toEqual({ incidents: 1, closures: 1, guardrails: 1, pipelines: 1 });
    expect(facts.incidents?.[0]).toMatchObject({
      exploited: true,
      origin: { pointer: "/incidents/0", statedBy: "siem" },
    });
    expect(facts.guardrails?.[0]).toMatchObject({ state: "off", kind: "effect" });
    expect(facts.pipelines?.[0]).toMatchObject({ repository: "acme/etl", gate: { protectedRef: "unknown" } });
  });

  test("an exposure that no scanner reports is stated; a weakness outside the registry is an error at its place", () => {
    const { facts, rejected } = read(`
schema: remit.estate/1
exposures:
  - { resource: "workload:shop", weakness: web.dotenv, credential: "aws:access-key/AKIAIOSFODNN7EXAMPLE", source: web scan }
  - { resource: "workload:shop", weakness: web.dotenvs }
`);
    expect(facts.exposures).toHaveLength(1);
    expect(facts.exposures?.[0]).toMatchObject({
      weakness: "web.dotenv",
      subLocator: "aws:access-key/AKIAIOSFODNN7EXAMPLE",
      state: "open",
      severity: "high",
      origin: { pointer: "/exposures/0", statedBy: "web scan" },
    });
    expect(rejected).toEqual([expect.objectContaining({ pointer: "/exposures/1/weakness", line: 5 })]);
  });

  test("an account that stands alone has its organisation layers covered; any other has not", () => {
    const { facts } = read(`
schema: remit.estate/1
accounts: [ { id: "aws:111111111111", organization: none }, "222222222222" ]
`);
    const covered = facts.coverage?.map((fact) => coverageKey(fact.topic, fact.scope));
    expect(covered).toEqual([
      "organization|aws:111111111111",
      "scp|aws:111111111111",
      "rcp|aws:111111111111",
      "org-s3-policy|aws:111111111111",
      "declarative-policies|aws:111111111111",
    ]);
    expect(facts.accounts?.map((account) => account.id)).toEqual(["aws:111111111111", "aws:222222222222"]);
  });

  test("a typo is an error with line and column, and the other entries are used", () => {
    const { facts, rejected } = read(`schema: remit.estate/1
principals:
  - id: user:ana
  - id: user:bob
    trusst: {}
`);
    expect(facts.principals?.map((principal) => principal.id)).toEqual(["user:ana"]);
    expect(rejected).toEqual([
      {
        document: "estate.yaml",
        pointer: "/principals/1/trusst",
        line: 5,
        column: 5,
        reason: "`trusst` is no known field",
      },
    ]);
  });

  test("an unknown list and a list that is none are named", () => {
    const { rejected } = read("schema: remit.estate/1\nprincipal: []\ngrants: {}\n");
    expect(rejected.map((item) => [item.pointer, item.line])).toEqual([
      ["/principal", 2],
      ["/grants", 3],
    ]);
  });

  test("nested property names become dotted; a misspelt one or a wrong type rejects the resource", () => {
    const { facts, rejected } = read(`schema: remit.estate/1
resources:
  - id: arn:aws:s3:::good
    policy: none
    properties: { publicAccessBlock: { BlockPublicPolicy: false, IgnorePublicAcls: unknown } }
  - id: arn:aws:s3:::typo
    properties: { publicAccessBlock: { BlockPublicPolcy: false } }
  - id: arn:aws:s3:::text
    properties: { publicAccessBlock.BlockPublicPolicy: "no" }
`);
    expect(facts.resources?.map((resource) => resource.name)).toEqual(["good"]);
    const properties = facts.resources?.[0]?.properties;
    expect([...(properties?.keys() ?? [])]).toEqual(["publicAccessBlock.BlockPublicPolicy"]);
    expect(facts.resources?.[0]?.policies?.size).toBe(0);
    expect(rejected.map((item) => item.line)).toEqual([7, 9]);
  });

  test("a principal whose inline policy cannot be believed is left out, not shown with fewer rights", () => {
    const { facts, rejected } = read(`schema: remit.estate/1
principals:
  - id: arn:aws:iam::222222222222:user/x
    policies: [ { name: p, document: { Version: "2012-10-17", Statement: [ { Effect: Dney, Action: "*", Resource: "*" } ] } } ]
`);
    expect(facts.principals ?? []).toEqual([]);
    expect(rejected.length).toBeGreaterThan(0);
  });

  test("account numbers that YAML reads as numbers keep twelve digits or are refused", () => {
    const { facts, rejected } = read(
      'schema: remit.estate/1\naccounts: [ 222222222222, 012345678901, "012345678901" ]\n',
    );
    expect(facts.accounts?.map((account) => account.id)).toEqual(["aws:222222222222", "aws:012345678901"]);
    expect(rejected[0]?.reason).toMatch(/quote a number/);
  });

  test("facts that no cloud exports can be said: SAS in a repository, vault rights, a leaked key (S5, S9, S10)", () => {
    const { facts, rejected } = read(`schema: remit.estate/1
credentials:
  - { id: azure:sas/backup, holder: azure:storage/acme, created: 2020-07-20, expires: 2051-10-06, status: active, copies: [ { place: repository acme/models, at: README.md, readableBy: public } ] }
  - { id: aws:access-key/AKIAIOSFODNN7EXAMPLE, holder: "arn:aws:iam::222222222222:user/web", copies: [ "repository acme/web" ] }
grants:
  - { holder: entra:app/deploy, action: Microsoft.KeyVault/vaults/write, resource: "*", inheritedFrom: subscription prod }
resources:
  - { id: /subscriptions/1/resourcegroups/r/providers/microsoft.keyvault/vaults/v, properties: { permissionModel: access-policy, denyPolicy: false } }
trusts: [ { from: "repo:acme/*", to: "arn:aws:iam::222222222222:role/gha" } ]
workloads: [ { id: web, exposed: true, runsAs: "arn:aws:iam::222222222222:role/web", components: [ { purl: "pkg:npm/x@1" } ], facts: { customerFacing: true } } ]
`);
    expect(rejected).toEqual([]);
    expect(facts.credentials?.map((item) => [item.kind, item.copies[0]?.readableBy])).toEqual([
      ["sas", "public"],
      ["access-key", "unknown"],
    ]);
    expect(facts.grants?.[0]).toMatchObject({ effect: "Allow", inheritedFrom: "subscription prod" });
    expect(facts.resources?.[0]?.kind).toBe("azure:key-vault");
    expect(facts.trusts?.[0]?.kind).toBe("oidc");
    expect(facts.workloads?.[0]?.components).toEqual(["pkg:npm/x@1"]);
  });

  test("a later version is refused, not half read", () => {
    const { facts, rejected } = read("schema: remit.estate/2\nprincipals: [ { id: user:a } ]\n");
    expect(facts).toEqual({});
    expect(rejected[0]?.hint).toMatch(/remit\.estate\/1/);
  });

  test("the schema can be printed as JSON Schema", () => {
    const schema = z.toJSONSchema(nativeEstateSchema, { io: "input", unrepresentable: "any" });
    expect(Object.keys(schema.properties ?? {})).toContain("closures");
  });

  test("no content makes it throw", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("principals", "resources", "coverage", "organizations"),
        fc.jsonValue(),
        (list, value) => {
          const document = { schema: "remit.estate/1", [list]: [value] };
          const text = JSON.stringify(document);
          const parsed = { source, format: "json" as const, value: JSON.parse(text) as unknown, text };
          nativeEstateReader.read(parsed, { source });
        },
      ),
      { numRuns: runs.property },
    );
  });
});

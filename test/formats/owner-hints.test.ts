import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Case, CaseExposure } from "../../src/core/decision/index.js";
import { analysis, written } from "../first-minute/run.js";
import { fixture } from "./load.js";

/** Every exposure of the analysis with whom the findings name, by resource. */
async function hintsIn(path: string): Promise<ReadonlyMap<string, CaseExposure["ownerHints"]>> {
  const { cases } = await analysis({ findings: [path] });
  return new Map(
    cases.flatMap((each) => each.exposures.map((exposure) => [exposure.resource, exposure.ownerHints])),
  );
}

const brief = (hints: CaseExposure["ownerHints"]) => hints?.map(({ kind, who, tool }) => [kind, who, tool]);

/** A failing row of Prowler about a function, with these tags: what mends it is the work of whoever builds it. */
const row = (tags: Readonly<Record<string, string>>) => ({
  metadata: { event_code: "awslambda_function_using_supported_runtimes", product: { name: "Prowler" } },
  severity_id: 4,
  status: "New",
  status_code: "FAIL",
  status_detail: "The runtime of function etl is obsolete.",
  finding_info: { title: "Functions use supported runtimes", uid: "x" },
  resources: [
    {
      region: "eu-west-1",
      name: "etl",
      type: "AwsLambdaFunction",
      uid: "arn:aws:lambda:eu-west-1:222222222222:function:etl",
      data: { metadata: { tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) } },
    },
  ],
  class_uid: 2004,
  cloud: { account: { name: "prod", uid: "222222222222" }, provider: "aws", region: "eu-west-1" },
  time_dt: "2026-11-22T10:00:00Z",
});

async function casesOf(tags: Readonly<Record<string, string>>): Promise<readonly Case[]> {
  const folder = mkdtempSync(join(tmpdir(), "remit-hints-"));
  try {
    const path = join(folder, "prowler.json");
    writeFileSync(path, JSON.stringify([row(tags)]));
    return (await analysis({ findings: [path] })).cases;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("whom findings name reaches the analysis (issue 4: ownership hints kept as evidence)", () => {
  it("owners and champions of projects of Wiz, and tags", async () => {
    expect(brief((await hintsIn(fixture("wiz-graphql.json"))).get("arn:aws:s3:::acme-exports"))).toEqual([
      ["project", "sandbox", "wiz"],
      ["project-owner", "ana.ruiz@example.com", "wiz"],
      ["security-champion", "t.berg@example.com", "wiz"],
      ["tag", "data-platform", "wiz"],
    ]);
  });

  it("governance assignments of Defender", async () => {
    const hints = [...(await hintsIn(fixture("defender-resource-graph.json"))).values()];
    expect(hints.map(brief)).toEqual([[["governance", "data@example.com", "defender"]]]);
  });

  it("essential contacts of Security Command Center", async () => {
    const hints = await hintsIn(fixture("scc-v2.json"));
    expect(hints.get("//storage.googleapis.com/acme-exports")?.map(({ who, about }) => [who, about])).toEqual(
      [
        ["data@example.com", "technical"],
        ["security@example.com", "security"],
      ],
    );
  });

  it("each with the row that says it", async () => {
    const [found] = await casesOf({ Owner: "data-platform", env: "prod" });
    expect(found?.exposures[0]?.ownerHints).toMatchObject([
      {
        kind: "tag",
        about: "Owner",
        observedAt: "2026-11-22T10:00:00.000Z",
        evidence: { pointer: "/0", excerpt: "tag Owner = data-platform" },
      },
    ]);
  });
});

describe("whom findings name answers where nobody else is known", () => {
  const named = (cases: readonly Case[]) =>
    cases
      .flatMap(({ contain, trace, fix }) => [contain, trace, ...fix])
      .flatMap(({ answerable }) => answerable)
      .filter((each) => each.team !== undefined || each.person !== undefined);

  it("an owner tag that the scanner saw is an inferred owner, with its row; without the tag there is none", async () => {
    const answers = named(await casesOf({ Owner: "data-platform" }));
    expect(answers.length).toBeGreaterThan(0);
    for (const answer of answers) {
      expect(answer).toMatchObject({ team: "data-platform", inferred: true, via: "tag Owner (prowler)" });
      expect(answer.evidence[0]?.excerpt).toBe("tag Owner = data-platform");
    }
    expect(named(await casesOf({}))).toEqual([]);
  });

  it("a machine in an owner tag is nobody", async () => {
    expect(named(await casesOf({ Owner: "dependabot[bot]" }))).toEqual([]);
  });

  it("the catalogue outweighs every hint", async () => {
    const catalogue = written([
      {
        path: "remit.yaml",
        text: [
          "version: 1",
          "people: [{ id: ana, name: Ana Ruiz }]",
          "teams: [{ id: exports, roles: [APP], head: ana }]",
          "workloads:",
          "  - id: etl",
          "    match: { resources: ['arn:aws:lambda:*:function:etl'] }",
          "    planes: { build: { owner: exports }, runtime: { owner: exports } }",
          "",
        ].join("\n"),
      },
      { path: "prowler.json", text: JSON.stringify([row({ Owner: "data-platform" })]) },
    ]);
    try {
      const { cases } = await analysis({
        findings: [join(catalogue.folder, "prowler.json")],
        catalogue: join(catalogue.folder, "remit.yaml"),
      });
      const teams = new Set(named(cases).map((each) => each.team));
      expect([...teams]).toEqual(["exports"]);
    } finally {
      catalogue.remove();
    }
  });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadCatalogue } from "../../src/readers/index.js";
import { runRemit } from "../run-remit.js";

const now = "2026-11-22T12:00:00Z";
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-init-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, "in", path)), { recursive: true });
    writeFileSync(join(folder, "in", path), text);
  }
  return join(folder, "in");
}

async function draft(estate: string, ...more: readonly string[]) {
  const ran = await runRemit(["init", "--estate", estate, "--now", now, "--out", "-", ...more]);
  expect({ code: ran.code, err: ran.err }).toMatchObject({ code: 0 });
  return ran.out;
}

interface Drafted {
  people?: { id: string; active?: boolean; leftAt?: string; manager?: string; principals?: string[] }[];
  teams?: { id: string; members?: string[] }[];
  workloads?: {
    id: string;
    match?: { principals?: string[]; repositories?: string[] };
    planes?: { build?: string; runtime?: string };
    workloadIdentity?: string;
  }[];
}

const backstage = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: etl, annotations: { github.com/project-slug: acme/etl } }
spec: { owner: data-team }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: data-team }
spec: { type: team, members: [ana.ruiz, x.left, l.meyer] }
`;
const people = `Email,Name,Status,Leave Date,Manager
ana.ruiz@example.com,Ana Ruiz,active,,m.okafor@example.com
x.left@example.com,Xavier Left,terminated,2026-06-20,m.okafor@example.com
m.okafor@example.com,Mary Okafor,active,,
nobody.asked@example.com,Nobody Asked,active,,m.okafor@example.com
`;
const kubernetes = `apiVersion: v1
kind: ServiceAccount
metadata: { name: etl, namespace: data, annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::222222222222:role/etl" } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: etl, namespace: data, annotations: { a8r.io/owner: data-team } }
spec: { template: { spec: { serviceAccountName: etl } } }
`;
const imports = { "catalog-info.yaml": backstage, "people.csv": people, "etl.yaml": kubernetes };

describe("remit init on the example", () => {
  test("the draft reads back without a fault, and readiness takes nothing of it for attested", async () => {
    const out = join(folder, "remit.yaml");
    const ran = await runRemit(["init", "--estate", "examples/estate", "--now", now, "--out", out]);
    expect(ran.code).toBe(0);
    expect(ran.out).toContain(`drafted ${out}: `);
    expect(ran.out).toContain(`NEXT     remit readiness --estate examples/estate --catalogue ${out}`);
    const { rejected, notices, catalogue } = await loadCatalogue(out, { now });
    expect([rejected, notices]).toEqual([[], []]);
    expect(catalogue?.authorities).toEqual([]);
    expect(catalogue?.commanders).toEqual([]);
    const readiness = await runRemit([
      ...["readiness", "--estate", "examples/estate", "--catalogue", out, "--now", now, "--format", "json"],
    ]);
    expect(readiness.code).toBe(0);
    const document = JSON.parse(readiness.out) as {
      workloads: { cells: { state: string; who?: string }[] }[];
      coverage: { covered: number };
    };
    const states = document.workloads.flatMap(({ cells }) => cells.map(({ state }) => state));
    expect(states.filter((state) => state === "can" || state === "named")).toEqual([]);
    expect(states).toContain("gap");
    expect(document.coverage.covered).toBe(0);
  });

  test("the same inputs give the same bytes, and JSON says the same as YAML", async () => {
    const [first, second] = [await draft("examples/estate"), await draft("examples/estate")];
    expect(second).toBe(first);
    const json = JSON.parse(await draft("examples/estate", "--format", "json")) as {
      schema: string;
      draft: { people: { id: string }[]; workloads: { id: string }[] };
    };
    const yaml = parse(first) as Drafted;
    expect(json.schema).toBe("remit.draft/1");
    expect(json.draft.people.map(({ id }) => id)).toEqual(yaml.people?.map(({ id }) => id));
    expect(json.draft.workloads.map(({ id }) => id)).toEqual(yaml.workloads?.map(({ id }) => id));
  });

  test("nobody is invented: every person and team is written in some document", async () => {
    const { people: drafted = [], teams = [] } = parse(await draft("examples/estate")) as Drafted;
    const { readdirSync } = await import("node:fs");
    const texts = readdirSync("examples/estate", { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8").toLowerCase())
      .join("\n");
    expect(drafted.length).toBeGreaterThan(3);
    for (const { id } of [...drafted, ...teams]) expect(texts).toContain(id.toLowerCase());
  });
});

describe("remit init on imports (R43 to R48)", () => {
  test("workloads with identity and owners, teams with who is still there, leavers as such", async () => {
    const drafted = parse(await draft(write(imports))) as Drafted;
    expect(drafted.workloads).toMatchObject([
      {
        id: "data/etl",
        match: { principals: ["arn:aws:iam::222222222222:role/etl"], repositories: ["acme/etl"] },
        planes: { build: "data-team", runtime: "data-team" },
      },
    ]);
    // Of l.meyer nothing is known but the name in the group: no entry, so no member.
    expect(drafted.teams).toMatchObject([{ id: "data-team", members: ["ana.ruiz"] }]);
    expect(drafted.people?.map(({ id, active, leftAt, manager }) => [id, active, leftAt, manager])).toEqual([
      ["ana.ruiz", undefined, undefined, "m.okafor"],
      ["m.okafor", undefined, undefined, undefined],
      ["x.left", false, "2026-06-20", "m.okafor"],
    ]);
  });

  test("a line becomes attested when somebody takes the mark away, and not before", async () => {
    const estate = write(imports);
    const out = join(folder, "remit.yaml");
    const text = await draft(estate);
    const cells = async (catalogue: string) => {
      writeFileSync(out, catalogue);
      const ran = await runRemit([
        ...["readiness", "--estate", estate, "--catalogue", out, "--now", now, "--format", "json"],
      ]);
      const document = JSON.parse(ran.out) as {
        workloads: { name: string; cells: { duty: string; state: string; who?: string }[] }[];
      };
      return document.workloads
        .find(({ name }) => name === "etl")
        ?.cells.find(({ duty }) => duty === "patch");
    };
    expect(await cells(text)).toMatchObject({ state: "open", who: "ana.ruiz" });
    expect(await cells(text.replaceAll("source: remit-init", "source: confirmed"))).toMatchObject({
      state: "named",
      who: "ana.ruiz",
    });
  });

  test("two that are close are asked about and neither is written; a bot never is", async () => {
    const text = await draft(
      write({
        "catalog-info.yaml": backstage,
        "people.csv": people,
        "other.yaml": backstage.split("---")[0]?.replace("data-team", "platform-team") ?? "",
        "bot.yaml": backstage.split("---")[0]?.replace("data-team", '"user:renovate[bot]"') ?? "",
      }),
    );
    const { workloads } = parse(text) as Drafted;
    expect(workloads?.[0]?.planes?.build).toBeUndefined();
    expect(text).toMatch(
      /# TODO: workload `etl`: data-team \(0\.\d+\) and platform-team \(0\.\d+\) are close/,
    );
    expect(text).toMatch(/# perhaps build: data-team \(0\.\d+: /);
    expect(text).not.toContain("renovate");
  });

  test("what a document holds stays in its comment or its quotes", async () => {
    const evil = 'x"\\n  - id: mallory # \u202e';
    const resource = {
      ResourceTagMappingList: [
        {
          ResourceARN: "arn:aws:sqs:eu-west-1:222222222222:queue",
          Tags: [
            { Key: "owner", Value: `${evil}\n  - { id: mallory }` },
            { Key: "app", Value: "etl" },
          ],
        },
      ],
    };
    const text = await draft(write({ "tags.json": JSON.stringify(resource) }));
    const drafted = parse(text) as Drafted;
    expect(drafted.people ?? []).toEqual([]);
    const { rejected } = await loadCatalogue(
      (writeFileSync(join(folder, "remit.yaml"), text), join(folder, "remit.yaml")),
      { now },
    );
    expect(rejected).toEqual([]);
    expect(text).not.toContain("\u202e");
  });
});

describe("remit init never writes over a file", () => {
  test("exit 2, what to do, and the file is as it was", async () => {
    const out = join(folder, "remit.yaml");
    writeFileSync(out, "version: 1\n");
    const ran = await runRemit(["init", "--estate", write(imports), "--now", now, "--out", out]);
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err).toContain("exists already");
    expect(readFileSync(out, "utf8")).toBe("version: 1\n");
  });

  test("without an estate there is nothing to draft from", async () => {
    expect(await runRemit(["init", "--out", "-"])).toMatchObject({ code: 2 });
  });
});

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Analysis } from "../src/core/decision/index.js";
import type { Evidence } from "../src/core/estate/index.js";
import { exampleInputs, runRemit } from "./run-remit.js";

const words = [
  ...["yes, by itself", "yes, from outside", "yes", "shared cause"],
  ...["unknown", "only admins", "governed", "cannot"],
];

let analysis: Analysis;
let text = "";
beforeAll(async () => {
  const ran = await runRemit(["analyze", ...exampleInputs, "--format", "json"]);
  expect(ran.err).toContain("exit 0");
  expect(ran.code).toBe(0);
  text = ran.out;
  analysis = JSON.parse(text) as Analysis;
});

describe("the example company", () => {
  test("nothing is rejected, and every word of first-minute.md 1 is there", () => {
    expect(analysis.rejected).toEqual([]);
    expect([...new Set(analysis.cases.map((item) => item.recreation.words))].sort()).toEqual(
      [...words].sort(),
    );
  });

  test("every supplied file was read", () => {
    const supplied = ["examples/estate", "examples/findings"].flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    const read = new Set(analysis.inputs.map((input) => input.document));
    expect(supplied.filter((file) => !read.has(file))).toEqual([]);
    expect(read.size).toBe(supplied.length + 1);
  });

  test("the counts are those of the files, counted independently, and the line adds up", () => {
    const ocsf = json("examples/findings/prowler-output.ocsf.json") as {
      status: string;
      status_code: string;
    }[];
    const asff = (json("examples/findings/securityhub.asff.json") as { Findings: Asff[] }).Findings;
    const muted =
      ocsf.filter((row) => row.status_code === "FAIL" && row.status === "Suppressed").length +
      asff.filter((row) => row.Compliance.Status === "FAILED" && row.Workflow.Status === "SUPPRESSED").length;
    const failing =
      ocsf.filter((row) => row.status_code === "FAIL" && row.status === "New").length +
      asff.filter((row) => row.Compliance.Status === "FAILED" && row.Workflow.Status === "NEW").length;
    const { findings } = analysis.stats;
    expect(findings).toMatchObject({
      files: 2,
      rows: ocsf.length + asff.length,
      passed:
        ocsf.filter((row) => row.status_code === "PASS").length +
        asff.filter((row) => row.Compliance.Status === "PASSED").length,
      manual: ocsf.filter((row) => row.status_code === "MANUAL").length,
      muted,
      failing,
    });
    expect(findings.rows).toBeGreaterThanOrEqual(150);
    expect(findings.rows).toBe(findings.passed + findings.muted + findings.manual + findings.failing);
    expect(findings.failing).toBe(findings.failingAccess + findings.failingConfiguration);
    const shown = analysis.cases.flatMap((item) => item.exposures);
    const tools = (resource: string): readonly string[] =>
      shown
        .filter((item) => item.resource === resource)
        .flatMap((item) => item.findings.map(({ tool }) => tool));
    // One problem that two tools report is one exposure.
    expect([...tools("arn:aws:s3:::acme-reports")].sort()).toEqual(["prowler", "security-hub"]);
  });

  test("the same input gives the same bytes", async () => {
    const again = await runRemit(["analyze", ...exampleInputs, "--format", "json"]);
    expect(again.out).toBe(text);
  });

  test("what the account's documents do not say is unknown, never cannot (first-minute.md 3, point 4)", async () => {
    const all = readdirSync("examples/estate").map((name) => join("examples/estate", name));
    const estate = all.filter((name) => !name.endsWith("organization"));
    const ran = await runRemit([
      ...["analyze", "--estate", ...estate, "--findings", "examples/findings", "--format", "json"],
    ]);
    const verdicts = (cases: Analysis["cases"]): ReadonlyMap<string, string> =>
      new Map(
        cases.flatMap((item) =>
          item.kind === "identity"
            ? []
            : item.exposures.map((one) => [one.id, item.recreation.verdict] as const),
        ),
      );
    const before = verdicts(analysis.cases);
    const after = verdicts((JSON.parse(ran.out) as Analysis).cases);
    expect(after.size).toBe(before.size);
    const turned = [...after].filter(([id, verdict]) => verdict === "none" && before.get(id) !== "none");
    expect(turned).toEqual([]);
    expect([...after.values()].filter((verdict) => verdict === "unknown").length).toBeGreaterThan(10);
  });

  test("a wanted exposure stays, with its reason", () => {
    const website = analysis.cases.find((item) =>
      item.exposures.some((one) => one.resource === "arn:aws:s3:::acme-website"),
    );
    expect(website?.exposures[0]?.intended).toMatchObject({
      reason: "public website",
      approvedBy: "c.dupont",
    });
  });

  test("`cannot` carries its certificate", () => {
    const cannot = analysis.cases.filter((item) => item.recreation.words === "cannot");
    expect(cannot.length).toBeGreaterThan(0);
    for (const { recreation } of cannot) expect(recreation.certificate?.atoms.length).toBeGreaterThan(0);
  });

  test("a shared platform identity with rights in two owners' accounts needs a commander (D8)", () => {
    const run = analysis.cases.filter((item) => item.recreation.because.includes("platform-runner"));
    expect(run.length).toBe(2);
    for (const item of run) expect(item.commander.required, item.title).toBe(true);
  });
});

describe("evidence of every way back", () => {
  /** Of each `yes`: what a hop claims, and the line that must show it. */
  const claims = (): readonly {
    readonly what: string;
    readonly needles: readonly string[];
    readonly at: Evidence;
  }[] =>
    analysis.cases
      .filter((item) => item.recreation.words.startsWith("yes"))
      .flatMap((item) =>
        item.recreation.paths.flatMap((path) =>
          path.hops.flatMap((hop) =>
            hop.evidence.map((at) => ({
              what: `${item.id}: ${hop.from} ${hop.via} ${hop.to}`,
              needles: needlesOf(hop, at),
              at,
            })),
          ),
        ),
      );

  test("each place exists in the file it names", () => {
    const broken = claims().filter(({ at }) => resolve(at) === undefined);
    expect(broken.map(({ what, at }) => `${what} @ ${placeText(at)}`)).toEqual([]);
    expect(claims().length).toBeGreaterThan(20);
  });

  test("each place shows the action or the one who acts", () => {
    const silent = claims().filter(({ at, needles }) => {
      if (isSetting(at)) return false;
      const found = shown(at).toLowerCase();
      return !needles.some((needle) => found.includes(needle.toLowerCase()));
    });
    expect(silent.map(({ what, at }) => `${what} @ ${placeText(at)}`)).toEqual([]);
  });

  test("every `yes` has a first line of evidence", () => {
    for (const item of analysis.cases.filter(({ recreation }) => recreation.words.startsWith("yes")))
      expect(item.recreation.paths[0]?.hops[0]?.evidence.length, item.title).toBeGreaterThan(0);
  });
});

type Hop = Analysis["cases"][number]["recreation"]["paths"][number]["hops"][number];

interface Asff {
  readonly Compliance: { readonly Status: string };
  readonly Workflow: { readonly Status: string };
}

const json = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
const placeText = ({ document, pointer, inner, line }: Evidence): string =>
  `${document} ${pointer ?? ""} ${inner ?? ""} ${line ?? ""}`;

/**
 * What the place must show: the action or its wildcard, a name of either end, the service that runs the role, or the
 * place of the copy. A guard rail that stands open shows its setting.
 */
function needlesOf(hop: Hop, at: Evidence): readonly string[] {
  if (hop.cause === "guardrail") return ["false", "none", "disabled", "unblocked", "true"];
  const names = [hop.from, hop.to].flatMap((id) => {
    const plain = id.replace(/^aws:(access-key\/)?/, "").replace(/:root$/, "");
    return [plain, plain.slice(Math.max(plain.lastIndexOf("/"), plain.lastIndexOf(":")) + 1)].filter(
      (name) => name.length > 3,
    );
  });
  const action = hop.action === undefined ? [] : [hop.action, `"${hop.action.split(":")[0] ?? ""}:*`];
  const service = hop.via.startsWith("runs as") ? [hop.from.split(":")[2] ?? "?"] : [];
  const copy = /^copy in (.+)$/.exec(at.excerpt)?.[1];
  // Code names a resource by its type and its name in the code.
  const block = at.document.endsWith(".tf") ? [`"${at.excerpt.split(".").join('" "')}"`] : [];
  return [...action, ...names, ...service, ...block, ...(copy === undefined ? [] : [copy])];
}

/** The value itself stands there, and the excerpt says whose it is: `internetReachable = true`. */
const isSetting = (at: Evidence): boolean =>
  at.excerpt.endsWith(
    `${at.pointer?.slice(at.pointer.lastIndexOf("/") + 1) ?? "?"} = ${String(resolve(at))}`,
  );

/** What stands at the place: the node as text, or the line with those around it. */
function shown(at: Evidence): string {
  const node = resolve(at);
  return typeof node === "string" ? node : (JSON.stringify(node) ?? "");
}

function resolve({ document, pointer, inner, line }: Evidence): unknown {
  if (!existsSync(document)) return undefined;
  const raw = readFileSync(document, "utf8");
  if (line !== undefined && pointer === undefined)
    return raw.split("\n")[line - 1] === undefined
      ? undefined
      : raw
          .split("\n")
          .slice(line - 1, line + 4)
          .join("\n");
  let node: unknown = /\.ya?ml$/.test(document)
    ? parse(raw)
    : /\.(json|tfstate)$/.test(document)
      ? JSON.parse(raw)
      : raw;
  node = follow(node, pointer ?? "");
  return inner === undefined || typeof node !== "string" ? node : follow(JSON.parse(node), inner);
}

/** RFC 6901. */
function follow(node: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>(
      (at, part) =>
        typeof at === "object" && at !== null ? (at as Record<string, unknown>)[part] : undefined,
      node,
    );
}

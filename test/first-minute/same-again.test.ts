import { readdirSync, rmSync, statSync, writeFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Analysis } from "../../src/core/decision/index.js";
import { generateLandingZone } from "../generators/landing-zone.js";
import { analysis, written } from "./run.js";

/** first-minute.md 3, points 4 and 5, document by document. */
const zone = generateLandingZone({ accounts: 6, seed: 11 });
const made = written([
  ...zone.estate.map((file) => ({ ...file, path: `estate/${file.path}` })),
  ...zone.findings.map((file) => ({ ...file, path: `findings/${file.path}` })),
]);
afterAll(made.remove);
const findings = [join(made.folder, "findings")];
const documents = filesUnder(join(made.folder, "estate"));

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesUnder(path) : [path]));
}

interface Answer {
  readonly verdict: string;
  /** Documents that the counted ways stand on. */
  readonly cited: ReadonlySet<string>;
}

/** One answer per exposure: cases are regrouped when their control point changes. */
function answers({ cases }: Analysis): ReadonlyMap<string, Answer> {
  return new Map(
    cases
      .filter((item) => item.kind !== "identity")
      .flatMap((item) =>
        item.exposures.map((exposure) => {
          const cited = item.recreation.paths.flatMap((path) =>
            path.hops.flatMap((hop) => hop.evidence.map((evidence) => evidence.document)),
          );
          return [exposure.id, { verdict: item.recreation.verdict, cited: new Set(cited) }] as const;
        }),
      ),
  );
}

describe("the same input, and a document less (first-minute.md 3.4)", () => {
  test("twice, and in any order of files: the same ids in the same order", async () => {
    const one = await analysis({ estate: documents, findings });
    const again = await analysis({ estate: documents, findings });
    const backwards = await analysis({ estate: [...documents].reverse(), findings });
    expect(again).toEqual(one);
    expect(backwards.cases).toEqual(one.cases);
    expect(one.cases.map((item) => item.id)).toEqual([...new Set(one.cases.map((item) => item.id))]);
  });

  test("without any one document answers become unknown, never `cannot`", async () => {
    const before = answers(await analysis({ estate: documents, findings }));
    expect([...before.values()].filter((item) => item.verdict === "possible").length).toBeGreaterThan(0);
    let turned = 0;
    for (const removed of documents) {
      const after = answers(
        await analysis({ estate: documents.filter((item) => item !== removed), findings }),
      );
      for (const [id, was] of before) {
        const is = after.get(id)?.verdict;
        const what = `${id} was ${was.verdict}; without ${removed.slice(made.folder.length)}`;
        expect(is, what).toBeDefined();
        if (was.verdict !== "none") expect(is, what).not.toBe("none");
        // The way in may have been written in that document alone; nobody may then say that only administrators can.
        if (was.verdict === "possible") expect(["possible", "unknown"], what).toContain(is);
        if (was.verdict === "unknown") expect(is, what).toBe("unknown");
        if (is === "unknown" && was.verdict !== "unknown") turned += 1;
      }
    }
    expect(turned).toBeGreaterThan(0);
  }, 240_000);
});

test("a fixed estate: the row says fixed, with the snapshot that proves it (first-minute.md 3.5)", async () => {
  const path = join(made.folder, "findings", "prowler.ocsf.json");
  const rows = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>[];
  const failing = rows.find(
    (row) => row["status_code"] === "FAIL" && JSON.stringify(row).includes("s3_bucket_public_access"),
  );
  const later = join(made.folder, "later.ocsf.json");
  const passed = { ...failing, status_code: "PASS", time: 1795600800, time_dt: "2026-11-22T11:00:00" };
  const info = {
    ...(failing?.["finding_info"] as object),
    created_time: 1795600800,
    created_time_dt: "2026-11-22T11:00:00",
  };
  writeFileSync(later, JSON.stringify([{ ...passed, finding_info: info }]));
  const [resource] = failing?.["resources"] as { uid: string }[];
  const found = await analysis({ estate: documents, findings: [...findings, later] });
  rmSync(later);
  const exposures = found.cases
    .flatMap((item) => item.exposures)
    .filter((item) => item.resource === resource?.uid && item.weakness === "s3.public");
  // No row at all would do as well: then nothing claims that it is still there.
  for (const exposure of exposures) {
    expect(exposure.state).toBe("fixed");
    expect(exposure.findings.find((item) => item.result === "pass")?.evidence.document).toBe(later);
    expect(exposure.findings.some((item) => item.result === "fail")).toBe(true);
  }
  const before = await analysis({ estate: documents, findings });
  expect(
    before.cases.flatMap((item) => item.exposures).find((item) => item.resource === resource?.uid)?.state,
  ).toBe("open");
});

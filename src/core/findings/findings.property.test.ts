import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../../../test/settings.js";
import type { SourceDocument } from "../estate/index.js";
import { buildCheckReference } from "./check-reference.js";
import { addCounts, bucketOf, createTally } from "./counts.js";
import { mergeExposures, type Exposure } from "./exposures.js";
import type { FindingDraft, FindingResult, FindingRow, SeenPassing } from "./finding.js";
import { normaliseFinding, normalisePassed } from "./normalise.js";
import { weaknessClasses } from "./weakness.js";

const reference = buildCheckReference(
  { version: "0", columns: "provider id service classes", aliases: {}, checks: [] },
  { columns: "control", controls: [] },
);

const checks = [
  "s3_bucket_public_access",
  "ec2_securitygroup_allow_ingress_from_internet_to_any_port",
  "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22",
  "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_3389",
  "iam_rotate_access_key_90_days",
  "macie_is_enabled",
];
const resources = [
  "arn:aws:s3:::a",
  "arn:aws:ec2:eu-west-1:222222222222:security-group/sg-0123",
  "arn:aws:iam::222222222222:user/ana",
  "222222222222",
  "<resource_uid>",
];
const results: readonly FindingResult[] = [
  "fail",
  "fail",
  "fail",
  "pass",
  "pass",
  "muted",
  "stale",
  "manual",
  "not-applicable",
];

const draft: fc.Arbitrary<FindingDraft> = fc.record({
  tool: fc.constantFrom("prowler", "other"),
  provider: fc.constant("aws"),
  check: fc.constantFrom(...checks).map((id) => ({ kind: "prowler" as const, id })),
  resource: fc.record({
    provider: fc.constant("aws"),
    rawId: fc.constantFrom(...resources),
    rawAccount: fc.constant("222222222222"),
    region: fc.constantFrom("eu-west-1", "us-east-1"),
  }),
  result: fc.constantFrom(...results),
  severity: fc.constantFrom("critical" as const, "low" as const),
  title: fc.string({ maxLength: 5 }),
  detail: fc.constantFrom("access key 1 is old", "access key 2 is old", ""),
  nativeIds: fc.array(fc.constantFrom("x", "y"), { maxLength: 1 }),
  tags: fc.dictionary(fc.constantFrom("team", "env"), fc.constantFrom("a", "b")),
  observedAt: fc.option(fc.constantFrom("2026-11-01T00:00:00.000Z", "2026-11-02T00:00:00.000Z"), {
    nil: undefined,
  }),
  quality: fc.constant([]),
});

const sources: readonly SourceDocument[] = ["a.json", "b.json"].map((path) => ({
  path,
  digest: path,
  kind: "test",
}));

interface Input {
  readonly rows: readonly FindingRow[];
  readonly passing: readonly SeenPassing[];
}
const input: fc.Arbitrary<Input> = fc.array(fc.tuple(draft, fc.nat(1)), { maxLength: 12 }).map((list) => {
  const rows = list.map(([each, file], index): FindingRow => {
    const source = sources[file] as SourceDocument;
    return { ...normaliseFinding(each, reference), origin: { source, pointer: `/${index}` } };
  });
  return {
    rows: rows.filter((row) => row.result !== "pass"),
    passing: rows.filter((row) => row.result === "pass").map(asPass),
  };
});
const asPass = (row: FindingRow): SeenPassing => ({ ...row, weakness: row.weakness.id });

const merge = ({ rows, passing }: Input): readonly Exposure[] => mergeExposures(rows, passing);

it("what passed is about the same as what fails: its members are those of the whole finding", () => {
  fc.assert(
    fc.property(draft, fc.constantFrom("password=hunter2hunter2", ""), (each, secret) => {
      const given = { ...each, detail: each.detail + secret };
      const passed = normalisePassed(given, reference);
      expect(normaliseFinding(given, reference)).toMatchObject(passed);
      expect(passed.subLocator).not.toContain("hunter2");
      const whole = normaliseFinding(given, reference);
      for (const name of ["account", "region", "observedAt"] as const) expect(passed[name]).toBe(whole[name]);
    }),
    { numRuns: runs.property },
  );
});

describe("identity of a finding", () => {
  it("does not depend on severity, words, tags, times, results or the tool's own ids (pitfall 15)", () => {
    fc.assert(
      fc.property(draft, draft, (one, other) => {
        const changed: FindingDraft = {
          ...one,
          severity: other.severity,
          title: other.title,
          tags: other.tags,
          nativeIds: other.nativeIds,
          observedAt: other.observedAt,
          result: other.result,
        };
        // Only where there is no usable resource id must the words tell findings apart.
        fc.pre(one.resource.rawId !== "<resource_uid>");
        expect(normaliseFinding(changed, reference).fingerprint).toBe(
          normaliseFinding(one, reference).fingerprint,
        );
      }),
      { numRuns: runs.property },
    );
  });

  it("differs by tool, check, resource, key, and by Region where the setting is regional", () => {
    const base: FindingDraft = {
      tool: "prowler",
      provider: "aws",
      check: { kind: "prowler", id: "macie_is_enabled" },
      resource: { provider: "aws", rawId: "222222222222", rawAccount: "222222222222", region: "eu-west-1" },
      result: "fail",
      severity: "low",
      title: "",
      detail: "",
      nativeIds: [],
      tags: {},
      quality: [],
    };
    const print = (change: Partial<FindingDraft>): string =>
      normaliseFinding({ ...base, ...change }, reference).fingerprint;
    const elsewhere = { ...base.resource, region: "us-east-1" };
    const all = [
      print({}),
      print({ tool: "other" }),
      print({ resource: elsewhere }),
      print({ resource: { ...base.resource, rawId: "arn:aws:s3:::a" } }),
      print({ check: { kind: "prowler", id: "iam_rotate_access_key_90_days" } }),
      print({
        check: { kind: "prowler", id: "iam_rotate_access_key_90_days" },
        detail: "access key 1 is old",
      }),
    ];
    expect(new Set(all).size).toBe(all.length);
    const iam = { kind: "prowler", id: "iam_no_root_access_key" } as const;
    expect(print({ check: iam })).toBe(print({ check: iam, resource: elsewhere }));
  });
});

describe("merging", () => {
  it("does not depend on order and does not count twice", () => {
    fc.assert(
      fc.property(input, fc.infiniteStream(fc.nat()), (given, numbers) => {
        const shuffled = <Item>(items: readonly Item[]): Item[] =>
          items
            .map((item) => [numbers.next().value as number, item] as const)
            .sort(([a], [b]) => a - b)
            .map(([, item]) => item);
        const once = merge(given);
        expect(merge({ rows: shuffled(given.rows), passing: shuffled(given.passing) })).toEqual(once);
        expect(
          merge({ rows: [...given.rows, ...given.rows], passing: [...given.passing, ...given.passing] }),
        ).toEqual(once);
      }),
      { numRuns: runs.property },
    );
  });

  it("loses no finding: every failing row is behind exactly one exposure", () => {
    fc.assert(
      fc.property(input, (given) => {
        const exposures = merge(given);
        const counted = given.rows.filter((row) => !["manual", "not-applicable"].includes(row.result));
        for (const row of counted) {
          const holders = exposures.filter((each) =>
            each.findings.some((finding) => finding.fingerprint === row.fingerprint),
          );
          expect(holders).toHaveLength(1);
          expect(holders[0]?.resource).toBe(row.resource);
          expect(holders[0]?.weakness).toBe(row.weakness.id);
        }
        expect(new Set(exposures.map((each) => each.id)).size).toBe(exposures.length);
      }),
      { numRuns: runs.property },
    );
  });

  it("calls nothing fixed that failed last, or of which nothing was seen passing later", () => {
    fc.assert(
      fc.property(input, (given) => {
        for (const exposure of merge(given)) {
          if (exposure.state !== "fixed") continue;
          for (const finding of exposure.findings) {
            const rows = given.rows.filter((row) => row.fingerprint === finding.fingerprint);
            const lastFail =
              rows
                .map((row) => row.observedAt ?? "")
                .sort()
                .at(-1) ?? "";
            const proof = given.passing.filter(
              (pass) =>
                pass.tool === finding.tool &&
                pass.check === finding.check &&
                pass.resource === exposure.resource &&
                (pass.observedAt ?? "") > lastFail,
            );
            expect(lastFail).not.toBe("");
            expect(proof.length).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: runs.property },
    );
  });

  it("of nothing is nothing", () => expect(mergeExposures([])).toEqual([]));
});

describe("counts", () => {
  const rejectedToo: readonly (FindingResult | "rejected")[] = [...results, "rejected"];

  it("every row falls in exactly one bucket, and the sums hold (first-minute.md)", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...rejectedToo), fc.constantFrom(...weaknessClasses)), {
          maxLength: 60,
        }),
        fc.nat(60),
        (rows, cut) => {
          const tallied = (part: typeof rows): ReturnType<typeof addCounts> => {
            const tally = createTally();
            for (const [result, weaknessClass] of part) tally.add(bucketOf(result, weaknessClass));
            return tally.counts();
          };
          const counts = tallied(rows);
          expect(counts.rows).toBe(rows.length);
          const { passed, muted, manual, stale, notApplicable, rejected, failing } = counts;
          expect(passed + muted + manual + stale + notApplicable + rejected + failing).toBe(rows.length);
          expect(counts.exposureOrAccess + counts.plainSettings).toBe(failing);
          expect(failing).toBe(rows.filter(([result]) => result === "fail").length);
          expect(addCounts([tallied(rows.slice(0, cut)), tallied(rows.slice(cut))])).toEqual(counts);
        },
      ),
      { numRuns: runs.property },
    );
  });
});

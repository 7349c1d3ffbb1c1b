import fc from "fast-check";
import {
  assertedScopes,
  buildCheckReference,
  createScopeCollector,
  normaliseFinding,
  type FindingResult,
  type FindingRow,
  type FindingsImport,
} from "../../src/core/findings/index.js";

const reference = buildCheckReference(
  { version: "0", columns: "provider id service classes", aliases: {}, checks: [] },
  { columns: "control", controls: [] },
);

interface Cell {
  readonly check: number;
  readonly resource: number;
  readonly part: number;
  readonly result: FindingResult;
}

/** What a tool says of a few checks on a few resources on one day, in one file. */
export interface Scan {
  readonly day: number;
  readonly tool: "prowler" | "other";
  readonly account: number;
  readonly cells: readonly Cell[];
  readonly cut: boolean;
  /** Resources whose findings were analysed, and the access path that led to them. */
  readonly path: number;
}

export const aScan: fc.Arbitrary<Scan> = fc.record({
  day: fc.integer({ min: 1, max: 9 }),
  tool: fc.constantFrom("prowler" as const, "prowler" as const, "other" as const),
  account: fc.nat(1),
  cells: fc.uniqueArray(
    fc.record({
      check: fc.nat(1),
      resource: fc.nat(3),
      part: fc.nat(1),
      result: fc.constantFrom<FindingResult>(
        "fail",
        "fail",
        "fail",
        "pass",
        "pass",
        "muted",
        "stale",
        "manual",
      ),
    }),
    {
      maxLength: 8,
      selector: (each) => `${String(each.check)}/${String(each.resource)}/${String(each.part)}`,
    },
  ),
  cut: fc.nat(3).map((pick) => pick === 0),
  path: fc.nat(3),
});

/** Twelve digits; of each world its own, as a scan speaks for the whole of its account. */
const accountOf = (world: string, account: number): string =>
  String(200 + account) +
  Array.from(world)
    .map((letter) => letter.charCodeAt(0) % 10)
    .join("")
    .padEnd(9, "0")
    .slice(0, 9);

const at = (day: number): string => `2026-11-0${String(day)}T10:00:00.000Z`;

/** One import of some files. `world` keeps what one property run stores apart from that of the next. */
export function importOf(scans: readonly Scan[], world: string, number: number): FindingsImport {
  const parts = scans.map((scan, index) => {
    const path = `${world}-${String(number)}-${String(index)}.json`;
    const source = { path, digest: `digest of ${path}`, kind: "test" };
    const rows = scan.cells.map((each, place): FindingRow => ({
      ...normaliseFinding(
        {
          tool: scan.tool,
          provider: "aws",
          check: {
            kind: "rule",
            id: `check-${String(each.check)}`,
            weakness: { id: `s3.check-${String(each.check)}`, class: "configuration", title: "t" } as never,
            subLocator: each.part === 0 ? "" : "part",
          },
          resource: {
            provider: "aws",
            rawId: `arn:aws:s3:::${world}-${String(each.resource)}`,
            rawAccount: accountOf(world, scan.account),
          },
          result: each.result,
          severity: "high",
          title: "t",
          detail: `said \0 on day ${String(scan.day)}`,
          nativeIds: [path],
          tags: {},
          observedAt: at(scan.day),
          quality: [],
        },
        reference,
      ),
      origin: { source, pointer: `/${String(place)}` },
    }));
    const collector = createScopeCollector();
    for (const row of rows) collector.add(row);
    return { scan, source, rows, claims: collector.claims(path, !scan.cut) };
  });
  const all = parts.flatMap((part) => part.rows);
  return {
    at: at(9),
    documents: parts.map(({ source }) => source),
    rows: all.filter((row) => row.result !== "pass"),
    passing: all.filter((row) => row.result === "pass").map((row) => ({ ...row, weakness: row.weakness.id })),
    scopes: assertedScopes(parts.map(({ claims }) => claims)),
    paths: new Map(
      parts.flatMap(({ scan, rows }) =>
        scan.path === 0
          ? []
          : rows.map((row) => [row.fingerprint, [`${world} path ${String(scan.path)}`]] as const),
      ),
    ),
  };
}

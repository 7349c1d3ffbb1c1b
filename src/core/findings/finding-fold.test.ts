import { describe, expect, it } from "vitest";
import type { SourceDocument } from "../estate/index.js";
import { acceptFinding, lapseAcceptances } from "./acceptance.js";
import { buildCheckReference } from "./check-reference.js";
import { foldFindings, type Folded } from "./finding-fold.js";
import { noFindings, type FindingsImport, type FindingsState } from "./finding-state.js";
import type { FindingResult, FindingRow } from "./finding.js";
import { normaliseFinding } from "./normalise.js";
import { assertedScopes, createScopeCollector } from "./scope.js";

const reference = buildCheckReference(
  { version: "0", columns: "provider id service classes", aliases: {}, checks: [] },
  { columns: "control", controls: [] },
);
const day = (number: number): string => `2026-11-${String(number).padStart(2, "0")}T10:00:00.000Z`;

interface Row {
  readonly bucket?: string;
  readonly result?: FindingResult;
  readonly check?: string;
  readonly region?: string;
  readonly detail?: string;
}
/** One file of one scan on a day. */
function scan(
  on: number,
  rows: readonly Row[],
  options: { cut?: boolean; name?: string } = {},
): FindingsImport {
  const path = options.name ?? `scan-${String(on)}.json`;
  const source: SourceDocument = { path, digest: `digest of ${path}`, kind: "test" };
  const collector = createScopeCollector();
  const all = rows.map((row, index): FindingRow => {
    const finding = normaliseFinding(
      {
        tool: "prowler",
        provider: "aws",
        check: { kind: "prowler", id: row.check ?? "s3_bucket_public_access" },
        resource: {
          provider: "aws",
          rawId: (row.bucket ?? "a").startsWith("arn:")
            ? (row.bucket ?? "")
            : `arn:aws:s3:::${row.bucket ?? "a"}`,
          rawAccount: "222222222222",
          region: row.region ?? "eu-west-1",
        },
        result: row.result ?? "fail",
        severity: "high",
        title: "public",
        detail: row.detail ?? "",
        nativeIds: ["x"],
        tags: {},
        observedAt: day(on),
        quality: [],
      },
      reference,
    );
    collector.add(finding);
    return { ...finding, origin: { source, pointer: `/${String(index)}` } };
  });
  return {
    at: day(on),
    documents: [source],
    rows: all.filter((row) => row.result !== "pass"),
    passing: all.filter((row) => row.result === "pass").map((row) => ({ ...row, weakness: row.weakness.id })),
    scopes: assertedScopes([collector.claims(path, options.cut !== true)]),
  };
}

function after(...imports: readonly FindingsImport[]): Folded {
  let folded: Folded = { state: noFindings, events: [] };
  for (const each of imports) folded = foldFindings(folded.state, each);
  return folded;
}
const kinds = ({ events }: Folded): readonly string[] => events.map((event) => event.kind);
const only = ({ state }: Folded) => state.records.find((record) => record.resource === "arn:aws:s3:::a");

/** Another bucket that passes, so that the scan vouches for the account. */
const other: Row = { bucket: "other", result: "pass" };

describe("the life of a finding", () => {
  it("opens once, and later scans that see it again only move `lastSeen`", () => {
    const first = after(scan(1, [{}]));
    expect(kinds(first)).toEqual(["opened"]);
    const second = foldFindings(first.state, scan(2, [{}]));
    expect(second.events).toEqual([]);
    expect(only(second)).toMatchObject({
      state: "open",
      firstSeen: day(1),
      lastSeen: day(2),
      recurrences: 0,
    });
  });

  it("is fixed by a PASS of the same check on the same bucket, with the row as proof", () => {
    const folded = after(scan(1, [{}]), scan(2, [{ result: "pass" }]));
    expect(kinds(folded)).toEqual(["fixed"]);
    expect(only(folded)).toMatchObject({ state: "fixed", since: day(2), lastSeen: day(1) });
    expect(only(folded)?.evidence.map((each) => each.document)).toEqual(["scan-1.json", "scan-2.json"]);
  });

  it("keeps the row that proved the fix when later scans see it passing again", () => {
    const folded = after(scan(1, [{}]), scan(2, [{ result: "pass" }]), scan(3, [{ result: "pass" }]));
    expect(folded.events).toEqual([]);
    expect(only(folded)).toMatchObject({ state: "fixed", since: day(2) });
    expect(only(folded)?.evidence.map((each) => each.document)).toEqual(["scan-1.json", "scan-2.json"]);
  });

  it("is gone, not fixed, when a scan that ran its check in its account does not list it (pitfall 6)", () => {
    const folded = after(scan(1, [{}, other]), scan(2, [other]));
    expect(kinds(folded)).toEqual(["gone"]);
    expect(only(folded)?.state).toBe("gone");
  });

  it.each([
    ["only failures were written", scan(2, [{ bucket: "third" }])],
    ["the file was cut", scan(2, [other], { cut: true })],
    ["another check ran", scan(2, [{ ...other, check: "s3_bucket_default_encryption" }])],
    ["nothing was listed", scan(2, [])],
  ])(
    "is left as it is when %s: absence outside of the asserted scope changes nothing (pitfall 5)",
    (_, second) => {
      const folded = after(scan(1, [{}, other]), second);
      expect(only(folded)?.state).toBe("open");
      expect(folded.events.filter((event) => event.resource === "arn:aws:s3:::a")).toEqual([]);
    },
  );

  it("is left as it is when another Region was scanned, for a regional check", () => {
    const regional = {
      check: "ec2_ebs_public_snapshot",
      bucket: "arn:aws:ec2:eu-west-1:222222222222:snapshot/snap-1",
    };
    const elsewhere = {
      ...regional,
      bucket: "arn:aws:ec2:us-east-1:222222222222:snapshot/snap-2",
      region: "us-east-1",
    };
    const folded = after(scan(1, [regional]), scan(2, [{ ...elsewhere, result: "pass" }]));
    expect(folded.state.records.map((record) => record.state)).toEqual(["open"]);
  });

  it("recurs on the same record, counts, and rises a level each time", () => {
    const imports = [scan(1, [{}]), scan(2, [{ result: "pass" }]), scan(3, [{}])];
    const once = after(...imports);
    expect(kinds(once)).toEqual(["recurred"]);
    expect(only(once)).toMatchObject({ state: "recurred", recurrences: 1, level: 1, firstSeen: day(1) });
    const twice = after(...imports, scan(4, [{ result: "pass" }]), scan(5, [{}]));
    expect(only(twice)).toMatchObject({ state: "recurred", recurrences: 2, level: 2 });
    expect(twice.state.records.filter((record) => record.resource === "arn:aws:s3:::a")).toHaveLength(1);
  });

  it("recurs after it was gone, too", () => {
    const folded = after(scan(1, [{}, other]), scan(2, [other]), scan(3, [{}, other]));
    expect(only(folded)).toMatchObject({ state: "recurred", recurrences: 1 });
  });

  it("muted in the tool is neither fixed nor open; unmuted it is open again and no recurrence", () => {
    const muted = after(scan(1, [{}]), scan(2, [{ result: "muted" }]));
    expect(kinds(muted)).toEqual(["muted"]);
    expect(only(muted)?.state).toBe("muted-external");
    const unmuted = foldFindings(muted.state, scan(3, [{}]));
    expect(kinds(unmuted)).toEqual(["unmuted"]);
    expect(only(unmuted)).toMatchObject({ state: "open", recurrences: 0 });
  });

  it("an archived row leaves it unknown, and does not reopen what was fixed (pitfall 7)", () => {
    expect(only(after(scan(1, [{}]), scan(2, [{ result: "stale" }])))?.state).toBe("unknown");
    const fixed = after(scan(1, [{}]), scan(2, [{ result: "pass" }]), scan(3, [{ result: "stale" }]));
    expect(only(fixed)?.state).toBe("fixed");
    expect(fixed.events).toEqual([]);
  });

  it("a result that cannot tell says neither that it is gone nor that it is fixed (pitfall 4)", () => {
    const folded = after(scan(1, [{}, other]), scan(2, [{ result: "manual" }, other]));
    expect(only(folded)?.state).toBe("open");
    expect(folded.events).toEqual([]);
  });

  it("a PASS alone is no finding, but proves for an older failure that is imported later", () => {
    const passed = after(scan(2, [{ result: "pass" }]));
    expect(passed.state.records).toEqual([]);
    expect(only(foldFindings(passed.state, scan(1, [{}])))?.state).toBe("fixed");
  });

  it("an old file imported late does not reopen what is fixed", () => {
    const folded = after(scan(2, [{}]), scan(3, [{ result: "pass" }]), scan(1, [{}]));
    expect(only(folded)).toMatchObject({ state: "fixed", recurrences: 0, firstSeen: day(1) });
    expect(folded.events).toEqual([]);
  });

  it("two keys of one user: a PASS that names one closes only that one", () => {
    const user = { bucket: "arn:aws:iam::222222222222:user/ana", check: "iam_rotate_access_key_90_days" };
    const keys = [1, 2].map((number) => ({ ...user, detail: `access key ${String(number)} is old` }));
    const [first, second] = keys;
    const folded = after(scan(1, keys), scan(2, [{ ...first, result: "pass" }, second as Row]));
    expect(folded.state.records.map((record) => [record.subLocator, record.state]).sort()).toEqual([
      ["key-1", "fixed"],
      ["key-2", "open"],
    ]);
    const alone = after(scan(1, keys), scan(2, [{ ...first, result: "pass" }], { cut: true }));
    expect(alone.state.records.filter((record) => record.state === "open")).toMatchObject([
      { subLocator: "key-2" },
    ]);
  });
});

describe("importing again", () => {
  it("the same bytes change nothing and emit nothing, whenever", () => {
    const once = after(scan(1, [{}]), scan(2, [{ result: "pass" }, { bucket: "b" }]));
    const again = foldFindings(once.state, { ...scan(1, [{}]), at: day(20) });
    expect(again.state).toEqual(once.state);
    expect(again.events).toEqual([]);
  });

  it("the same bytes again do not count as seen again where the rows name no time", () => {
    const timeless = (at: string): FindingsImport => {
      const given = scan(1, [{}]);
      return { ...given, at, rows: given.rows.map(({ observedAt: _, ...row }) => row) };
    };
    const once = after(timeless(day(1)));
    expect(foldFindings(once.state, timeless(day(5))).state).toEqual(once.state);
  });

  it("the same rows in another file change no state and emit nothing", () => {
    const once = after(scan(1, [{}, other]));
    const again = foldFindings(once.state, scan(1, [{}, other], { name: "copy.json" }));
    expect(again.events).toEqual([]);
    expect(only(again)?.timeline).toEqual(only(once)?.timeline);
  });
});

describe("acceptance", () => {
  const acceptance = { at: day(2), until: day(10), by: "c.dupont", reason: "website" };
  const opened = after(scan(1, [{}]));
  const print = only(opened)?.fingerprint ?? "";
  const accept = (state: FindingsState): FindingsState => {
    const accepted = acceptFinding(state, print, acceptance);
    if ("reason" in accepted) throw new Error(accepted.reason);
    return accepted.state;
  };

  it("survives a rescan, and lapses with an event when its time has come", () => {
    const rescanned = foldFindings(accept(opened.state), scan(3, [{}]));
    expect(rescanned.events).toEqual([]);
    expect(only(rescanned)).toMatchObject({ state: "accepted", since: day(2), lastSeen: day(3) });
    expect(lapseAcceptances(rescanned.state, day(9)).events).toEqual([]);
    const lapsed = lapseAcceptances(rescanned.state, day(10));
    expect(kinds(lapsed)).toEqual(["acceptance-ended"]);
    expect(only(lapsed)?.state).toBe("open");
    expect(only(lapsed)).not.toHaveProperty("acceptance");
  });

  it("ends when the finding is really fixed, and does not cover a recurrence", () => {
    const fixed = foldFindings(accept(opened.state), scan(3, [{ result: "pass" }]));
    expect(kinds(fixed)).toEqual(["acceptance-ended", "fixed"]);
    expect(only(foldFindings(fixed.state, scan(4, [{}])))?.state).toBe("recurred");
  });

  it.each([
    [{ ...acceptance, until: day(1) }, /end that lies ahead/],
    [{ ...acceptance, by: " " }, /who accepts/],
    [{ ...acceptance, reason: "" }, /why/],
  ])("without end, owner or reason is refused: %j", (bad, reason) => {
    const refused = acceptFinding(opened.state, print, bad);
    expect("reason" in refused && refused.reason).toMatch(reason);
  });
});

describe("recurrence by access path (R10)", () => {
  const paths = (...buckets: readonly string[]) => {
    const { rows } = scan(
      1,
      buckets.map((bucket) => ({ bucket })),
    );
    return new Map(rows.map((row) => [row.fingerprint, ["etl-admin|PutBucketPolicy|s3"]]));
  };

  it("a new finding on another bucket, on the path of a closed one, is a repeat one level above", () => {
    const first = after({ ...scan(1, [{}]), paths: paths("a") }, scan(2, [{ result: "pass" }]));
    const second = foldFindings(first.state, { ...scan(3, [{ bucket: "b" }]), paths: paths("b") });
    expect(kinds(second)).toEqual(["opened", "repeat"]);
    const repeat = second.state.records.find((record) => record.resource === "arn:aws:s3:::b");
    expect(repeat).toMatchObject({ level: 1, repeats: only(first)?.fingerprint });
  });

  it("on a path that is still open, or on none in common, it is none", () => {
    const open = after({ ...scan(1, [{}]), paths: paths("a") });
    expect(kinds(foldFindings(open.state, { ...scan(3, [{ bucket: "b" }]), paths: paths("b") }))).toEqual([
      "opened",
    ]);
    const closed = after(scan(1, [{}]), scan(2, [{ result: "pass" }]));
    expect(kinds(foldFindings(closed.state, { ...scan(3, [{ bucket: "b" }]), paths: paths("b") }))).toEqual([
      "opened",
    ]);
  });
});

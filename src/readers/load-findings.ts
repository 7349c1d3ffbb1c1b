import type { Rejection } from "../core/estate/index.js";
import {
  addCounts,
  assertedScopes,
  mergeExposures,
  type AssertedScope,
  type Exposure,
  type FindingCounts,
  type FindingRow,
  type PassList,
  type ScopeClaims,
  type SeenPassing,
  type VexStatement,
  type VulnerabilityFact,
} from "../core/findings/index.js";
import type { HintByNativeId } from "./findings-collector.js";
import type { FindingsInput, LoadFindingsOptions } from "./findings-input.js";
import { readFindingsFile } from "./findings-file.js";
import { weighFlaws } from "./flaws/index.js";
import { withoutHmac, withReuse } from "./secrets/index.js";
import { expandInputPaths } from "./input-paths.js";
import { createSharedValues } from "./shared-values.js";

export interface LoadedFindings {
  /**
   * Class `configuration` included, told apart by `class`; muted and fixed ones by `state`. With `keepRows` worked out
   * when they are first asked for: an import does without.
   */
  readonly exposures: readonly Exposure[];
  readonly counts: FindingCounts;
  /** `148 findings → 61 exposures`: of the failing rows that are no plain settings. */
  readonly summary: FindingsSummary;
  readonly inputs: readonly FindingsInput[];
  readonly rejected: readonly Rejection[];
  readonly scopes: readonly AssertedScope[];
  /** Rows that passed: the proof for verification. Held in less space, and put together anew each time it is asked for. */
  readonly passing: readonly SeenPassing[];
  /** All rows but those that passed, with `keepRows`; else empty. */
  readonly rows: readonly FindingRow[];
  /** What KEV and EPSS say. */
  readonly facts: readonly VulnerabilityFact[];
  /** Secrets that were matched within this run only, as there was no key of the installation. */
  readonly unkeyedSecrets: number;
}

export interface FindingsSummary {
  readonly files: number;
  readonly findings: number;
  readonly exposures: number;
  readonly plainExposures: number;
  readonly muted: number;
  readonly fixed: number;
  readonly unknown: number;
}

/**
 * Reads files, folders, patterns and `-` as findings, streaming, and merges them to exposures. Never rejects for
 * what a file holds: everything that was not used is in `rejected` with its place and reason.
 */
export async function loadFindings(
  paths: readonly string[],
  options: LoadFindingsOptions,
): Promise<LoadedFindings> {
  const rows: FindingRow[] = [];
  const passing: PassList[] = [];
  const shared = createSharedValues();
  const rejected: Rejection[] = [];
  const inputs: FindingsInput[] = [];
  const claims: ScopeClaims[] = [];
  const facts: VulnerabilityFact[] = [];
  const statements: VexStatement[] = [];
  const hints: HintByNativeId[] = [];
  const read = new Map<string, string>();
  for (const input of await expandInputPaths(paths)) {
    if (input.kind === "missing-path") {
      rejected.push({ document: input.path, reason: input.reason, hint: "check the path" });
      continue;
    }
    for await (const file of readFindingsFile(input.path, options, shared)) {
      const same = read.get(file.input.digest);
      if (same !== undefined && file.input.complete) {
        inputs.push({ ...file.input, counts: addCounts([]), sameAs: same });
        continue;
      }
      read.set(file.input.digest, file.input.path);
      for (const row of file.rows) rows.push(row);
      for (const fact of file.facts) facts.push(fact);
      passing.push(file.passing);
      hints.push(...file.hints);
      for (const statement of file.statements) statements.push(statement);
      rejected.push(...file.rejected);
      claims.push(file.claims);
      inputs.push(file.input);
    }
  }
  const reused = withReuse(withHints(rows, hints));
  const keyed = options.secretKey === undefined ? withoutHmac(reused) : { rows: reused, removed: 0 };
  const weighed = weighFlaws(keyed.rows, facts, statements);
  const scopes = assertedScopes(claims);
  const counted = inputs.map((input) => withMuted(input, weighed.muted.get(input.path) ?? 0));
  const counts = addCounts(counted.map((input) => input.counts));
  const rest = {
    counts,
    inputs: counted.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
    rejected,
    scopes,
    rows: options.keepRows === true ? weighed.rows : [],
    facts,
    unkeyedSecrets: keyed.removed,
  };
  const merged = (): Merged => {
    const exposures = mergeExposures(weighed.rows, seen(passing), scopes);
    return { exposures, summary: summaryOf(exposures, counts, counted.length) };
  };
  return withMerged(withPassing(passing, rest), options.keepRows === true ? once(merged) : settled(merged()));
}

/** Rows that a statement of another document mutes change their bucket; each row is in exactly one. */
function withMuted(input: FindingsInput, muted: number): FindingsInput {
  if (muted === 0) return input;
  const { counts } = input;
  return {
    ...input,
    counts: {
      ...counts,
      muted: counts.muted + muted,
      exposureOrAccess: counts.exposureOrAccess - muted,
      failing: counts.failing - muted,
    },
  };
}

/** Owners that one record names for the finding of another, by the id that the tool gives it. */
function withHints(rows: readonly FindingRow[], hints: readonly HintByNativeId[]): readonly FindingRow[] {
  if (hints.length === 0) return rows;
  const byId = new Map<string, HintByNativeId[]>();
  for (const each of hints) {
    const id = each.nativeId.toLowerCase();
    byId.set(id, [...(byId.get(id) ?? []), each]);
  }
  return rows.map((row) => {
    const named = row.nativeIds.flatMap((id) => byId.get(id.toLowerCase()) ?? []).map((each) => each.hint);
    return named.length === 0 ? row : { ...row, ownerHints: [...(row.ownerHints ?? []), ...named] };
  });
}

type Merged = Pick<LoadedFindings, "exposures" | "summary">;

/** Runs `make` when its result is first asked for; afterwards nothing that it saw is kept. */
function once<Value>(make: () => Value): () => Value {
  let pending: (() => Value) | undefined = make;
  let made: Value | undefined;
  return () => {
    if (pending !== undefined) {
      made = pending();
      pending = undefined;
    }
    return made as Value;
  };
}

const settled =
  <Value>(value: Value): (() => Value) =>
  () =>
    value;

const withMerged = (
  loaded: Omit<LoadedFindings, "exposures" | "summary">,
  merged: () => Merged,
): LoadedFindings =>
  Object.defineProperties(
    loaded as LoadedFindings,
    Object.fromEntries(
      (["exposures", "summary"] as const).map((name) => [
        name,
        { get: () => merged()[name], enumerable: true },
      ]),
    ),
  );

/** Beside nothing else: what a function sees around it is kept as long as the function. */
function withPassing<Rest extends object>(
  lists: readonly PassList[],
  loaded: Rest,
): Rest & Pick<LoadedFindings, "passing"> {
  const get = (): readonly SeenPassing[] => [...seen(lists)];
  return Object.defineProperty({ ...loaded, passing: [] }, "passing", { get, enumerable: true });
}

function* seen(lists: readonly PassList[]): Generator<SeenPassing> {
  for (const list of lists) yield* list;
}

function summaryOf(exposures: readonly Exposure[], counts: FindingCounts, files: number): FindingsSummary {
  const count = (test: (exposure: Exposure) => boolean): number => exposures.filter(test).length;
  const failing = (exposure: Exposure): boolean =>
    exposure.findings.some((finding) => finding.result === "fail");
  return {
    files,
    findings: counts.exposureOrAccess,
    exposures: count((exposure) => exposure.class !== "configuration" && failing(exposure)),
    plainExposures: count((exposure) => exposure.class === "configuration" && failing(exposure)),
    muted: count((exposure) => exposure.state === "muted-external"),
    fixed: count((exposure) => exposure.state === "fixed"),
    unknown: count((exposure) => exposure.state === "unknown"),
  };
}

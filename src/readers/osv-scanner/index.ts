import { severityOf, worstSeverity, type FindingDraft } from "../../core/findings/index.js";
import { sourcePath } from "../code-checks/index.js";
import type { FindingsReader, TranslatedRow } from "../findings-reader.js";
import { flawDraft, flawIds, own, scoreOf, scoreOfVector } from "../flaws/index.js";
import { isObject, member, objects, strings, text, type JsonObject } from "../json-value.js";
import { ecosystemPurl } from "./ecosystem-purl.js";

/** OSV-Scanner's JSON: flaws by lock file and package. */
export const osvScanner: FindingsReader = {
  kind: "osv-scanner",
  title: "OSV-Scanner report (JSON)",
  form: "json",
  about: {
    versions: "1.x and 2.x",
    envelopes: "one object with `results`",
    reads: [
      "`vulnerabilities` of each package with their aliases",
      "severity from the CVSS vector, else from the database's word; mending versions from the ranges of the package",
      "whether the flawed code is called, where the scanner looked",
    ],
    ignores: ["licence violations", "lists of affected versions, references"],
  },
  recognises: (record) =>
    (Object.hasOwn(record, "results") && Object.hasOwn(record, "experimental_config")) ||
    objects(member(record, "results")).some((each) => Array.isArray(member(each, "packages"))),
  translate: (record) => ({
    rows: objects(member(record, "results")).flatMap((result, number) => {
      const path = text(member(result, "source"), "path") ?? "";
      return objects(member(result, "packages")).flatMap((each, place) =>
        packageRows(each, path, `/results/${number}/packages/${place}`),
      );
    }),
  }),
};

function packageRows(entry: JsonObject, path: string, base: string): readonly TranslatedRow[] {
  const groups = objects(member(entry, "groups"));
  return objects(member(entry, "vulnerabilities")).map((flaw, index): TranslatedRow => {
    const pointer = `${base}/vulnerabilities/${index}`;
    const id = text(flaw, "id");
    if (id === undefined) return { pointer, reason: "`id` is missing: the flaw has no name" };
    const group = groups.find((each) => strings(member(each, "ids")).includes(id));
    return { pointer, drafts: [draftOf(flaw, id, group, member(entry, "package"), path)] };
  });
}

function draftOf(
  flaw: JsonObject,
  id: string,
  group: JsonObject | undefined,
  found: unknown,
  path: string,
): FindingDraft {
  const name = text(found, "name") ?? "";
  const version = text(found, "version") ?? "";
  const ecosystem = text(found, "ecosystem") ?? "";
  const vectors = objects(member(flaw, "severity")).map((each) => scoreOfVector(text(each, "score")));
  const scores = [scoreOf(member(group, "max_severity")), ...vectors].filter((score) => score !== undefined);
  const affected = objects(member(flaw, "affected")).filter((each) => {
    const of = member(each, "package");
    return text(of, "name") === name || of === undefined;
  });
  const word = worstSeverity(
    [member(flaw, "database_specific"), ...affected.map((each) => member(each, "database_specific"))].map(
      (each) => severityOf(text(each, "severity")),
    ),
  );
  const analysis = member(
    member(group, "experimentalAnalysis") ?? member(group, "experimental_analysis"),
    id,
  );
  const called = isObject(analysis) ? member(analysis, "called") : undefined;
  return flawDraft({
    tool: "osv-scanner",
    ids: flawIds(id, strings(member(flaw, "aliases"))),
    resource: own("file", sourcePath(path), path),
    package: name,
    purl: ecosystemPurl(ecosystem, name, version),
    installed: version,
    fixed: fixedIn(affected),
    severity: word,
    cvss: scores.length === 0 ? undefined : Math.max(...scores),
    ...(typeof called === "boolean" ? { reachable: called } : {}),
    title: text(flaw, "summary"),
  });
}

/** Versions of `fixed` events of the package's own ranges, over all its lines of release. */
function fixedIn(affected: readonly JsonObject[]): readonly string[] {
  const versions = affected.flatMap((each) =>
    objects(member(each, "ranges"))
      // A commit is no version that can be installed.
      .filter((range) => text(range, "type") !== "GIT")
      .flatMap((range) => objects(member(range, "events")).flatMap((event) => text(event, "fixed") ?? [])),
  );
  return [...new Set(versions)];
}

import { observedTime } from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation, TranslationContext } from "../findings-reader.js";
import { member, objects, text, type JsonObject } from "../json-value.js";
import { placeOf, stableIdOf } from "./place.js";
import { resultRow } from "./result.js";
import { ruleId } from "./rules.js";

/** SARIF of any tool. A run without `results` did not run; one with an empty list found nothing. */
export const sarif: FindingsReader = {
  kind: "sarif",
  title: "SARIF log",
  form: "json",
  about: {
    versions: "2.1.0",
    envelopes: "one object with `runs`; no runs: none",
    reads: [
      "rule of the driver or an extension, message with arguments, level or `security-severity`, `kind`, `baselineState`",
      "first location; `fingerprints`, `partialFingerprints` or ids as what stays when lines move",
      "`suppressions`: accepted ones mute with their justification; rejected and reviewed ones do not",
      "rules that are a CVE or GHSA as flaws of a component; secrets without message and snippet",
      "repository of `versionControlProvenance`, end of the invocation as the time",
    ],
    ignores: ["code flows, graphs, fixes, related locations", "notifications of the tool"],
  },
  recognises: (record) =>
    (text(record, "$schema") ?? "").includes("sarif") ||
    (Array.isArray(member(record, "runs")) && /^2\./.test(text(record, "version") ?? "")),
  translate,
};

function translate(record: JsonObject, { hmac }: TranslationContext): FindingTranslation {
  const version = text(record, "version");
  if (version !== undefined && !version.startsWith("2.1"))
    return { reason: `\`version\` is \`${version.slice(0, 20)}\`: SARIF 2.1.0 is read` };
  const rows = objects(member(record, "runs")).flatMap((run, number) => {
    const driver = member(member(run, "tool"), "driver");
    const [provenance] = objects(member(run, "versionControlProvenance"));
    const invocation = objects(member(run, "invocations")).at(-1);
    const context = {
      record: run,
      tool: (text(driver, "name") ?? "sarif")
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, "-")
        .replaceAll(/^-|-$/g, ""),
      repository: text(provenance, "repositoryUri")
        ?.replace(/^[a-z]+:\/\//i, "")
        .replace(/\.git$/, ""),
      observed:
        observedTime(member(invocation, "endTimeUtc")) ?? observedTime(member(invocation, "startTimeUtc")),
      hmac,
    };
    const results = objects(member(run, "results"));
    const shared = sharedIds(results, run);
    return results.map((result, index) =>
      resultRow(result, `/runs/${number}/results/${index}`, { ...context, shared }),
    );
  });
  return { rows };
}

/** Ids that results of one rule in several lines share: some tools give the hash of the file. They tell nothing apart. */
function sharedIds(results: readonly JsonObject[], run: JsonObject): ReadonlySet<string> {
  const lines = new Map<string, number | undefined>();
  const shared = new Set<string>();
  for (const result of results) {
    const id = stableIdOf(result);
    if (id === undefined) continue;
    const { file, line } = placeOf(result, run);
    const key = JSON.stringify([ruleId(result), file, id]);
    if (lines.has(key) && lines.get(key) !== line) shared.add(id);
    lines.set(key, line);
  }
  return shared;
}

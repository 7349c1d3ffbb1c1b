// Writes data/prowler-checks.json and data/securityhub-controls.json from the corpus. The forms are described, and read
// back, in src/core/findings/check-reference.ts.
import { join } from "node:path";
import { readWriteActions } from "./derived/action-words.mjs";
import { improveActions } from "./derived/index.mjs";
import { byCode, corpusFolder, isCommand, linesOf, readJson, writeData } from "./shared.mjs";

/**
 * @typedef {{ id: string, provider: string, service: string, resourceType: string, severity: string,
 *   classes: string[], primaryClass: string, fixOperations: string[], derivedActions: string[], creationActions: string[],
 *   derivation: string[], confidence: string }} SourceCheck
 * @typedef {{ control: string, service: string, severity: string, prowlerChecks: string[], derivedActions: string[],
 *   primaryClasses: string[], asrRunbook: string | null, asrFixActions: string[] }} SourceControl
 */

/**
 * @param {{ meta: { source: string }, checks: SourceCheck[] }} input
 * @param {Record<string, Record<string, string>>} aliases provider -> former id -> id
 * @param {(check: SourceCheck) => { actions: readonly string[], added: readonly string[] }} improve what the rules of
 *   derived/ make of the actions; nothing when left out
 */
export function compactChecks(
  { meta, checks },
  aliases,
  improve = ({ derivedActions }) => ({ actions: derivedActions, added: [] }),
) {
  const known = new Set(checks.map((check) => `${check.provider} ${check.id}`));
  for (const [provider, names] of Object.entries(aliases)) {
    for (const [former, id] of Object.entries(names)) {
      if (!known.has(`${provider} ${id}`))
        throw new Error(`the alias \`${former}\` leads to the unknown check \`${id}\``);
      if (known.has(`${provider} ${former}`))
        throw new Error(`the alias \`${former}\` is the id of another check`);
    }
  }
  const rows = [...checks]
    .sort((a, b) => byCode(a.provider, b.provider) || byCode(a.id, b.id))
    .map((check) => {
      if (check.primaryClass !== check.classes[0])
        throw new Error(`\`${check.id}\`: the first class is not the primary`);
      const { actions, added } = improve(check);
      const emptied = check.derivedActions.length > 0 && actions.length === 0;
      const layers = [...check.derivation];
      if (added.length > 0 && !layers.includes("family")) layers.push("family");
      return [
        check.provider,
        check.id,
        check.service,
        check.resourceType,
        check.severity,
        confidenceOf(check, actions),
        emptied ? "" : layers.join(" "),
        check.classes.join(" "),
        actions.join(" "),
        check.creationActions.join(" "),
      ];
    });
  return {
    source: meta.source.split(": ")[0],
    version: /\((\d+\.\d+\.\d+)/.exec(meta.source)?.[1] ?? "unknown",
    columns:
      "provider id service resourceType severity confidence derivation classes derivedActions creationActions",
    aliases,
    checks: rows,
  };
}

/**
 * What a rule adds where there was nothing is sure; where rules leave nothing, the property is one of creation or none.
 * @param {SourceCheck} check
 * @param {readonly string[]} actions
 */
function confidenceOf(check, actions) {
  const had = check.derivedActions.length > 0;
  if (had === actions.length > 0) return check.confidence;
  return actions.length > 0 ? "high" : check.creationActions.length > 0 ? "creation-only" : "none";
}

/** @param {{ meta: { source: string }, controls: SourceControl[] }} input */
export function compactControls({ meta, controls }) {
  return {
    source: meta.source,
    columns: "control service severity classes prowlerChecks derivedActions asrRunbook asrActions",
    controls: [...controls]
      .sort((a, b) => byCode(a.control, b.control))
      .map((control) => [
        control.control,
        control.service,
        control.severity,
        control.primaryClasses.join(" "),
        control.prowlerChecks.join(" "),
        control.derivedActions.join(" "),
        control.asrRunbook ?? "",
        control.asrFixActions.join(" "),
      ]),
  };
}

/** The rules of derived/ over data/aws-actions.json. */
export function byShippedDictionary() {
  const dictionary = readWriteActions(join(import.meta.dirname, "../../data/aws-actions.json"));
  return (/** @type {SourceCheck} */ check) => improveActions(check, dictionary);
}

if (isCommand(import.meta.url)) {
  const folder = corpusFolder(process.argv.slice(2));
  const { aliases } = readJson(join(import.meta.dirname, "prowler-aliases.json"));
  const checks = compactChecks(readJson(join(folder, "prowler-checks.json")), aliases, byShippedDictionary());
  writeData("prowler-checks.json", linesOf(checks, ["checks"]));
  const controls = compactControls(readJson(join(folder, "securityhub-controls.json")));
  writeData("securityhub-controls.json", linesOf(controls, ["controls"]));
}

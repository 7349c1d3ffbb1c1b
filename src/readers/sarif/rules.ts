import { severityOf, type Severity } from "../../core/findings/index.js";
import { severityOfScore } from "../flaws/index.js";
import { isObject, member, objects, strings, text, type JsonObject } from "../json-value.js";

/** The rule behind a result: by reference, by index, or by id, in the driver or an extension (SARIF 2.1.0, 3.52). */
export function ruleOf(result: JsonObject, tool: unknown): JsonObject | undefined {
  const reference = member(result, "rule");
  const componentIndex = member(member(reference, "toolComponent"), "index");
  const extensions = objects(member(tool, "extensions"));
  const own = typeof componentIndex === "number" ? extensions[componentIndex] : member(tool, "driver");
  const index = member(reference, "index") ?? member(result, "ruleIndex");
  const byIndex = typeof index === "number" ? objects(member(own, "rules"))[index] : undefined;
  const id = ruleId(result);
  // An index that names another rule is the writer's mistake; the id is what the result says.
  if (byIndex !== undefined && (id === undefined || matches(text(byIndex, "id"), id))) return byIndex;
  if (id === undefined) return undefined;
  return [member(tool, "driver"), ...extensions]
    .flatMap((component) => objects(member(component, "rules")))
    .find((rule) => matches(text(rule, "id"), id));
}

export const ruleId = (result: JsonObject): string | undefined =>
  text(result, "ruleId") ?? text(member(result, "rule"), "id");

/** An id may have parts behind the rule's: `CA1000/1` (3.27.5). */
const matches = (rule: string | undefined, id: string): boolean =>
  rule !== undefined && (rule === id || id.startsWith(`${rule}/`));

const levels: Readonly<Record<string, Severity>> = {
  error: "high",
  warning: "medium",
  note: "low",
  none: "informational",
};

/** The security score where a tool gives one, else the level: the result's, the rule's, else `warning` (3.27.10). */
export function severityOfResult(result: JsonObject, rule: JsonObject | undefined): Severity {
  const stated = [member(result, "properties"), member(rule, "properties")];
  for (const properties of stated) {
    const score = member(properties, "security-severity");
    const number = typeof score === "string" ? Number(score) : score;
    if (typeof number === "number" && Number.isFinite(number)) return severityOfScore(number);
  }
  for (const properties of stated) {
    const word = severityOf(text(properties, "severity") ?? text(properties, "securityRisk"));
    if (word !== "unknown") return word;
  }
  const level = text(result, "level") ?? text(member(rule, "defaultConfiguration"), "level") ?? "warning";
  return levels[level] ?? "unknown";
}

/** The words of the result: its text, else the rule's message of that name with the arguments put in (3.11). */
export function messageOf(result: JsonObject, rule: JsonObject | undefined): string {
  const message = member(result, "message");
  const template =
    text(message, "text") ??
    text(message, "markdown") ??
    text(member(member(rule, "messageStrings"), text(message, "id") ?? ""), "text") ??
    "";
  const given = strings(member(message, "arguments"));
  return template.replace(/\{(\d{1,3})\}/g, (whole, index: string) => given[Number(index)] ?? whole);
}

export function ruleTitle(rule: JsonObject | undefined, id: string): string {
  const short = text(member(rule, "shortDescription"), "text");
  const name = text(rule, "name");
  return (short ?? name ?? id).slice(0, 200);
}

/** Tags of a rule, and its CWE ids in the ways that tools write them. */
export function ruleTags(rule: JsonObject | undefined): readonly string[] {
  const properties = member(rule, "properties");
  const cwe = member(properties, "cwe");
  return [
    ...strings(member(properties, "tags")),
    ...(isObject(cwe) ? [] : strings(cwe)).map((each) => (/cwe/i.test(each) ? each : `cwe-${each}`)),
  ];
}

import type { Analysis } from "../core/decision/index.js";
import { hasCatalogue } from "./owner.js";
import { count, counted } from "./wording.js";

export const hasEstate = (analysis: Analysis): boolean =>
  analysis.inputs.some((input) => input.role === "estate");
export const hasFindings = (analysis: Analysis): boolean =>
  analysis.inputs.some((input) => input.role === "findings");

/** `4 accounts · 1,182 identities · 9 days of CloudTrail · no catalogue: …`; `elapsed` in milliseconds, when known. */
export function headline(analysis: Analysis, elapsed?: number): readonly string[] {
  const { stats } = analysis;
  return [
    ...(hasEstate(analysis)
      ? [
          counted(stats.accounts, "account"),
          counted(stats.identities, "identity", "identities"),
          stats.auditLogDays > 0 ? `${counted(stats.auditLogDays, "day")} of CloudTrail` : "no CloudTrail",
        ]
      : ["no estate: nothing says who could bring anything back"]),
    hasCatalogue(analysis) ? "catalogue" : "no catalogue: roles decided, people marked ~ are inferred",
    ...(elapsed === undefined ? [] : [`${(elapsed / 1000).toFixed(1)} s`]),
  ];
}

/** The lines that prove the numbers: every input row falls in exactly one bucket (first-minute.md 1, counting rules). */
export function countingLines(analysis: Analysis): readonly string[] {
  const { findings, exposures } = analysis.stats;
  const cases = counted(analysis.cases.length, "case");
  if (!hasFindings(analysis) && findings.rows === 0)
    return [
      `no findings were supplied: ${counted(exposures, "exposure")} read from the estate itself → ${cases}`,
    ];
  const parts: readonly (readonly [number, string])[] = [
    [findings.passed, "passed"],
    [findings.muted, "muted elsewhere"],
    [findings.manual, "manual"],
    [findings.stale, "no longer refreshed"],
    [findings.notApplicable, "not applicable"],
    [findings.rejected, "rejected"],
    [findings.failing, "failing"],
  ];
  const rows = `${counted(findings.rows, "row")} in ${counted(findings.files, "file")}`;
  const failing = `${count(findings.failing)} failing`;
  return [
    `${rows} = ${sum(parts, findings.rows, ["passed", "failing"])}; ${failing} = ${sum(
      [
        [findings.failingAccess, "exposure or access"],
        [findings.failingConfiguration, "plain settings"],
      ],
      findings.failing,
      ["exposure or access", "plain settings"],
    )}`,
    `${counted(findings.failingAccess, "finding")} → ${counted(exposures, "exposure")} → ${cases}`,
  ];
}

/** Zero parts are left out unless named in `always`; what the parts do not explain is said, never hidden. */
function sum(
  parts: readonly (readonly [number, string])[],
  total: number,
  always: readonly string[],
): string {
  const shown = parts.filter(([value, name]) => value !== 0 || always.includes(name));
  const rest = total - parts.reduce((all, [value]) => all + value, 0);
  return [
    ...shown.map(([value, name]) => `${count(value)} ${name}`),
    ...(rest === 0 ? [] : [`${count(rest)} NOT ACCOUNTED FOR`]),
  ].join(" + ");
}

/** With nothing wrong: said, with the floor, instead of an empty table. Undefined when something is. */
export function allClear(analysis: Analysis): readonly string[] | undefined {
  const open = analysis.cases.some((item) => ["possible", "unknown"].includes(item.recreation.verdict));
  if (open || analysis.unknowns.length > 0 || !hasEstate(analysis)) return undefined;
  const { exposures, findings } = analysis.stats;
  // Where nothing was tested, "nothing can" would be a guess.
  if (exposures === 0 && findings.rows === 0)
    return [
      "no exposure was found, and none was reported: nothing was tested; give findings with --findings",
    ];
  const shared = analysis.cases.filter((item) => item.recreation.words === "shared cause").length;
  if (shared > 0) return undefined;
  return [
    "nothing ungoverned can bring anything back",
    analysis.floor.length === 0 ? "floor: not known" : `floor, not counted: ${analysis.floor.join(" · ")}`,
  ];
}

/** The line about plain settings, which make no case unless asked for. */
export function settingsLine(analysis: Analysis): string | undefined {
  const { failingConfiguration } = analysis.stats.findings;
  if (failingConfiguration === 0 && analysis.configuration.findings === 0) return undefined;
  const number = failingConfiguration === 0 ? analysis.configuration.findings : failingConfiguration;
  const verb = number === 1 ? "is" : "are";
  return `${counted(number, "plain setting")} (encryption, logging, backups …) ${verb} CLOUD_OPS work without an access cause: remit analyze --class configuration`;
}

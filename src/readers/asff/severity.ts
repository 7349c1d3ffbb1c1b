import { severityOf, severityOfNormalized, type Severity } from "../../core/findings/index.js";
import { member, text } from "../json-value.js";

/** `Severity.Label`, else `Normalized` (0-100). A control that passed is rewritten to INFORMATIONAL by Security Hub. */
export function asffSeverity(record: unknown): Severity {
  const severity = member(record, "Severity");
  const byLabel = severityOf(text(severity, "Label"));
  return byLabel === "unknown" ? severityOfNormalized(member(severity, "Normalized")) : byLabel;
}

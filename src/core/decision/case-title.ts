import { weaknessReturns } from "../findings/index.js";
import type { Path } from "../access/index.js";
import type { CaseExposure, CaseRecreation } from "./analysis.js";
import type { CaseInput } from "./case-input.js";
import { kindName } from "./kind-name.js";
import { isCounted } from "./words.js";

/**
 * The case as one sentence that a manager can repeat and a ticket can carry (first-minute.md 2 and 3.6): no ARN, no
 * rule id. It says what the verdict says and nothing more.
 */
export function caseTitle(
  exposures: readonly CaseExposure[],
  recreation: Pick<CaseRecreation, "verdict" | "basis" | "floor">,
  routes: readonly { readonly path: Path }[],
): string {
  const [first] = exposures;
  if (first === undefined) return "an exposure without a resource";
  const what = subjectWords(exposures);
  const returns = weaknessReturns(first.weakness, first.weaknessTitle);
  switch (recreation.verdict) {
    case "possible":
      return possibleTitle(what, returns, routes.find(({ path }) => isCounted(path))?.path);
    case "unknown":
      return `whether ${what} can ${returns} again is not known`;
    case "governed":
      return recreation.basis.includes("expected")
        ? `only administrators can ${makes(what, returns)} again`
        : `${what} can ${returns} again only in sanctioned ways`;
    case "none":
      return recreation.basis.includes("floor")
        ? `nobody but the account root and organisation management can ${makes(what, returns)} again`
        : `${what} cannot ${returns} again`;
  }
}

function possibleTitle(what: string, returns: string, worst: Path | undefined): string {
  const who = worst?.startedBy;
  if (worst === undefined || who === undefined)
    return worst?.leg === "drift"
      ? `${what} will ${returns} again by itself`
      : `${what} can ${returns} again`;
  if (worst.leg === "drift") return `${who} ${makes(what, returns, "s")} again`;
  return `${who} ${worst.certainty === "conditional" ? "could" : "can"} ${makes(what, returns)} again`;
}

/** `make s3 acme-reports public`, `let ec2 batch-03 answer IMDSv1`. */
function makes(what: string, returns: string, ending: "" | "s" = ""): string {
  return returns.startsWith("become ")
    ? `make${ending} ${what} ${returns.slice("become ".length)}`
    : `let${ending} ${what} ${returns}`;
}

/** `s3 acme-reports`, `s3 acme-reports and 2 more`. */
function subjectWords(exposures: readonly CaseExposure[]): string {
  const [first] = exposures;
  if (first === undefined) return "the exposure";
  const more = new Set(exposures.map((exposure) => exposure.resource)).size - 1;
  return `${kindName(first.resourceKind)} ${first.resourceName}${more > 0 ? ` and ${String(more)} more` : ""}`.trim();
}

/** A population: what stands, and how many cases it stands behind. */
export function sharedTitle(input: CaseInput, behind: number): string {
  const [exposure] = input.exposures;
  const worst = input.paths.find(isCounted);
  const account = `account ${exposure?.resourceName ?? ""}`;
  const cases = behind === 0 ? "" : ` behind ${String(behind)} other case${behind === 1 ? "" : "s"}`;
  const who = worst === undefined ? "" : `, ${worst.because.replace(/, .*$/, "")} among their ways in`;
  return `${input.weaknessTitle} of ${account} stand${input.weaknessTitle.startsWith("1 ") ? "s" : ""}${cases}${who}`;
}

import { evidenceAt, type Estate } from "../estate/index.js";
import type { Recreation, SharedCause } from "../access/index.js";
import type { CaseRecreation } from "./analysis.js";
import type { CaseInput } from "./case-input.js";
import { accountNameOf } from "./case-exposure.js";
import type { Catalogue } from "../accountability/index.js";
import { comparePaths } from "./case-groups.js";
import { plainPath } from "./case-recreation.js";

/** A population that was lifted out of the exposures, as a case of its own (recreation.md 3). */
export function identityCaseInput(cause: SharedCause, estate: Estate): CaseInput {
  const name =
    accountNameOf(cause.account, undefined, undefined, estate) ?? cause.account.replace(/^aws:/, "");
  const paths = [...(cause.paths ?? [])].sort(comparePaths);
  const title = cause.title.replace(/^account .* · /, "");
  const counted = paths.some((path) => path.band <= 2 && path.verdict === true);
  const members = cause.members.flatMap((id) => {
    const principal = estate.principal(id);
    return principal === undefined ? [] : [evidenceAt(principal.origin, principal.name)];
  });
  const recreation: Recreation = {
    verdict: counted || cause.band <= 2 ? "possible" : "governed",
    band: cause.band,
    basis: cause.band >= 3 ? ["expected"] : [],
    paths,
    morePaths: 0,
    missing: [],
    wouldDecide: [],
    sharedCauses: [],
    floor: [],
    stopped: [],
    checked: [],
    elsewhere: [],
    formula: cause.kind,
    derived: false,
  };
  return {
    kind: "identity",
    weakness: cause.kind === "administrators" ? "iam.standing-administrators" : "iam.broad-grant",
    weaknessClass: "identity-privilege",
    weaknessTitle: title,
    exposures: [
      {
        id: `identity|${cause.key}`,
        resource: cause.account,
        resourceName: name,
        resourceKind: "aws:account",
        account: cause.account,
        accountName: name,
        weakness: cause.kind === "administrators" ? "iam.standing-administrators" : "iam.broad-grant",
        weaknessTitle: title,
        class: "identity-privilege",
        severity: cause.band <= 2 ? "high" : "medium",
        state: "open",
        findings: [],
        now: { text: `${String(cause.members.length)} identities`, evidence: members.slice(0, 12) },
      },
    ],
    recreations: [recreation],
    paths,
    controlPoint: { kind: "grant", id: cause.key, label: title },
    sharedCause: cause,
  };
}

/** COMES BACK of the population's own row: how many ways in there are, and how many cases it stands behind. */
export function identityRecreation(
  cause: SharedCause,
  answer: Recreation | undefined,
  behind: number,
  estate: Estate,
  catalogue: Catalogue | undefined,
): CaseRecreation {
  const worse = cause.entries.filter(({ entry }) => entry.band <= 2);
  const byKey = worse.filter(({ entry }) => entry.kind === "standing-credential").length;
  const ways =
    worse.length === 0
      ? "only people who sign in through the directory"
      : byKey === worse.length
        ? `${String(byKey)} by static key`
        : `${String(worse.length)} other ways in${byKey === 0 ? "" : `, ${String(byKey)} by static key`}`;
  const paths = answer?.paths ?? [];
  return {
    verdict: answer?.verdict ?? "unknown",
    band: cause.band,
    words: "shared cause",
    because: `${ways}; behind ${String(behind)} other case${behind === 1 ? "" : "s"}`,
    basis: answer?.basis ?? [],
    paths: paths.map((path) => ({
      ...plainPath(path, estate, catalogue),
      exposures: [`identity|${cause.key}`],
    })),
    morePaths: 0,
    missing: [],
    missingFacts: [],
    floor: [],
    sharedCases: [],
    elsewhere: [],
    stopped: [],
    checked: [],
    formula: cause.kind,
    derived: false,
  };
}

import type { Catalogue, WorkloadIdentityEntry } from "../../accountability/index.js";
import { globMatches } from "../../access/index.js";
import { principalId, type Credential, type Estate } from "../../estate/index.js";
import { shortName } from "../names.js";
import type { ReadinessGap } from "./readiness.js";

const day = 86_400_000;
/** A key that was not replaced for so long is a standing one, and a secret that nobody used for so long an orphan. */
const staleDays = 90;

/**
 * Standing access of identities that are nobody's person: no end, no rotation (R52, R79), or nobody uses it any more
 * and it still opens something (R54).
 */
export function nhiGaps(
  estate: Estate,
  catalogue: Catalogue | undefined,
  now: string,
): readonly ReadinessGap[] {
  const gaps: ReadinessGap[] = [];
  for (const credential of estate.credentials) {
    if (credential.status !== "active" || isPersons(credential, estate)) continue;
    const name = shortName(credential.holder);
    const age = daysSince(credential.createdAt, now);
    const idle = daysSince(credential.lastUsedAt, now);
    const owner = entryOf(credential, catalogue)?.owner;
    if (credential.consumers.length === 0 && (idle ?? age ?? 0) > staleDays) {
      gaps.push({
        kind: "orphaned",
        scope: credential.holder,
        text: `${credential.kind.replaceAll("-", " ")} of ${name} ${idle === undefined ? "was never seen used" : `was last used ${String(idle)} days ago`} and is still active${owner === undefined ? "; nobody owns the identity" : ""}`,
        fix: `deactivate it, wait, delete it; or name who uses it as \`consumers\` in the estate`,
        rows: ["R54"],
      });
      continue;
    }
    if (credential.expiresAt === undefined && credential.autoRotated !== true && (age ?? 0) > staleDays)
      gaps.push({
        kind: "static-access",
        scope: credential.holder,
        text: `${credential.kind.replaceAll("-", " ")} of ${name} has no end and ${credential.autoRotated === false ? "no rotation" : "no rotation that anybody showed"}: ${String(age ?? 0)} days old, ${reviewText(credential, catalogue)}`,
        fix: "replace it by a workload identity with short-lived credentials; until then rotate it by machine",
        rows: ["R52", "R79"],
      });
  }
  return gaps;
}

/** A password that a person types; keys of a person's user are standing access like any other. */
const isPersons = (credential: Credential, estate: Estate): boolean =>
  credential.kind === "password" && estate.principal(credential.holder)?.kind !== "service-account";

const entryOf = (
  credential: Credential,
  catalogue: Catalogue | undefined,
): WorkloadIdentityEntry | undefined =>
  catalogue?.workloadIdentities.find((entry) => globMatches(principalId(entry.principal), credential.holder));

/** R52: the third way to be standing access, beside no end and no rotation. */
function reviewText(credential: Credential, catalogue: Catalogue | undefined): string {
  const at = entryOf(credential, catalogue)?.reviewedAt;
  return at === undefined ? "no review on record" : `last reviewed ${at.slice(0, 10)}`;
}

function daysSince(at: string | undefined, now: string): number | undefined {
  const start = at === undefined ? Number.NaN : Date.parse(at);
  const end = Date.parse(now);
  return Number.isNaN(start) || Number.isNaN(end) ? undefined : Math.floor((end - start) / day);
}

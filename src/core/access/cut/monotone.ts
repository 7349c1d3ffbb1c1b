import type { Change } from "../change/change.js";
import type { Candidate } from "./candidate.js";
import type { Ground } from "./ground.js";

/**
 * Whether a change only ever closes ways. Switches, policies of the exposed resource and code change what containment does,
 * and rights taken from expected administrators bring their other ways into view: what is found after such a change may
 * exist only because of it.
 */
export function onlyCloses(
  { places, estate }: Ground,
  lifted: ReadonlySet<string>,
  { edit }: Candidate,
): boolean {
  if (edit.kind === "deny") return !lifted.has(edit.principal);
  if (edit.kind === "drop" || edit.kind === "keep")
    return edit.at.kind !== "resource" && !places.holdersOf(edit.at).some((id) => lifted.has(id));
  const ofNobodyLifted = (id: string | undefined): boolean => {
    if (id === undefined || lifted.has(id)) return false;
    return !estate
      .membersOf(id as Parameters<typeof estate.membersOf>[0])
      .some((member) => lifted.has(member.id));
  };
  return edit.changes.every((change: Change): boolean => {
    switch (change.kind) {
      case "revoke":
      case "federate":
      case "removeConsent":
        return true;
      case "removeTrust":
        return true;
      case "removeAttachment":
      case "removeMembership":
        return ofNobodyLifted(change.principal);
      case "removeStatement":
        return change.statement.policy === "trust" || ofNobodyLifted(change.statement.principal);
      default:
        return false;
    }
  });
}

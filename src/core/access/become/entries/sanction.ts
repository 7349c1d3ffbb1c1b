import type { Principal } from "../../../estate/index.js";
import { globMatches } from "../../glob.js";
import type { Entry } from "../../become.js";
import type { Sanction } from "../../sanction.js";
import type { EntryParts } from "./entry.js";

/**
 * Applies the catalogue to an entry edge, never to an identity (recreation.md 3). Band 4 only when every condition of
 * the kind is proven; an expired sanction counts for nothing. Whether the identity can be reached another way is seen
 * from its other entries and from the closure, which a sanction does not touch.
 */
export function applySanction(parts: EntryParts, role: Principal, entry: Entry): Entry {
  const { policy } = parts.model;
  const fits = policy.sanctions.filter(
    (sanction) =>
      globMatches(sanction.role.replace(/^aws:arn:/, "arn:"), role.id) &&
      (globMatches(sanction.from, entry.starter) || sanction.from === entry.starter) &&
      isInForce(sanction, policy.now),
  );
  let shown = entry;
  for (const sanction of fits) {
    const unproven = conditions(parts, role, entry, sanction);
    if (unproven.length === 0 && entry.verdict === true)
      return { ...entry, band: 4, sanction: { kind: sanction.kind, proven: true, unproven: [] } };
    shown = { ...entry, sanction: { kind: sanction.kind, proven: false, unproven } };
  }
  if (fits.length === 0 && /break.?glass|emergency/i.test(role.name) && entry.hint === undefined) {
    return { ...shown, hint: "looks like break-glass: confirm in the catalogue" };
  }
  return shown;
}

export const isInForce = ({ until }: Pick<Sanction, "until">, now: string): boolean => lastDay(until) >= now;

/** A date without a time holds until its end. */
const lastDay = (until: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(until) ? `${until}T23:59:59.999Z` : until;

function conditions(parts: EntryParts, role: Principal, entry: Entry, sanction: Sanction): readonly string[] {
  switch (sanction.kind) {
    case "just-in-time":
      return justInTime(parts, role, sanction);
    case "break-glass":
      return breakGlass(parts, role, sanction);
    case "gated-pipeline":
      return gatedPipeline(parts, role, entry);
  }
}

function justInTime(parts: EntryParts, role: Principal, { stated }: Sanction): readonly string[] {
  const { estate, policy } = parts.model;
  const unproven: string[] = [];
  if (stated.approvalByOther !== true) unproven.push("approval by someone other than the requester");
  if (stated.endsWithinHours === undefined || stated.endsWithinHours > policy.jitMaxHours)
    unproven.push(`ends by itself within ${policy.jitMaxHours} hours`);
  const set = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(role.name)?.[1];
  if (set !== undefined) {
    const arns = estate.permissionSets.filter(({ name }) => name === set).map(({ arn }) => arn);
    const standing = estate.assignments.filter(
      (item) =>
        item.account === role.account && (arns.includes(item.permissionSet) || item.permissionSet === set),
    );
    if (standing.length > 0) unproven.push(`no standing assignment (${standing.length} found)`);
    else if (arns.length === 0) unproven.push("no standing assignment (permission sets were not supplied)");
  }
  return unproven;
}

function breakGlass(parts: EntryParts, role: Principal, { stated }: Sanction): readonly string[] {
  const { estate } = parts.model;
  const unproven: string[] = [];
  if (stated.mfaRequired !== true) unproven.push("second factor at entry");
  if (
    estate
      .credentialsOf(role.id)
      .some(
        ({ kind, status }) =>
          kind === "access-key" && status !== "inactive" && status !== "deleted" && status !== "expired",
      )
  )
    unproven.push("no active key");
  if (role.kind === "user" && role.account !== undefined && !estate.covers("access-keys", role.account))
    unproven.push("no active key (keys were not supplied)");
  const last = estate.incidents
    .map(({ declaredAt }) => declaredAt)
    .sort()
    .at(-1);
  if (role.lastUsedAt !== undefined && (last === undefined || role.lastUsedAt > last)) {
    unproven.push(
      last === undefined
        ? `not used without an incident (used ${role.lastUsedAt})`
        : `not used since the last declared incident (used ${role.lastUsedAt})`,
    );
  }
  if (role.lastUsedAt === undefined && (role.account === undefined || !estate.covers("iam", role.account)))
    unproven.push("not used since the last declared incident (last use was not supplied)");
  if (stated.loggedElsewhere !== true) unproven.push("use is logged where its holder cannot change it");
  return unproven;
}

function gatedPipeline(parts: EntryParts, role: Principal, entry: Entry): readonly string[] {
  const { estate } = parts.model;
  const unproven: string[] = [];
  const subject = /^repo:([^:]+):(environment|ref):(.+)$/.exec(entry.starter);
  const repository = (subject?.[1] ?? entry.starter.replace(/^repo:/, "").split(":")[0] ?? "").replace(
    /@\d+/g,
    "",
  );
  if (subject === null || /[*?]/.test(entry.starter))
    unproven.push("subject pinned to one repository and a protected environment or branch");
  const pipelines = estate.pipelines.filter(
    (pipeline) => (pipeline.repository ?? pipeline.id.split("#")[0]) === repository,
  );
  if (pipelines.length === 0) unproven.push(`unknown gate: no data about repository ${repository}`);
  for (const { id, gate, uses } of pipelines) {
    if (gate.protectedRef !== true)
      unproven.push(`${id}: deploys only from a protected environment or branch`);
    if (gate.reviewRequired !== true) unproven.push(`${id}: review by someone else`);
    if (gate.adminBypass !== false) unproven.push(`${id}: no bypass for administrators`);
    for (const { ref, pinned } of uses) if (pinned !== true) unproven.push(`${id}: action ${ref} pinned`);
  }
  if (parts.changesItself(role.id)) unproven.push("the role cannot change its own trust or rights");
  return unproven;
}

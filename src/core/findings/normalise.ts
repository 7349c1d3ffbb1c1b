import type { CheckReference } from "./check-reference.js";
import { judgeCheck, type Judged } from "./check-weakness.js";
import { canonicalResource } from "./canonical-resource.js";
import { digestOf, fingerprint } from "./fingerprint.js";
import type { DataQuality } from "./data-quality.js";
import type { Finding, FindingDraft } from "./finding.js";
import { maskText } from "./mask-text.js";
import { registered } from "./weakness-registry.js";

/** Services whose settings exist once per account: tools report them under whatever Region they ran from. */
const globalServices = new Set([
  "iam", "account", "organizations", "cloudfront", "route53", "s3", "waf", "shield", "support", "trustedadvisor",
  "globalaccelerator", "sso", "budgets", "networkmanager", "artifact",
]); // prettier-ignore

/** Translates a draft of any reader into the one record that everything behind relies on. */
export function normaliseFinding(draft: FindingDraft, reference: CheckReference): Finding {
  const detail = maskText(draft.detail);
  const { judged, resource, region, subLocator } = placeOf(draft, detail, reference);
  const quality: DataQuality[] = [...draft.quality, ...resource.quality];
  if (judged.unknown) quality.push("unknown-check");
  if (draft.observedAt === undefined) quality.push("no-time");
  // Where the resource has no usable id, findings on different resources must not merge: the sentence tells them apart.
  const instance = resource.quality.includes("placeholder-resource")
    ? `${draft.instance ?? ""}#${digestOf([draft.title, detail], 16)}`
    : draft.instance;
  // Members that may be missing are set one by one: spread into a literal, they give each finding a shape of its own,
  // which takes as much memory as the finding.
  const finding: Mutable<Finding> = {
    fingerprint: fingerprint({
      tool: draft.tool,
      provider: draft.provider,
      check: judged.check,
      account: resource.account,
      region,
      resource: resource.id,
      subLocator,
      instance,
    }),
    tool: draft.tool,
    provider: draft.provider,
    check: judged.check,
    resource: resource.id,
    resourceName: resource.name,
    resourceKind: resource.kind,
    subLocator,
    weakness: judged.weakness,
    result: draft.result,
    severity: draft.severity,
    title: maskText(draft.title, 300),
    detail,
    nativeIds: draft.nativeIds,
    tags: draft.tags,
    quality: quality.length < 2 ? quality : [...new Set(quality)].sort(),
  };
  if (resource.account !== undefined) finding.account = resource.account;
  if (region !== undefined) finding.region = region;
  if (draft.observedAt !== undefined) finding.observedAt = draft.observedAt;
  if (draft.accountName !== undefined) finding.accountName = draft.accountName;
  if (draft.firstSeenAt !== undefined) finding.firstSeenAt = draft.firstSeenAt;
  if (draft.ownerHints !== undefined && draft.ownerHints.length > 0) finding.ownerHints = draft.ownerHints;
  if (draft.vulnerability !== undefined) finding.vulnerability = draft.vulnerability;
  if (draft.secret !== undefined) finding.secret = draft.secret;
  if (draft.muting !== undefined)
    finding.muting = { ...draft.muting, reason: maskText(draft.muting.reason, 500) };
  return finding;
}

/** What proof and scope need of a row that passed: it has no fingerprint, and its words are kept nowhere. */
export type PassedFinding = Pick<
  Finding,
  | "tool"
  | "provider"
  | "check"
  | "account"
  | "region"
  | "resource"
  | "subLocator"
  | "weakness"
  | "result"
  | "observedAt"
>;

/** The same members as `normaliseFinding` gives, without those that cost most: two thirds of a scan passed. */
export function normalisePassed(draft: FindingDraft, reference: CheckReference): PassedFinding {
  const { judged, resource, region, subLocator } = placeOf(draft, undefined, reference);
  const finding: Mutable<PassedFinding> = {
    tool: draft.tool,
    provider: draft.provider,
    check: judged.check,
    resource: resource.id,
    subLocator,
    weakness: judged.weakness,
    result: draft.result,
  };
  if (resource.account !== undefined) finding.account = resource.account;
  if (region !== undefined) finding.region = region;
  if (draft.observedAt !== undefined) finding.observedAt = draft.observedAt;
  return finding;
}

/** What it is about. `masked`: the sentence without secrets, where the caller has it already. */
function placeOf(draft: FindingDraft, masked: string | undefined, reference: CheckReference) {
  const judged = refine(draft, judgeCheck(draft.provider, draft.check, reference));
  const resource = canonicalResource(draft.resource);
  const subLocator = resource.quality.includes("placeholder-resource")
    ? [judged.subLocator, `unidentified-${digestOf([masked ?? maskText(draft.detail)], 8)}`]
        .filter((part) => part !== "")
        .join(" ")
    : judged.subLocator;
  const region = globalServices.has(judged.service) ? undefined : resource.region;
  return { judged, resource, region, subLocator };
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

const keyChecks = new Set(["iam.key.stale", "iam.key.exposed"]);

/** What only the tool's sentence says: which of two keys, which inline policy, which credential. */
function refine(draft: FindingDraft, judged: Judged): Judged {
  const { detail } = draft;
  const check = draft.check.kind === "prowler" ? draft.check.id : "";
  // One old check covered passwords and keys; Prowler's later ones are apart.
  if (/^iam_disable_\d+_days_credentials$/.test(check) && !/access key/i.test(detail)) {
    return { ...judged, weakness: registered("iam.credential.unused") };
  }
  // `hardware` checks also fail where there is no MFA at all, which is the graver fact.
  if (check === "iam_root_hardware_mfa_enabled" && /not enabled/i.test(detail)) {
    return { ...judged, weakness: registered("iam.root-mfa") };
  }
  if (check === "iam_user_hardware_mfa_enabled" && /not have any type of MFA/i.test(detail)) {
    return { ...judged, weakness: registered("iam.user.no-mfa") };
  }
  if (keyChecks.has(judged.weakness.id) && judged.subLocator === "") {
    const number = /access key (?:number )?([12])\b/i.exec(detail)?.[1];
    const id = /\b(A(?:KIA|SIA)[A-Z0-9]{12,28})\b/.exec(detail)?.[1];
    if (id !== undefined) return { ...judged, subLocator: id };
    if (number !== undefined) return { ...judged, subLocator: `key-${number}` };
  }
  if (judged.weakness.id === "iam.privilege-escalation" || judged.weakness.id === "iam.admin-policy") {
    const policy = /\binline policy `?([\w+=,.@-]{1,128})`?/i.exec(detail)?.[1];
    if (policy !== undefined && policy !== "attached") return { ...judged, subLocator: `policy/${policy}` };
  }
  return judged;
}

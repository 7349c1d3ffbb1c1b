import {
  isPlaceholder,
  observedTime,
  severityOf,
  type DataQuality,
  type FindingDraft,
  type FindingResult,
} from "../../core/findings/index.js";

/** A row of Prowler in any of its own formats, in the tool's words. */
export interface ProwlerRow {
  readonly provider: string;
  readonly check: string;
  readonly status: string | undefined;
  readonly muted: boolean;
  readonly severity: string | undefined;
  readonly account: string | undefined;
  readonly accountName?: string | undefined;
  readonly region: string | undefined;
  readonly partition?: string | undefined;
  readonly resource: string | undefined;
  readonly resourceName?: string | undefined;
  readonly resourceType?: string | undefined;
  readonly title: string | undefined;
  readonly detail: string | undefined;
  readonly findingId?: string | undefined;
  readonly time: unknown;
  readonly tags: Readonly<Record<string, string>>;
}

/** The same finding as the OCSF output of the same scan: equal tool, check and resource, so they merge. */
export function prowlerDraft(row: ProwlerRow): FindingDraft {
  const quality: DataQuality[] = [];
  const [result, flags] = resultOf(row.status, row.muted);
  quality.push(...flags);
  const { findingId, accountName } = row;
  if (findingId !== undefined && isPlaceholder(findingId)) quality.push("placeholder-native-id");
  const time = observedTime(row.time);
  if (time?.zoneAssumed === true) quality.push("zone-assumed");
  const kubernetes = row.provider === "kubernetes";
  return {
    tool: "prowler",
    provider: row.provider,
    check: { kind: "prowler", id: row.check },
    resource: {
      provider: row.provider,
      rawId: row.resource ?? row.resourceName ?? "",
      rawType: row.resourceType,
      name: row.resourceName,
      rawAccount: row.account,
      // Kubernetes has no Regions: the column holds `namespace: NAME`.
      region: kubernetes ? undefined : row.region,
      partition: row.partition,
      namespace: kubernetes ? row.region?.replace(/^namespace: */, "") : undefined,
    },
    accountName: accountName === undefined || isPlaceholder(accountName) ? undefined : accountName,
    result,
    severity: severityOf(row.severity),
    title: row.title ?? row.check,
    detail: row.detail ?? "",
    nativeIds: findingId === undefined || isPlaceholder(findingId) ? [] : [findingId],
    tags: row.tags,
    observedAt: time?.at,
    quality,
  };
}

function resultOf(
  status: string | undefined,
  muted: boolean,
): readonly [FindingResult, readonly DataQuality[]] {
  switch (status?.toUpperCase()) {
    case "PASS":
      return ["pass", []];
    case "FAIL":
      // A mute has neither owner nor expiry: kept apart, never taken for a fix (pitfall 4).
      return [muted ? "muted" : "fail", []];
    case "MUTED":
    case "WARNING":
      // Prowler 2 wrote WARNING for what its allowlist names.
      return ["muted", []];
    case "MANUAL":
    case "INFO":
      return ["manual", []];
    default:
      return ["manual", ["unknown-status"]];
  }
}

/** `team=data | env=prod`, as Prowler writes tags into one column. */
export function joinedTags(text: string | undefined): Readonly<Record<string, string>> {
  const tags: (readonly [string, string])[] = [];
  for (const part of (text ?? "").split(" | ")) {
    const cut = part.indexOf("=");
    if (cut > 0) tags.push([part.slice(0, cut).trim(), part.slice(cut + 1).trim()]);
  }
  return Object.fromEntries(tags);
}

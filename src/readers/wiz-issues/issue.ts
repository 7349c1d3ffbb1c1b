import {
  observedTime,
  severityOf,
  toolRule,
  type DataQuality,
  type FindingDraft,
  type OwnerHint,
} from "../../core/findings/index.js";
import { wizResource, type WizResource } from "./resource.js";
import { wizResult } from "./status.js";

/** An issue in the words that the API, the webhook and the table have in common. */
export interface WizIssue {
  readonly id: string | undefined;
  readonly rule: string | undefined;
  readonly title: string;
  readonly detail: string | undefined;
  readonly threat: boolean;
  readonly severity: string | undefined;
  readonly status: string | undefined;
  readonly resolution: string | undefined;
  readonly resource: WizResource;
  readonly accountName: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** When its state was last looked at or changed; never when it was created. */
  readonly seen: unknown;
  readonly created: unknown;
  readonly hints: readonly OwnerHint[];
}

export function wizIssue(issue: WizIssue): FindingDraft {
  const [result, flags] = wizResult(issue.status, issue.resolution);
  const seen = observedTime(issue.seen);
  const quality: DataQuality[] = [...flags];
  if (!issue.threat) quality.push("unknown-check");
  if (seen?.zoneAssumed === true) quality.push("zone-assumed");
  const resource = wizResource(issue.resource);
  const rule = { id: issue.rule ?? issue.title, title: issue.title, threat: issue.threat };
  return {
    tool: "wiz",
    provider: resource.provider,
    check: toolRule("wiz", rule),
    resource,
    accountName: issue.accountName,
    result,
    severity: severityOf(issue.severity),
    title: issue.title,
    detail: issue.detail ?? "",
    nativeIds: issue.id === undefined ? [] : [issue.id],
    tags: issue.tags,
    observedAt: seen?.at,
    firstSeenAt: observedTime(issue.created)?.at,
    quality,
    ownerHints: issue.hints,
  };
}

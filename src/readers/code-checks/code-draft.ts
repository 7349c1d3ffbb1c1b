import {
  toolRule,
  type DataQuality,
  type FindingDraft,
  type FindingResult,
  type Muting,
  type NamedResource,
  type ObservedTime,
  type Severity,
  type WeaknessClass,
} from "../../core/findings/index.js";
import { own } from "../flaws/index.js";
import { podSetting } from "./pod-setting.js";
import { sourcePath } from "./source-path.js";

/** What a checker says about one place in code, or about one object. */
export interface CodeCheck {
  readonly tool: string;
  /** The rule's id in the form that stays: without versions, in the issuer's present spelling. */
  readonly rule: string;
  readonly title: string;
  readonly class?: WeaknessClass | undefined;
  readonly detail?: string | undefined;
  /** The object that is judged, where it is no place in code. */
  readonly resource?: NamedResource | undefined;
  /** Repository, folder or archive that `file` is in. */
  readonly within?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  /** Address of the block (`aws_s3_bucket.logs`) or name of the function: it stays when lines move. */
  readonly address?: string | undefined;
  /** What the tool itself tells results apart by over versions of a file. */
  readonly stableId?: string | undefined;
  readonly result: FindingResult;
  readonly severity: Severity;
  readonly muting?: Muting | undefined;
  readonly nativeIds?: readonly string[];
  readonly observed?: ObservedTime | undefined;
  readonly firstSeenAt?: string | undefined;
  readonly quality?: readonly DataQuality[];
}

/** Rules for objects of a cluster, wherever they are written: Trivy's and Checkov's ids. */
const clusterRules = /^(?:KSV-|CKV2?_K8S_)/;

/**
 * The row of a check of code. It is told by file and block where the tool names the block; else by the tool's own
 * stable id; else by the line, which moves with the code and is the best there is.
 */
export function codeDraft(check: CodeCheck): FindingDraft {
  const path = check.file === undefined ? "" : sourcePath(check.file);
  const file = path === "" || path === "." ? undefined : path;
  const line = check.line === undefined ? "" : `:${check.line}`;
  const located =
    check.address ??
    (check.stableId === undefined
      ? check.line === undefined
        ? ""
        : `line ${check.line}`
      : `#${check.stableId}`);
  const within = check.within === undefined || /^\.?\/?$/.test(check.within) ? "" : `${check.within}/`;
  const resource =
    check.resource ??
    (file === undefined
      ? own("code", check.within ?? check.address ?? "unknown")
      : own("file", `${within}${file.replace(/^\/+/, within === "" ? "/" : "")}`, file));
  const ofCluster = resource.provider === "kubernetes" || clusterRules.test(check.rule);
  const quality = [...(check.quality ?? [])];
  if (check.observed?.zoneAssumed === true) quality.push("zone-assumed");
  const at = file === undefined ? "" : ` at ${file}${line}`;
  return {
    tool: check.tool,
    provider: resource.provider,
    check: toolRule(check.tool, {
      id: check.rule,
      title: check.title,
      class: check.class ?? (ofCluster ? podSetting(check.title) : undefined),
      subLocator: check.resource === undefined ? located : (check.address ?? ""),
    }),
    resource,
    result: check.result,
    severity: check.severity,
    title: check.title === "" ? check.rule : check.title,
    detail: `${check.detail ?? check.title}${at}`,
    nativeIds: check.nativeIds ?? [],
    tags: {},
    observedAt: check.observed?.at,
    firstSeenAt: check.firstSeenAt,
    // Two findings of one rule in one block stay two rows of one exposure.
    instance: check.stableId ?? (check.address !== undefined && check.line !== undefined ? line : undefined),
    quality,
    muting: check.muting,
  };
}

import type {
  FindingDraft,
  FindingResult,
  Muting,
  NamedResource,
  ObservedTime,
  Severity,
  VexStatement,
} from "../../core/findings/index.js";
import { flawDraft } from "./flaw-draft.js";

/** One product of one statement, as a row of its own: what its author says of it, kept beside what scanners see. */
export interface StatedProduct {
  readonly tool: string;
  readonly statement: VexStatement;
  readonly resource: NamedResource;
  readonly purl?: string | undefined;
  readonly package?: string | undefined;
  readonly installed?: string | undefined;
  readonly fixed?: readonly string[];
  readonly severity?: Severity;
  readonly cvss?: number | undefined;
  readonly observed?: ObservedTime | undefined;
  readonly title?: string | undefined;
  readonly detail?: string | undefined;
}

/** `fixed` is said of this product by its maker; `under_investigation` says that nobody can tell yet. */
const resultOf: Readonly<Record<VexStatement["status"], FindingResult>> = {
  affected: "fail",
  not_affected: "muted",
  fixed: "pass",
  under_investigation: "manual",
};

export function statedDraft(product: StatedProduct): FindingDraft {
  const { statement } = product;
  const muting: Muting | undefined =
    statement.status === "not_affected"
      ? {
          source: "vex",
          reason: statement.reason ?? "not affected, no reason given",
          ...(statement.by === undefined ? {} : { by: statement.by }),
          ...(statement.at === undefined ? {} : { at: statement.at }),
        }
      : undefined;
  return flawDraft({
    tool: product.tool,
    ids: statement.ids,
    resource: product.resource,
    purl: product.purl,
    package: product.package,
    installed: product.installed,
    ...(product.fixed === undefined ? {} : { fixed: product.fixed }),
    severity: product.severity ?? "unknown",
    cvss: product.cvss,
    result: resultOf[statement.status],
    muting,
    title: product.title,
    detail: [statement.status.replaceAll("_", " "), product.detail]
      .filter((part) => part !== undefined)
      .join(": "),
    observed: product.observed,
  });
}

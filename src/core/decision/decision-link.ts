import type { Answerable, Role } from "../accountability/index.js";
import type { Evidence } from "../estate/index.js";

/** One thing on record in a layer of the decision chain. */
export interface DecisionRemark {
  readonly text: string;
  /** `seen in audit log`, `defined in code`, `said by the catalogue`, `seen in the estate`, `reported by a tool`. */
  readonly how: string;
  readonly at?: string;
  readonly evidence: readonly Evidence[];
}

/** One layer of the decisions behind an exposure (R57): a draft from what is on record, which a person confirms. */
export interface DecisionLink {
  readonly layer: "application ownership" | "platform configuration" | "security oversight";
  readonly role: Role;
  readonly answerable: readonly Answerable[];
  readonly remarks: readonly DecisionRemark[];
  readonly moreRemarks?: number;
  /** What no document tells, in words. */
  readonly open?: string;
}

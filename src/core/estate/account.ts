import type { AccountId } from "./ids.js";
import type { PolicyUse } from "./policy-document.js";
import type { Origin } from "./provenance.js";

/** An account, subscription, project or cluster namespace. */
export interface Account {
  readonly id: AccountId;
  readonly provider: string;
  readonly name?: string;
  /** The organisation it belongs to; `none` when a document says that it stands alone. */
  readonly organization?: string;
  readonly origin: Origin;
}

export type OrganizationPolicyType = "scp" | "rcp" | "s3" | "declarative-ec2";

export interface OrganizationNode {
  /** `r-…`, `ou-…` or the twelve digits of an account. */
  readonly id: string;
  readonly kind: "root" | "ou" | "account";
  readonly name?: string;
  /** Absent at the root, or where the tree was not supplied. */
  readonly parent?: string;
}

export interface OrganizationPolicy {
  readonly id: string;
  readonly type: OrganizationPolicyType;
  readonly name: string;
  readonly awsManaged: boolean;
  /** Absent when only the summary was supplied. SCP and RCP: a policy document. */
  readonly use?: PolicyUse;
  /** The content of `s3` and `declarative-ec2` policies, parsed JSON. */
  readonly content?: unknown;
  /** Node ids it is attached to; absent when `list-targets-for-policy` was not supplied. */
  readonly targets?: readonly string[];
  readonly origin: Origin;
}

export interface Organization {
  /** `o-…`. */
  readonly id: string;
  readonly managementAccount?: AccountId;
  /** Policy types enabled at the root, as far as known. */
  readonly enabledPolicyTypes?: readonly OrganizationPolicyType[];
  readonly nodes: readonly OrganizationNode[];
  readonly policies: readonly OrganizationPolicy[];
  readonly delegatedAdministrators: readonly { readonly account: AccountId; readonly service: string }[];
  readonly origin: Origin;
}

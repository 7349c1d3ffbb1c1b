import type { AccountId, PrincipalId, ResourceId } from "./ids.js";
import type { MissingFact, Origin } from "./provenance.js";
import type { JsonValue } from "./resource.js";
import type { Tri } from "./tri.js";

/** A deployed application as the estate knows it (the catalogue adds who answers for it). */
export interface Workload {
  readonly id: string;
  readonly name: string;
  readonly account?: AccountId;
  readonly runsAs: readonly PrincipalId[];
  readonly resources: readonly ResourceId[];
  /** Reachable from the internet. */
  readonly exposed: Tri;
  /** Package URLs. */
  readonly components: readonly string[];
  readonly repository?: string;
  readonly facts: Readonly<Record<string, JsonValue>>;
  readonly origin: Origin;
}

/** A trust that no provider document expresses (SaaS, vendor, CI): who may become `to`. */
export interface Trust {
  readonly id: string;
  /** A principal id, an account id, an OIDC subject pattern (`repo:acme/*`) or `*`. */
  readonly from: string;
  readonly to: PrincipalId;
  readonly kind: "principal" | "external-account" | "oidc" | "saml" | "service" | "everyone";
  readonly externalId: Tri;
  readonly condition?: string;
  readonly origin: Origin;
}

/** A right that no provider document expresses. Patterns are globs, matched without regard to case. */
export interface Grant {
  readonly id: string;
  readonly holder: PrincipalId;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: string;
  /** How the holder came to it: `direct`, or inherited from this scope. */
  readonly inheritedFrom?: string;
  readonly origin: Origin;
}

/** An OAuth or admin consent of an application. */
export interface Consent {
  readonly id: string;
  readonly app: PrincipalId;
  readonly scopes: readonly string[];
  readonly grantedBy?: string;
  readonly createdAt?: string;
  readonly origin: Origin;
}

export type LinkKind =
  | "repository-pipeline" // repository -> pipeline
  | "pipeline-role" // pipeline -> principal it acts as
  | "secret-copy" // place -> credential
  | "created-by" // resource or principal -> principal that created it
  | "deploys" // pipeline -> resource or definition address
  | "written-in"; // block address in code -> file (line in the origin, `at`: a module's source)

export interface Link {
  readonly kind: LinkKind;
  readonly from: string;
  readonly to: string;
  readonly at?: string;
  /** Of `written-in`: what the block sets as far as it is written out; then it says more than an older state. */
  readonly declares?: ReadonlyMap<string, JsonValue>;
  readonly origin: Origin;
}

/** A pipeline and the gate in front of it (recreation.md 3, gated pipeline). */
export interface Pipeline {
  readonly id: string;
  readonly file?: string;
  readonly repository?: string;
  readonly runsAs?: PrincipalId;
  readonly uses: readonly { readonly ref: string; readonly pinned: Tri }[];
  readonly secrets: readonly string[];
  readonly ranAt: readonly string[];
  readonly gate: {
    /** Deploys only from a protected environment or branch. */
    readonly protectedRef: Tri;
    /** Needs a review by someone else. */
    readonly reviewRequired: Tri;
    /** Administrators may skip the gate. */
    readonly adminBypass: Tri;
  };
  readonly origin: Origin;
}

/** A resource setting as code defines it: Terraform state or plan, CloudFormation, or said by hand. */
export interface Definition {
  readonly tool: "terraform" | "cloudformation" | "controller" | "other";
  /** `module.exports.aws_s3_bucket_policy.this[0]`. */
  readonly address: string;
  readonly resourceType: string;
  /** The resource it defines, where the document names it. */
  readonly target?: ResourceId;
  /** CloudFormation: the logical id of the resource that it sets, whose name only the stack knows. */
  readonly logicalId?: string;
  readonly file?: string;
  readonly line?: number;
  readonly repository?: string;
  /** The pipeline id that applies it. */
  readonly pipeline?: string;
  /** `applied`: it stands in a state; `planned`: a plan will set it; `destroyed`: a plan removes it. */
  readonly status: "applied" | "planned" | "destroyed";
  /** Where the source of the block stands, beside the document that says what it sets. */
  readonly written?: Origin;
  /** Set where it is not sure that the code still says so: what would tell. */
  readonly doubt?: MissingFact;
  /**
   * What it sets, in the vocabulary of `resource-properties.ts`; a policy is under `policy` as the parsed
   * document object, a trust policy under `trustPolicy`, security group rules under `ingress`.
   */
  readonly declares: ReadonlyMap<string, JsonValue>;
  readonly tags: Readonly<Record<string, string>>;
  readonly origin: Origin;
}

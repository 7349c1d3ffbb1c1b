import type {
  AccountId,
  CredentialId,
  Estate,
  Evidence,
  MissingFact,
  PolicyUse,
  Principal,
  PrincipalId,
  PropertyFact,
  ResourceId,
  Tri,
} from "../estate/index.js";
import type { ChangedEstate } from "./change/draft.js";

/**
 * A condition that only the request decides. Shown in place: "only from vpce-1a2b".
 * `text` is canonical (`StringEquals aws:SourceVpce vpce-1a2b`); equal texts are the same condition.
 */
export interface ResidualCondition {
  readonly text: string;
  /** `require`: an Allow that holds only if; `escape`: a Deny that is avoided only if. */
  readonly kind: "require" | "escape";
  readonly evidence: Evidence;
}

/** A layer that was asked, and what it said. */
export interface LayerVerdict {
  readonly layer:
    "identity" | "resource" | "trust" | "boundary" | "session" | "scp" | "rcp" | "service-rule" | "native";
  /** e.g. `SCPs allow (3 levels)`, `no RCP on s3`, `no boundary`. */
  readonly text: string;
  readonly verdict: Tri;
}

/** What stood in the way, or would have to change. */
export interface Block {
  readonly layer: LayerVerdict["layer"];
  /** `explicit-deny`: a Deny matched; `no-grant`: nothing allows; `not-allowed-by-layer`: a limiting layer has no Allow. */
  readonly kind: "explicit-deny" | "no-grant" | "not-allowed-by-layer" | "condition" | "service-rule";
  /** One clause: `SCP p-8k1q2 denies s3:PutBucket*`, `no grant`, `trust demands sts:ExternalId`. */
  readonly text: string;
  readonly evidence?: Evidence;
}

/** The answer for one principal, one action, one resource, with its proof. */
export interface AccessDecision {
  readonly principal: PrincipalId;
  readonly action: string;
  readonly resource: string;
  /** true: allowed (under `residual`, if any); false: refused; unknown: `missing` decides. */
  readonly verdict: Tri;
  /** Statements that grant, strongest first. Empty when refused for want of a grant. */
  readonly grants: readonly Evidence[];
  readonly residual: readonly ResidualCondition[];
  readonly layers: readonly LayerVerdict[];
  readonly blocks: readonly Block[];
  /** How many Deny statements were looked at and did not match. */
  readonly deniesChecked: number;
  readonly missing: readonly MissingFact[];
}

/** A set of principals as indices into `AccessEngine.actors`, ascending. */
export interface ActorSet {
  readonly size: number;
  has(index: number): boolean;
  and(other: ActorSet): ActorSet;
  or(other: ActorSet): ActorSet;
  minus(other: ActorSet): ActorSet;
  [Symbol.iterator](): Iterator<number>;
}

/** Who can: proven, and who could if missing facts turn out that way. Disjoint. */
export interface AccessSet {
  readonly allowed: ActorSet;
  readonly unknown: ActorSet;
}

/** An actor that nearly can: it holds a grant, and something named stops it. */
export interface NearMiss {
  readonly principal: PrincipalId;
  readonly block: Block;
}

/** Verified edge from a holder to one witness among the asked targets. */
export interface TargetWitness {
  readonly holder: number;
  readonly target: string;
  readonly verdict: true | "unknown";
}

/** A role that an identity may assume, as an actor. */
export interface RoleStep {
  readonly to: number;
  readonly verdict: true | "unknown";
}

/**
 * A small change laid over the compiled estate: what-if and the containment overlay. Queries cost the same
 * with and without it.
 */
export interface Overlay {
  /** Statements taken away, by evidence key `DIGEST#POINTER[#INNER]` of the statement. */
  readonly removedStatements?: ReadonlySet<string>;
  /** Principals that no longer exist or can no longer act. */
  readonly disabledPrincipals?: ReadonlySet<PrincipalId>;
  /** Credentials revoked (no effect on rights; entry edges read it). */
  readonly revokedCredentials?: ReadonlySet<CredentialId>;
  /** Properties replaced, by resource and name; `undefined` value = becomes unknown. */
  readonly properties?: ReadonlyMap<ResourceId, ReadonlyMap<string, PropertyFact | undefined>>;
  /** Resource policies replaced by nothing (the policy is removed), by resource id. */
  readonly removedPolicies?: ReadonlySet<ResourceId>;
  /** Session policies that limit these principals (policies handed to AssumeRole, GetFederationToken). */
  readonly sessionPolicies?: ReadonlyMap<PrincipalId, PolicyUse>;
  /**
   * The same estate after changes (`overlayOfChanges`): its facts take the place of those compiled, and what the changes
   * touched is asked anew. It stands for the estate as compiled, so of two on one engine the later one counts alone.
   */
  readonly changed?: ChangedEstate;
  /** Circumstances that somebody could change before the request: what depends on them is taken to be met. */
  readonly relaxed?: Relaxed;
}

/** Tags of identities, tags of other resources, boundaries of identities, service control policies of every account. */
export type Relaxed = ReadonlySet<"identity-tags" | "resource-tags" | "boundaries" | "scps">;

/** What an identity may do after somebody rewrote its policies: boundary ∧ SCP ∧ ¬(denies that stay). */
export interface Envelope {
  may(action: string, resource: string): Tri;
  /** The same with what limits it. */
  decide?(action: string, resource: string): AccessDecision;
}

/** Layers that whoever rewrites an identity can also take off (recreation.md 2: each is a hop of its own). */
export interface Lifted {
  /** Inline policies: `iam:DeleteRolePolicy`, or `iam:PutRolePolicy` over the same name. */
  readonly inline?: boolean;
  /** Attached managed policies and those of groups: `iam:DetachRolePolicy`, `iam:RemoveUserFromGroup`. */
  readonly attached?: boolean;
  /** The boundary: `iam:DeleteRolePermissionsBoundary`. */
  readonly boundary?: boolean;
}

export interface AccessEngine {
  readonly estate: Estate;
  /** Every principal that can act, sorted by id: users, roles, roots, native identities, and symbolic ones (everyone, external accounts, services) that documents name. Groups are not actors. */
  readonly actors: readonly PrincipalId[];
  indexOf(principal: PrincipalId): number | undefined;
  whoCan(action: string, resource: string): AccessSet;
  decide(principal: PrincipalId, action: string, resource: string): AccessDecision;
  /** The verdict of `decide` without its proof: many times cheaper, and remembered (up to 100,000 answers). */
  verdict(principal: PrincipalId, action: string, resource: string): Tri;
  /** Actors with a grant that something named stops; nearest first, stable. */
  nearMisses(action: string, resource: string, limit: number): readonly NearMiss[];
  /** For every actor that can do `action` on at least one of `targets`: one witness. */
  holdersOnTargets(action: string, targets: readonly string[]): readonly TargetWitness[];
  /** For one actor: the targets (out of those given) that it can do `action` on. */
  targetsOf(
    principal: PrincipalId,
    action: string,
    targets: readonly string[],
  ): readonly { readonly target: string; readonly verdict: true | "unknown" }[];
  /** Roles that it may assume, ascending; undefined: for this one only each role can be asked who may assume it. */
  assumable?(principal: PrincipalId): readonly RoleStep[] | undefined;
  envelope(principal: PrincipalId, lifted?: Lifted): Envelope;
  /**
   * Identities whose envelopes are the same share a number, but for those that `apart` names; undefined: this one is like
   * no other. Numbers hold over all overlays of one compiled estate.
   */
  envelopeKind?(principal: PrincipalId, lifted?: Lifted): number | undefined;
  /** Identities of the account with a Deny of their own near the right; undefined: it is asked who exactly does it. */
  apart?(action: string, resource: string, account: AccountId): ActorSet | undefined;
  /** The same for an identity that does not exist yet and that whoever creates it gives every right: its boundary ∧ SCP. */
  newcomer(principal: Principal): Envelope;
  /** The account that a resource belongs to, where known (bucket owner map, ARN). */
  accountOf(resource: string): AccountId | undefined;
  withOverlay(overlay: Overlay): AccessEngine;
  readonly stats: {
    readonly statements: number;
    readonly distinctStatements: number;
    readonly documents: number;
  };
}

import type { Answer } from "./answer.js";
import type { Directory, Identity, Thing } from "./directory.js";
import type { Policy, Statement } from "./policy.js";
import type { Citation } from "./raw-document.js";

/** Who acts. */
export interface Actor {
  readonly arn: string;
  /** external: an account that is none of ours, as a whole; which of its identities calls is theirs to choose. native: one that
   * only the native estate document knows, with the grants that it states. */
  readonly kind: "user" | "role" | "root" | "external" | "native";
  readonly account: string;
  /** Undefined for a root user and for an external account. */
  readonly identity: Identity | undefined;
}

/** What is acted on, and the policy that it carries. */
export interface Target {
  readonly text: string;
  readonly account: string | undefined;
  readonly ownerUnknown: boolean;
  readonly region: string | undefined;
  readonly identity: Identity | undefined;
  readonly thing: Thing | undefined;
  /**
   * none: it carries no policy; additive: in its own account its policy or the caller's suffices; required: it must
   * name the caller, or hand the decision to the account.
   */
  readonly mode: "none" | "additive" | "required";
  /** Undefined: not collected. */
  readonly policies: readonly (Policy | undefined)[] | undefined;
}

export type Layer = "identity" | "boundary" | "resource" | "trust" | "scp" | "rcp" | "service";

/** A statement that took part. */
export interface Taken {
  readonly layer: Layer;
  readonly statement: Statement;
  readonly answer: Answer;
}

/** A policy of a limiting layer that was read, whether or not a statement of it matches. */
export interface ReadPolicy {
  readonly layer: Layer;
  readonly at: Citation;
}

export interface Ruling {
  readonly answer: Answer;
  /** Allow statements that match, all layers. */
  readonly allows: readonly Taken[];
  /** Deny statements that match or may. */
  readonly denies: readonly Taken[];
  /** Why not, in words, with the layer; empty when the answer is yes. */
  readonly blocks: readonly {
    readonly layer: Layer;
    readonly text: string;
    readonly statement?: Statement;
  }[];
  /** Conditions that the request decides. */
  readonly conditions: readonly string[];
  /** Boundary, SCPs, RCPs, trust and policy of the resource that were read. */
  readonly read: readonly ReadPolicy[];
  /** How many Deny statements were looked at. */
  readonly looked: number;
  /** What each layer says by itself. */
  readonly layers: readonly { readonly layer: Layer; readonly answer: Answer; readonly text: string }[];
}

export interface Question {
  readonly action: string;
  readonly resource: string;
  /** The account of a right on `*`, or the owner where the resource's name does not say it. */
  readonly account?: string | undefined;
}

export interface Setting {
  readonly directory: Directory;
  readonly now: string | undefined;
  /** Statements that containment takes away, by `placeKey`. */
  readonly removed?: ReadonlySet<string>;
  readonly rcpServices: ReadonlySet<string>;
  /** Resources whose policy is taken away: whoever writes it can. */
  readonly withoutPolicy?: string;
}

import type { PrincipalId } from "../../estate/index.js";
import type { Change } from "../change/change.js";
import type { HopCause } from "../recreation.js";
import type { Located } from "./located.js";
import type { Usage } from "./use.js";

/** The kinds of durable fix that every case offers where they apply (R35). */
export type FixKind = "narrow" | "rotate" | "ephemeral" | "just-in-time";

/** What a candidate does; several on one statement are put together into one change. */
export type Edit =
  /** The statement no longer gives an action. */
  | { readonly kind: "drop"; readonly at: Located; readonly action: string }
  /** Of what stars in the statement give, only what is known to be used stays. */
  | { readonly kind: "keep"; readonly at: Located }
  /** An explicit Deny of one action on one resource, in an inline policy of the identity. */
  | {
      readonly kind: "deny";
      readonly principal: PrincipalId;
      readonly action: string;
      readonly resource: string;
    }
  /** Stands by itself. */
  | { readonly kind: "changes"; readonly changes: readonly Change[] };

/** One change that might break a way: what it costs, who would have to make it, what is known of its use. */
export interface Candidate {
  /** Stable within one estate; equal keys are the same change. */
  readonly key: string;
  readonly edit: Edit;
  /** The nature of the hop that it breaks: picks the accountable role (decision-rules.md C). */
  readonly cause: HopCause;
  /** What is changed, for ownership: an identity, resource, credential or address of code. */
  readonly subject: string;
  /** One clause, no ARNs: `etl-admin: drop s3:PutBucketPolicy`. */
  readonly title: string;
  readonly cost: number;
  readonly use: Usage;
  /** Weaker than short-lived identity with policy at request time (R37). */
  readonly interim: boolean;
  readonly fix?: FixKind;
  /** Who else has what is taken away. */
  readonly others: number;
}

/**
 * Prices: how much work and risk a change is, in steps that only have to be in the right order. What is known to be used
 * outweighs anything else; what is used, as far as anybody knows, lies between.
 */
export const prices = {
  block: 3,
  code: 4,
  revoke: 4,
  leaked: 1,
  drop: 4,
  keepUsed: 7,
  trust: 5,
  statement: 6,
  federate: 9,
  attachment: 10,
  membership: 10,
  deny: 8,
  justInTime: 12,
  mfa: 4,
  guardrail: 16,
  /** Per other identity that loses something too, up to ten. */
  other: 1,
  /** Per further action that goes with it, up to ten. */
  more: 1,
  unknownUse: 3,
  used: 200,
  /** One more team that has to act. */
  team: 3,
} as const;

export const priceOfUse = (use: Usage): number =>
  use === "used" ? prices.used : use === "unknown" ? prices.unknownUse : 0;

export const upToTen = (count: number): number => Math.min(Math.max(count, 0), 10);

/** The last telling part of an id, for titles. */
export const short = (id: string): string => {
  const text = id.startsWith("arn:") ? id.split(":").slice(5).join(":") : id;
  const cut = Math.max(text.lastIndexOf("/"), text.lastIndexOf(":"));
  return cut >= 0 && cut < text.length - 1 ? text.slice(cut + 1) : text;
};

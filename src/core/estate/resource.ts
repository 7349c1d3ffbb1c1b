import type { AccountId, PrincipalId, ResourceId } from "./ids.js";
import type { PolicyUse } from "./policy-document.js";
import type { Origin } from "./provenance.js";

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A known property. What is absent from `Resource.properties` was not collected. */
export interface PropertyFact {
  readonly value: JsonValue;
  readonly origin: Origin;
}

/**
 * A thing that can be exposed. `kind` is `SERVICE:TYPE` (`s3:bucket`, `ec2:security-group`, `aws:account`,
 * `azure:storage-account`, `workload`). Property names per kind: `resource-properties.ts`.
 */
export interface Resource {
  readonly id: ResourceId;
  readonly kind: string;
  readonly account?: AccountId;
  readonly region?: string;
  readonly name: string;
  readonly properties: ReadonlyMap<string, PropertyFact>;
  /**
   * Resource policies, one per qualifier (Lambda alias or version; `""` otherwise). `undefined`: not
   * collected. Empty: collected, and there is none.
   */
  readonly policies?: ReadonlyMap<string, PolicyUse>;
  readonly tags: Readonly<Record<string, string>>;
  /** A document listed the tags: empty `tags` then means that there are none. Absent: they were not collected. */
  readonly tagsCollected?: true;
  /** Compute that runs with the rights of an identity. */
  readonly runsAs?: PrincipalId;
  readonly origin: Origin;
}

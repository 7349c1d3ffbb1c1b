import type { Citation, RawDocument } from "./raw-document.js";
import type { Policy } from "./policy.js";

/** An identity as a document lists it. Everything that limits it is here, or the record says that it is not known. */
export interface Identity {
  readonly arn: string;
  readonly kind: "user" | "role" | "group";
  readonly account: string;
  readonly name: string;
  readonly at: Citation;
  readonly uniqueId: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Inline policies; `undefined` for one that cannot be understood. */
  readonly inline: readonly (Policy | undefined)[];
  /** ARNs. */
  readonly attached: readonly string[];
  readonly groups: readonly string[];
  readonly boundary: string | undefined;
  readonly trust: Policy | undefined;
  readonly instanceProfiles: readonly string[];
}

/** An organisation policy with what it hangs on. */
export interface OrganizationPolicy {
  readonly id: string;
  readonly name: string;
  readonly type: "scp" | "rcp" | "s3" | "declarative-ec2";
  readonly at: Citation;
  /** Undefined: the content was not supplied. */
  readonly content: unknown;
  readonly policy: Policy | undefined;
  readonly everything: boolean;
  /** Undefined: not listed. */
  readonly targets: readonly string[] | undefined;
}

export interface Organization {
  readonly id: string;
  readonly management: string | undefined;
  readonly at: Citation;
  readonly parents: ReadonlyMap<string, string>;
  readonly roots: ReadonlySet<string>;
  readonly policies: readonly OrganizationPolicy[];
  /** Types that are switched on, as far as it says. */
  readonly enabled: ReadonlySet<string> | undefined;
  readonly delegated: readonly { readonly account: string; readonly service: string }[];
  /** Types of which the documents list every policy. */
  readonly complete: ReadonlySet<string>;
  /** Hands policies of the organisation to member accounts; undefined: not supplied. */
  readonly delegation: Policy | undefined;
}

/** A right that the native estate document states. */
export interface StatedGrant {
  readonly holder: string;
  readonly deny: boolean;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: string | undefined;
  readonly at: Citation;
}

export interface Fact {
  readonly value: unknown;
  readonly at: Citation;
}

export interface Thing {
  readonly account: string | undefined;
  /** By qualifier; undefined: not collected. */
  readonly policies: ReadonlyMap<string, Policy | undefined> | undefined;
  readonly facts: ReadonlyMap<string, Fact>;
  readonly at: Citation | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
}

export interface Key {
  readonly id: string;
  readonly holder: string;
  readonly status: string;
  readonly at: Citation;
}

/** One line of a credential report. */
export interface Report {
  readonly password: boolean;
  readonly mfa: boolean;
  readonly key: boolean;
  readonly at: Citation;
}

/** What the documents of a proof say, read by this room alone. Lists are by ARN; absent means that no document says. */
export interface Directory {
  readonly documents: ReadonlyMap<string, RawDocument>;
  readonly identities: ReadonlyMap<string, Identity>;
  readonly managed: ReadonlyMap<string, Policy | undefined>;
  readonly organizations: readonly Organization[];
  readonly grants: ReadonlyMap<string, readonly StatedGrant[]>;
  readonly things: ReadonlyMap<string, Thing>;
  readonly keys: readonly Key[];
  /** Lines of credential reports, by ARN. */
  readonly reports: ReadonlyMap<string, Report>;
  /** Accounts whose identities are listed, or that belong to the organisation. */
  readonly accounts: ReadonlySet<string>;
  /** Accounts of which a document says that they stand alone. */
  readonly alone: ReadonlySet<string>;
  /** ARNs that two documents describe differently: which of them counts is the analysis' to say. */
  readonly twice: ReadonlySet<string>;
  /** `TOPIC|SCOPE` that a document states as listed completely. */
  readonly covered: ReadonlySet<string>;
  /** Documents that this check cannot read as facts; citations into them are followed all the same. */
  readonly unread: readonly string[];
  /** The documents of the policies that AWS publishes, as the product carries them. */
  readonly published: (arn: string) => Policy | undefined;
}

/** While documents are read. */
export interface Draft {
  readonly identities: Map<string, Identity>;
  readonly managed: Map<string, Policy | undefined>;
  readonly organizations: OrganizationDraft[];
  readonly grants: Map<string, StatedGrant[]>;
  readonly things: Map<string, ThingDraft>;
  readonly keys: Key[];
  readonly reports: Map<string, Report>;
  readonly alone: Set<string>;
  /** Accounts that documents name as ours. */
  readonly named: Set<string>;
  readonly covered: Set<string>;
  readonly twice: Set<string>;
}

export interface OrganizationDraft {
  id: string;
  management: string | undefined;
  at: Citation;
  parents: Map<string, string>;
  roots: Set<string>;
  policies: OrganizationPolicy[];
  enabled: Set<string> | undefined;
  delegated: { account: string; service: string }[];
  complete: Set<string>;
  delegation: Policy | undefined;
}

export interface ThingDraft {
  account: string | undefined;
  policies: Map<string, Policy | undefined> | undefined;
  facts: Map<string, Fact>;
  at: Citation | undefined;
  tags: Record<string, string> | undefined;
}

export const emptyDraft = (): Draft => ({
  identities: new Map(),
  managed: new Map(),
  organizations: [],
  grants: new Map(),
  things: new Map(),
  keys: [],
  reports: new Map(),
  alone: new Set(),
  named: new Set(),
  covered: new Set(),
  twice: new Set(),
});

export function thingOf(draft: Draft, id: string): ThingDraft {
  let found = draft.things.get(id);
  if (found === undefined) {
    found = { account: undefined, policies: undefined, facts: new Map(), at: undefined, tags: undefined };
    draft.things.set(id, found);
  }
  return found;
}

/** Twelve digits of an ARN's account, undefined where it names none. */
export function accountIn(arn: string): string | undefined {
  const part = arn.split(":")[4];
  return part !== undefined && /^\d{12}$/.test(part) ? part : undefined;
}

export function addIdentity(draft: Draft, identity: Identity): void {
  const before = draft.identities.get(identity.arn);
  if (before !== undefined && before.at.document !== identity.at.document) draft.twice.add(identity.arn);
  draft.identities.set(identity.arn, identity);
}

/** The policy of a resource, or of one version of it. */
export function addPolicy(draft: Draft, id: string, policy: Policy | undefined, qualifier = ""): void {
  const thing = thingOf(draft, id);
  const before = thing.policies?.get(qualifier);
  if (before !== undefined && before.at.document !== policy?.at.document) draft.twice.add(id);
  (thing.policies ??= new Map<string, Policy | undefined>()).set(qualifier, policy);
}

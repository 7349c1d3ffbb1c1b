import type { AuditEvent, Credential, Estate } from "../../estate/index.js";
import type { OffspringItem } from "./offspring.js";

/** What a call did that outlives it; undefined for calls that make nothing and open nothing. */
export function deedOf(action: string): OffspringItem["how"] | undefined {
  if (/consent|AppRoleAssignment|OAuth2PermissionGrant/i.test(action)) return "consented";
  const verb = action.slice(action.indexOf(":") + 1);
  if (/^(Delete|Remove|Detach|Revoke|Disable|Deregister|Terminate|Stop)/i.test(verb)) return undefined;
  // `iam:PutRolePolicy`, `s3:PutBucketPolicy`, `lambda:AddPermission`: rights and openings, not data.
  if (opensSomething.test(verb) && !/^(Create|Run|Register)/i.test(verb)) return "changed";
  return /^(Create|Run|Register|Import|Upload|Generate|Issue|Copy|Restore|Allocate|Publish|Add (application|service principal|user|app))/i.test(
    verb,
  )
    ? "created"
    : undefined;
}

const opensSomething =
  /^(Put|Attach|Update|Add|Set|Modify|Enable|Authorize|Associate|Tag|Upload|Replace|Change|Reset).*(Polic|Trust|Permission|Acl|Grant|Access|Profile|Password|Secret|Key|Credential|Certificate|Mfa|Provider|Role|Group|Ingress|Attribute|PublicAccess|Owner|Replication|Url|Code|Configuration)/i;

/** What kind of thing an id names. */
export function whatOf(estate: Estate, id: string): OffspringItem["what"] {
  if (id.startsWith("aws:access-key/") || id.startsWith("aws:password/")) return "credential";
  if (deedsOf(estate).credential(id) !== undefined) return "credential";
  if (/^arn:[^:]+:iam::[^:]*:(user|role|group|oidc-provider|saml-provider)\//.test(id)) return "identity";
  if (/^arn:[^:]+:iam::[^:]*:policy\//.test(id)) return "policy";
  if (estate.principal(id as never) !== undefined || nativeIdentity.test(id)) return "identity";
  const kind = estate.resource(id as never)?.kind ?? id;
  return /lambda|ec2:instance|:instance\/|ecs|codebuild|glue|sagemaker|batch|cloudformation|apprunner|function/i.test(
    kind,
  )
    ? "compute"
    : "resource";
}

/** `entra:app/1`, `user:ana`: identities that no cloud document lists go by such ids. */
const nativeIdentity = /^(?!arn:)([\w-]+:(app|user|group|service-principal|managed-identity)\/|user:)/;

/** Look-ups over the audit records and links of an estate, built once for it. */
export interface Deeds {
  /** Calls of an identity that worked, oldest first. */
  by(actor: string): readonly AuditEvent[];
  /** Things that a document states to be created by an identity. */
  stated(creator: string): readonly string[];
  /** Identities that are on record, or stated, to have created a thing. */
  creatorsOf(id: string): readonly string[];
  /** Deletions that worked, by what they named: the latest instant. */
  deletedAt(id: string): string | undefined;
  credential(id: string): Credential | undefined;
  /** First and last instant of the records of an account. */
  span(account: string): { readonly from: string; readonly to: string } | undefined;
}

const known = new WeakMap<Estate, Deeds>();

export function deedsOf(estate: Estate): Deeds {
  const found = known.get(estate) ?? build(estate);
  known.set(estate, found);
  return found;
}

function build(estate: Estate): Deeds {
  const credentials = new Map<string, Credential>(estate.credentials.map((item) => [item.id, item]));
  const byActor = new Map<string, AuditEvent[]>();
  const creators = new Map<string, Set<string>>();
  const deleted = new Map<string, string>();
  const spans = new Map<string, { from: string; to: string }>();
  const events = estate.events
    .filter((event) => event.error === undefined)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (const event of events) {
    if (event.account !== undefined) {
      const span = spans.get(event.account);
      spans.set(event.account, { from: span?.from ?? event.at, to: event.at });
    }
    if (/:(Delete|Deregister|Terminate|Remove)/i.test(event.action))
      for (const target of event.targets) deleted.set(target, event.at);
    if (event.actor === undefined) continue;
    push(byActor, event.actor, event);
    if (deedOf(event.action) === "created")
      for (const target of event.targets) add(creators, target, event.actor);
  }
  const stated = new Map<string, string[]>();
  for (const link of estate.links) {
    if (link.kind !== "created-by") continue;
    push(stated, link.to, link.from);
    add(creators, link.from, link.to);
  }
  return {
    by: (actor) => byActor.get(actor) ?? [],
    stated: (creator) => stated.get(creator) ?? [],
    creatorsOf: (id) => [...(creators.get(id) ?? [])].sort(),
    deletedAt: (id) => deleted.get(id),
    credential: (id) => credentials.get(id),
    span: (account) => spans.get(account),
  };
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}

function add(map: Map<string, Set<string>>, key: string, item: string): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([item]));
  else set.add(item);
}

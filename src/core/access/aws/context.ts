import type { Estate } from "../../estate/index.js";
import type { ContextValue, Lookup } from "../condition/variable.js";
import type { Relaxed } from "../engine.js";
import { missing } from "./missing.js";
import type { Actor, Target } from "./model.js";
import { organizationPath } from "./organization.js";

const request: ContextValue = { kind: "request" };
const absent: ContextValue = { kind: "absent" };
const one = (value: string): ContextValue => ({ kind: "values", values: [value] });

/** Stands for an account that is none of ours: no fixed value of a policy equals it. */
const stranger = "000000000000";

/**
 * What is known of the condition keys before any request is made. Source: IAM user guide, "AWS global condition
 * context keys". A key that is not listed here depends on the request and is never dropped.
 */
export function contextOf(
  estate: Estate,
  actor: Actor,
  target: Target,
  { now, relaxed, action }: Circumstances = {},
): Lookup {
  return (key) => {
    if (key.startsWith("aws:principaltag/"))
      return relaxed?.has("identity-tags") === true
        ? request
        : principalTag(actor, key.slice("aws:principaltag/".length));
    const slash = key.indexOf(":resourcetag/");
    if (slash > 0) {
      const tags = target.principal === undefined ? "resource-tags" : "identity-tags";
      return relaxed?.has(tags) === true
        ? request
        : resourceTag(target, key.slice(slash + ":resourcetag/".length));
    }
    if (key === "iam:permissionsboundary")
      return relaxed?.has("boundaries") === true ? request : boundaryOf(target, action);
    switch (key) {
      case "aws:principalarn":
        return principalArn(actor);
      case "aws:principalaccount":
      case "kms:calleraccount":
        if (actor.kind === "everyone") return one(stranger);
        return actor.kind === "federated" || actor.account === undefined
          ? absent
          : one(digits(actor.account));
      case "aws:principaltype":
        return principalType(actor);
      case "aws:principalorgid":
      case "aws:principalorgpaths":
        return actor.kind === "service" || actor.kind === "federated" || actor.kind === "everyone"
          ? absent
          : ofOrganization(estate, actor.account, key.endsWith("paths"));
      case "aws:resourceorgid":
      case "aws:resourceorgpaths":
        return target.account === undefined && target.accountMissing !== undefined
          ? { kind: "missing", fact: target.accountMissing }
          : ofOrganization(estate, target.account ?? actor.account, key.endsWith("paths"));
      case "aws:resourceaccount":
      case "s3:resourceaccount": {
        const account = target.account ?? actor.account;
        if (target.accountMissing !== undefined) return { kind: "missing", fact: target.accountMissing };
        return account === undefined ? request : one(digits(account));
      }
      case "aws:username":
        return actor.kind === "user"
          ? one(actor.principal?.name ?? lastPart(actor.id))
          : actor.kind === "external"
            ? request
            : absent;
      case "aws:userid":
        if (actor.kind === "user" && actor.principal?.uniqueId !== undefined)
          return one(actor.principal.uniqueId);
        return actor.kind === "root" && actor.account !== undefined ? one(digits(actor.account)) : request;
      case "aws:principalisawsservice":
        return one(actor.kind === "service" ? "true" : "false");
      case "aws:principalservicename":
        return actor.kind === "service" ? one(actor.id.slice("aws:service/".length)) : absent;
      case "aws:principalservicenameslist":
        return actor.kind === "service" ? request : absent;
      case "aws:sourcearn":
      case "aws:sourceaccount":
      case "aws:sourceorgid":
      case "aws:sourceorgpaths":
        return actor.kind === "service" ? request : sourceOfDirectCall(actor, target, key);
      case "aws:sourceowner":
        return actor.kind === "service" ? request : ownerOfDirectCall(actor, target);
      case "aws:requestedregion":
        return target.region === undefined ? request : one(target.region);
      case "aws:securetransport":
        // Every caller can choose TLS, and all AWS clients do.
        return one("true");
      case "aws:currenttime":
        return now === undefined ? request : { kind: "from", earliest: now };
      case "aws:epochtime":
        return now === undefined ? request : { kind: "from", earliest: String(Date.parse(now) / 1000) };
      case "aws:tokenissuetime":
        // Absent for long-lived keys: only what no session can meet is decided (see `decidedFrom`).
        return now === undefined ? request : { kind: "from", earliest: oldestSession(now), optional: true };
      default:
        return request;
    }
  };
}

/** What is known beside who asks for what. */
export interface Circumstances {
  /** The earliest time of any request. */
  readonly now?: string | undefined;
  readonly relaxed?: Relaxed | undefined;
  /** The action, lower case. */
  readonly action?: string;
}

/**
 * The boundary that the identity carries; of one that is made, or given another boundary, that of the request (service
 * authorization reference of IAM, `iam:PermissionsBoundary`).
 */
function boundaryOf({ principal }: Target, action: string | undefined): ContextValue {
  if (principal === undefined || action === undefined) return request;
  if (/^iam:(create(role|user)|put(role|user)permissionsboundary)$/.test(action)) return request;
  return principal.boundary === undefined ? absent : one(principal.boundary.arn);
}

/**
 * These keys are in the request only when a service calls for a resource (IAM user guide, "AWS global condition context
 * keys", aws:SourceArn and its kin: availability): whoever calls directly has none. SNS alone speaks of them for
 * callers as well (SNS developer guide, "aws:SourceAccount versus aws:SourceOwner").
 */
const sourceOfDirectCall = (actor: Actor, target: Target, key: string): ContextValue =>
  key === "aws:sourceaccount" && target.text.split(":")[2] === "sns"
    ? ownerOfDirectCall(actor, target)
    : absent;

/** The default topic policy admits `*` with `AWS:SourceOwner` of the topic's account: "only the topic owner" (same page). */
function ownerOfDirectCall(actor: Actor, target: Target): ContextValue {
  if (actor.kind === "everyone") return one(stranger);
  if (actor.account === undefined) return absent;
  return actor.account === target.account ? request : one(digits(actor.account));
}

/** The longest session is GetFederationToken's and GetSessionToken's: 36 hours (STS API reference). */
const oldestSession = (now: string): string => new Date(Date.parse(now) - 36 * 3_600_000).toISOString();

const digits = (account: string): string =>
  account.startsWith("aws:") ? account.slice("aws:".length) : account;
const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

function principalArn(actor: Actor): ContextValue {
  switch (actor.kind) {
    case "user":
    case "role":
    case "root":
      return one(actor.id);
    case "everyone":
      return one(`arn:aws:iam::${stranger}:user/anyone`);
    case "external":
      // The account as a whole: which of its identities calls is theirs to choose.
      return actor.id.endsWith(":root") ? request : one(actor.id);
    default:
      return absent;
  }
}

function principalType(actor: Actor): ContextValue {
  switch (actor.kind) {
    case "user":
      return one("User");
    case "role":
      return one("AssumedRole");
    case "root":
      return one("Account");
    case "everyone":
    case "external":
      return request;
    default:
      return absent;
  }
}

function principalTag(actor: Actor, key: string): ContextValue {
  if (actor.kind === "external") return request;
  if (actor.uncollected !== undefined) return { kind: "missing", fact: actor.uncollected };
  if (actor.principal === undefined) return absent;
  // A session may bring tags that replace those of the role (IAM user guide, "Pass session tags in AWS STS").
  if (actor.kind === "role" && admitsSessionTags(actor)) return request;
  return tagValue(actor.principal.tags, key) ?? absent;
}

const admitsSessionTags = ({ principal }: Actor): boolean =>
  principal?.trustPolicy?.document.statements.some(
    ({ effect, action }) =>
      effect === "Allow" &&
      (action.negated || action.patterns.some((name) => /^(\*|sts:(\*|tag.*))$/i.test(name))),
  ) === true;

function resourceTag(target: Target, key: string): ContextValue {
  if (target.principal !== undefined) return tagValue(target.principal.tags, key) ?? absent;
  const tags = target.resource?.tags;
  const collected = target.resource?.tagsCollected === true;
  // Empty may mean "none" or "not collected": without a listing only a listed tag speaks for the rest.
  if (tags === undefined || (!collected && Object.keys(tags).length === 0)) {
    return target.text === "*" ? request : { kind: "missing", fact: missing.tags(target.text) };
  }
  return tagValue(tags, key) ?? absent;
}

function tagValue(tags: Readonly<Record<string, string>>, key: string): ContextValue | undefined {
  for (const [name, value] of Object.entries(tags)) if (name.toLowerCase() === key) return one(value);
  return undefined;
}

function ofOrganization(estate: Estate, account: string | undefined, paths: boolean): ContextValue {
  if (account === undefined) return request;
  const id = account as Parameters<Estate["organizationOf"]>[0];
  const organization = estate.organizationOf(id);
  if (organization !== undefined) {
    const value = paths ? organizationPath(organization, id) : organization.id;
    return value === undefined ? { kind: "missing", fact: missing.organization(id) } : one(value);
  }
  const said = estate.account(id)?.organization;
  if (said === "none" || (said === undefined && estate.covers("organization", id))) return absent;
  if (said !== undefined && !paths) return one(said);
  return { kind: "missing", fact: missing.organization(id) };
}

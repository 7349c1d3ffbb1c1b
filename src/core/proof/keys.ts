import type { Keys, Known } from "./condition.js";
import type { Actor, Target } from "./ruling.js";
import { organizationOf, pathOf } from "./organization.js";
import type { Directory } from "./directory.js";

const request: Known = { kind: "request" };
const absent: Known = { kind: "absent" };
const notCollected: Known = { kind: "not-collected" };
const one = (value: string): Known => ({ kind: "values", values: [value] });

/**
 * What is known of condition keys before any request is made (IAM user guide, "AWS global condition context keys").
 * A key that is not listed depends on the request.
 */
export function keysOf(directory: Directory, actor: Actor, target: Target, now: string | undefined): Keys {
  return (key) => {
    const { identity } = actor;
    if (key.startsWith("aws:principaltag/")) {
      if (identity === undefined) return actor.kind === "root" ? absent : request;
      // A session may bring tags that replace those of the role (IAM user guide, "Pass session tags in AWS STS").
      if (identity.kind === "role" && admitsTags(actor)) return request;
      return tag(identity.tags, key.slice("aws:principaltag/".length));
    }
    const resourceTag = /^[a-z0-9-]+:resourcetag\/(.*)$/.exec(key)?.[1];
    if (resourceTag !== undefined) {
      if (target.identity !== undefined) return tag(target.identity.tags, resourceTag);
      if (target.text === "*") return request;
      const tags = target.thing?.tags;
      return tags === undefined ? notCollected : tag(tags, resourceTag);
    }
    switch (key) {
      case "aws:principalarn":
        return actor.kind === "external" ? request : one(actor.arn);
      case "aws:principalaccount":
      case "kms:calleraccount":
        return one(actor.account);
      case "aws:principaltype":
        if (actor.kind === "external") return request;
        return one(actor.kind === "user" ? "User" : actor.kind === "role" ? "AssumedRole" : "Account");
      case "aws:principalorgid":
        if (actor.arn === "aws:everyone") return absent;
        return organizationKey(directory, actor.account, false);
      case "aws:principalorgpaths":
        if (actor.arn === "aws:everyone") return absent;
        return organizationKey(directory, actor.account, true);
      case "aws:resourceorgid":
      case "aws:resourceorgpaths":
        return target.ownerUnknown
          ? notCollected
          : organizationKey(directory, target.account ?? actor.account, key.endsWith("paths"));
      case "aws:resourceaccount":
      case "s3:resourceaccount":
        return target.ownerUnknown ? notCollected : one(target.account ?? actor.account);
      case "aws:username":
        if (actor.kind === "external") return request;
        return actor.kind === "user"
          ? one(identity?.name ?? actor.arn.slice(actor.arn.lastIndexOf("/") + 1))
          : absent;
      case "aws:userid":
        if (actor.kind === "root") return one(actor.account);
        return actor.kind === "user" && identity?.uniqueId !== undefined ? one(identity.uniqueId) : request;
      case "aws:principalisawsservice":
        return one("false");
      case "aws:principalservicename":
      case "aws:principalservicenameslist":
        return absent;
      case "aws:sourcearn":
      case "aws:sourceorgid":
      case "aws:sourceorgpaths":
        return absent;
      case "aws:sourceaccount":
        return target.text.split(":")[2] === "sns" ? ownAccount(actor, target) : absent;
      case "aws:sourceowner":
        return ownAccount(actor, target);
      case "aws:requestedregion":
        return target.region === undefined ? request : one(target.region);
      case "aws:securetransport":
        return one("true");
      case "aws:currenttime":
      case "aws:epochtime":
        return now === undefined ? request : { kind: "not-before", at: Date.parse(now), optional: false };
      case "aws:tokenissuetime":
        return request;
      default:
        return request;
    }
  };
}

/** SNS developer guide, "aws:SourceAccount versus aws:SourceOwner". */
const ownAccount = (actor: Actor, target: Target): Known =>
  actor.account === target.account ? request : one(actor.account);

const admitsTags = ({ identity }: Actor): boolean =>
  identity?.trust?.statements.some(
    ({ deny, notActions, actions }) =>
      !deny && (notActions || actions.some((name) => /^(\*|sts:(\*|tag.*))$/.test(name))),
  ) === true;

function tag(tags: Readonly<Record<string, string>>, key: string): Known {
  const found = Object.entries(tags).find(([name]) => name.toLowerCase() === key)?.[1];
  return found === undefined ? absent : one(found);
}

function organizationKey(directory: Directory, account: string, paths: boolean): Known {
  const organization = organizationOf(directory, account);
  if (organization === undefined) return directory.alone.has(account) ? absent : notCollected;
  if (!paths) return organization.id === "" ? notCollected : one(organization.id);
  const nodes = pathOf(organization, account);
  return nodes === undefined ? notCollected : one(`${organization.id}/${nodes.slice(0, -1).join("/")}/`);
}

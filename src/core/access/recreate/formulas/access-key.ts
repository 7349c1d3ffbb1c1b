import {
  accountOfArn,
  evidenceAt,
  type Credential,
  type CredentialId,
  type Tri,
} from "../../../estate/index.js";
import type { PropertyTruth } from "../../recreation.js";
import { secretHops } from "../exposure-path.js";
import { missingFact, overlayOf, type FormulaContext } from "../context.js";
import { all, any, can, fact, is, never, type Formula } from "../formula.js";
import { declares } from "../policy-weakness.js";
import type { Drift, WeaknessFormula } from "../weakness-formula.js";
import { exposedCredentials } from "./exposed-credential.js";

/**
 * Row 10: an access key that is exposed or old. Source: IAM User Guide, "Manage access keys for IAM users": at most
 * two keys per user, a deleted key never returns, a deactivated one does.
 */
function accessKey(name: string, weakness: string): WeaknessFormula {
  return {
    name,
    weaknesses: [weakness],
    kinds: ["iam:user"],
    weak: (context, now) => (weakness === "iam.key.stale" ? staleKey(context, now) : exposedKey(context)),
    contain: (context) => overlayOf({ credentials: revoked(context) }),
    restore: (context) =>
      any(...users(context).map((user) => any(sameKey(context, user), newKey(context, user)))),
    bypass: (context) =>
      users(context).map((user) => ({
        formula: any(can("iam:CreateLoginProfile", user), can("iam:UpdateLoginProfile", user)),
        verb: "may set a password for it",
        counts: "all",
      })),
    declares: (definition) =>
      definition.resourceType === "aws_iam_access_key" && !declares(definition, "status", "Inactive"),
    definedOn: users,
    ...(weakness === "iam.key.stale" ? { drift: growsOld } : {}),
    elsewhere: () => [],
    verbs: {
      "iam:UpdateAccessKey": "may switch the key on again",
      "iam:CreateAccessKey": "may make a new key",
    },
    exposurePath: (context) => secretHops(keysOf(context).filter((item) => item.status !== "deleted")),
    excludes: (entry, context) => entry.credential !== undefined && revoked(context).has(entry.credential),
  };
}

export const accessKeyExposed = accessKey("access-key-exposed", "iam.key.exposed");
export const accessKeyStale = accessKey("access-key-stale", "iam.key.stale");

/** Days after which an active key counts as old (CIS AWS Foundations Benchmark, "access keys are rotated every 90 days"). */
const oldAfterDays = 90;

export const isOldKey = ({ createdAt }: Pick<Credential, "createdAt">, now: string): boolean =>
  createdAt !== undefined && (Date.parse(now) - Date.parse(createdAt)) / 86_400_000 > oldAfterDays;

function staleKey(context: FormulaContext, now: string): PropertyTruth {
  const label = `it has a key older than ${oldAfterDays} days`;
  const active = keysOf(context).filter((item) => item.status === "active");
  const old = active.filter((item) => isOldKey(item, now));
  if (old.length > 0) return keyFact(true, label, old);
  const known = keysCovered(context, context.id) && active.every((item) => item.createdAt !== undefined);
  return known ? fact(false, label) : fact("unknown", label, [], [keysMissing(context, context.id)]);
}

function exposedKey(context: FormulaContext): PropertyTruth {
  const label = "a copy of its key lies where strangers read it";
  const open = keysOf(context).filter(
    (item) =>
      item.status === "active" &&
      item.copies.some((copy) => copy.readableBy === "public" || copy.readableBy === "leaked"),
  );
  return open.length > 0
    ? keyFact(true, label, open)
    : fact("unknown", label, [], [keysMissing(context, context.id)]);
}

const keyFact = (value: Tri, label: string, keys: readonly Credential[]): PropertyTruth =>
  fact(
    value,
    label,
    keys.map((item) => evidenceAt(item.origin, item.id)),
  );

/** The key that is the exposure; reported without a key id, all keys of the user are. */
function keysOf(context: FormulaContext): readonly Credential[] {
  const named = exposedCredentials(context).filter((item) => item.kind === "access-key");
  if (named.length > 0) return named;
  return namesItsKey(context)
    ? []
    : context.estate.credentials.filter(
        (item) => item.kind === "access-key" && (item.holder as string) === context.id,
      );
}

/**
 * `key-1`, `key-2`: the slot of the credential report, which no other document knows (IAM User Guide, "Get credential
 * reports"). It names the user's key where there is one; of two keys it could be either.
 */
const namesItsKey = ({ question }: FormulaContext): boolean =>
  question.subLocator !== "" && !/^key-[12]$/.test(question.subLocator);

const revoked = (context: FormulaContext): ReadonlySet<CredentialId> =>
  new Set(keysOf(context).map((item) => item.id));

function users(context: FormulaContext): readonly string[] {
  const holders = keysOf(context).map((item) => item.holder as string);
  return holders.length > 0
    ? [...new Set(holders)].sort()
    : context.id.includes(":user/")
      ? [context.id]
      : [];
}

function sameKey(context: FormulaContext, user: string): Formula {
  const own = keysOf(context).filter((item) => (item.holder as string) === user);
  if (own.length > 0 && own.every((item) => item.status === "deleted"))
    return never("the key is deleted and cannot return");
  const left: PropertyTruth =
    own.length > 0
      ? fact(
          true,
          "the key is switched off, not deleted",
          own.map((item) => evidenceAt(item.origin, item.id)),
        )
      : namesItsKey(context)
        ? fact("unknown", "the key still exists", [], [keysMissing(context, user)])
        : fact(
            keysCovered(context, user) ? false : "unknown",
            "the key still exists",
            [],
            keysCovered(context, user) ? [] : [keysMissing(context, user)],
          );
  return all(can("iam:UpdateAccessKey", user), is(left));
}

function newKey(context: FormulaContext, user: string): Formula {
  const known = context.estate.credentials.filter(
    (item) => item.kind === "access-key" && (item.holder as string) === user && item.status !== "deleted",
  );
  const room: PropertyTruth = keysCovered(context, user)
    ? fact(known.length < 2, `${known.length} of 2 keys are taken`)
    : known.length >= 2
      ? fact(false, "both keys are taken")
      : fact("unknown", "the user has room for a key", [], [keysMissing(context, user)]);
  return all(can("iam:CreateAccessKey", user), any(is(room), can("iam:DeleteAccessKey", user)));
}

function keysCovered(context: FormulaContext, user: string): boolean {
  const account = accountOfArn(user) ?? context.account;
  return account !== undefined && context.estate.covers("access-keys", account);
}

const keysMissing = (context: FormulaContext, user: string) =>
  missingFact(
    "access-keys",
    accountOfArn(user) ?? context.account ?? user,
    `the access keys of ${user.slice(user.lastIndexOf("/") + 1)}`,
    `aws iam list-access-keys --user-name ${user.slice(user.lastIndexOf("/") + 1)}`,
  );

/** A key that nobody rotates by machine is old again in time. */
function growsOld(context: FormulaContext): readonly Drift[] {
  return keysOf(context)
    .filter((item) => item.autoRotated !== true && item.status !== "deleted")
    .map((item) => ({
      starter: item.id,
      label: "grows old: nothing rotates it",
      because: "grows old again: nothing rotates it",
      controlId: item.id,
      evidence: [evidenceAt(item.origin, item.id)],
      // The clock brings it back and nobody's code: the secret is what has to be fixed.
      hops: secretHops([item]).map((hop) => ({ ...hop, via: "grows old: nothing rotates it" })),
      verdict: item.autoRotated === false ? true : "unknown",
      missing:
        item.autoRotated === false
          ? []
          : [
              missingFact(
                "rotation",
                item.id,
                `whether a machine rotates ${item.id}`,
                "state `autoRotated` of the credential in the estate",
              ),
            ],
    }));
}

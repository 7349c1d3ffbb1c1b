import { credentialId, principalId } from "../../core/estate/index.js";
import type { Credential, PrincipalId, Rejection } from "../../core/estate/index.js";
import type { ParsedDocument } from "../document.js";
import { userOfPath, userScope } from "../aws-iam/user-of-path.js";
import type { EstateReadContext, EstateReader, EstateReading, Listing } from "../estate-reader.js";
import { isObject, member, pointerStep, text, timeOf, type JsonObject } from "../json-value.js";

interface Entry {
  readonly value: JsonObject;
  readonly pointer: string;
}

/**
 * `aws iam list-access-keys` (one answer or a list of answers), `aws iam get-access-key-last-used`, and the
 * joined form that inventories write: last-use members inside `AccessKeyMetadata`. No answer names the account.
 */
export const accessKeysReader: EstateReader = {
  kind: "aws-access-keys",
  title: "access keys",
  recognises: (document) => answersOf(document).length > 0,
  read: readAccessKeys,
};

function answersOf(document: ParsedDocument): readonly Entry[] {
  const isAnswer = (value: unknown): value is JsonObject =>
    isObject(value) &&
    (Array.isArray(member(value, "AccessKeyMetadata")) || isObject(member(value, "AccessKeyLastUsed")));
  if (isAnswer(document.value)) return [{ value: document.value, pointer: "" }];
  if (!Array.isArray(document.value) || !isAnswer(document.value[0])) return [];
  return document.value.flatMap((value, index) => (isAnswer(value) ? [{ value, pointer: `/${index}` }] : []));
}

function readAccessKeys(document: ParsedDocument, context: EstateReadContext): EstateReading {
  const rejected: Rejection[] = [];
  const credentials: Credential[] = [];
  const listings: Listing[] = [];
  const { source } = context;
  let count = 0;
  for (const answer of answersOf(document)) {
    const list = member(answer.value, "AccessKeyMetadata");
    const entries: readonly Entry[] = Array.isArray(list)
      ? list.map((value: unknown, index) => ({
          value: isObject(value) ? value : {},
          pointer: `${answer.pointer}/AccessKeyMetadata${pointerStep(index)}`,
        }))
      : [answer];
    for (const entry of entries) {
      count += 1;
      const key = readKey(entry, context);
      if (typeof key === "string")
        rejected.push({ document: source.path, pointer: entry.pointer, ...reasons[key] });
      else credentials.push(key);
    }
    if (Array.isArray(list)) {
      const listed = listingOf(entries, answer, context);
      if (listed === "unnamed")
        rejected.push({
          document: source.path,
          pointer: answer.pointer,
          reason: "an empty list of access keys does not name its user",
          hint: "put user and account in the path, e.g. `222222222222/access-keys-NAME.json`, or supply the credential report",
          used: 0,
        });
      else if (listed !== undefined) listings.push(listed);
    }
    if (member(answer.value, "IsTruncated") === true) {
      rejected.push({
        document: source.path,
        pointer: answer.pointer,
        reason: "the list says that more keys follow (`IsTruncated`)",
        hint: "supply the next page as well",
        used: credentials.length,
      });
    }
  }
  return {
    facts: { credentials },
    rejected: oncePerReason(rejected),
    entities: { accessKeys: count },
    listings,
  };
}

/** All keys of one user, where the answer is whole and the user known. */
function listingOf(
  entries: readonly Entry[],
  answer: Entry,
  context: EstateReadContext,
): Listing | "unnamed" | undefined {
  if (member(answer.value, "IsTruncated") === true) return undefined;
  const names = new Set(entries.map((entry) => text(entry.value, "UserName") ?? ""));
  const single = answer.pointer === "";
  const fromPath = single ? userOfPath(context.source.path, "access-keys") : undefined;
  const user = names.size === 0 ? fromPath : names.size === 1 ? [...names][0] : undefined;
  if (user === undefined || user === "") return names.size === 0 ? "unnamed" : undefined;
  const account = context.accountHint;
  if (account === undefined) return undefined;
  return { topic: "access-keys", scope: userScope(account, user), extent: "whole" };
}

const reasons = {
  account: {
    reason: "access keys are listed by user name only, and the account is not known",
    hint: "put the account's twelve digits in the file or folder name, supply its authorization details, or use `--account`",
  },
  user: {
    reason: "an access key without `UserName`",
    hint: "supply the answer as `aws iam list-access-keys` prints it",
  },
  id: {
    reason: "no access key id: `get-access-key-last-used` answers without the id it was asked for",
    hint: "put the key id (`AKIA…`) in the file name, or join the answer to the list of keys",
  },
} as const;

function readKey({ value, pointer }: Entry, context: EstateReadContext): Credential | keyof typeof reasons {
  const user = text(value, "UserName");
  const nested = member(value, "AccessKeyLastUsed");
  const used = isObject(nested) ? nested : value;
  // The request names the key, the answer does not: a saved answer can carry it in its file name.
  const id =
    text(value, "AccessKeyId") ??
    /(?<![A-Z0-9])AKIA[A-Z0-9]{12,28}(?![A-Z0-9])/.exec(context.source.path)?.[0];
  if (id === undefined) return "id";
  const holder = holderOf(value, user, context);
  if (typeof holder !== "object") return holder;
  const createdAt = timeOf(member(value, "CreateDate"));
  const lastUsedAt = timeOf(member(used, "LastUsedDate"));
  const service = text(used, "ServiceName") ?? text(used, "LastUsedService");
  return {
    id: credentialId(`aws:access-key/${id}`),
    kind: "access-key",
    holder: holder.id,
    status: statusOf(text(value, "Status")),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
    ...(service === undefined || service === "N/A" ? {} : { lastUsedService: service }),
    autoRotated: "unknown",
    copies: [],
    consumers: [],
    origin: { source: context.source, pointer },
  };
}

function holderOf(
  value: JsonObject,
  user: string | undefined,
  context: EstateReadContext,
): { id: PrincipalId } | "account" | "user" {
  const arn = text(value, "UserArn") ?? text(value, "Arn");
  if (arn?.startsWith("arn:") === true) return { id: principalId(arn) };
  if (user === undefined) return "user";
  const account = context.accountHint;
  // Without its path the ARN is a guess that merging corrects to the user of that name in the account.
  return account === undefined ? "account" : { id: principalId(`arn:aws:iam::${account}:user/${user}`) };
}

/** `Expired` has joined `Active` and `Inactive` (IAM API Reference, AccessKeyMetadata). */
function statusOf(status: string | undefined): Credential["status"] {
  if (status === "Active") return "active";
  if (status === "Inactive") return "inactive";
  return status === "Expired" ? "expired" : "unknown";
}

/** A list of a thousand keys without an account is one fault, not a thousand. */
function oncePerReason(rejected: readonly Rejection[]): readonly Rejection[] {
  const byReason = new Map<string, Rejection>();
  const counts = new Map<string, number>();
  for (const entry of rejected) {
    counts.set(entry.reason, (counts.get(entry.reason) ?? 0) + 1);
    if (!byReason.has(entry.reason)) byReason.set(entry.reason, entry);
  }
  return [...byReason.values()].map((entry) => {
    const count = counts.get(entry.reason) ?? 1;
    return count === 1 ? entry : { ...entry, reason: `${entry.reason} (${count} entries)` };
  });
}

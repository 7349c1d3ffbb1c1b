import { emptyDraft, type Directory } from "./directory.js";
import type { Policy } from "./policy.js";
import { readAuthorizationDetails } from "./read-authorization-details.js";
import { readCredentialReport } from "./read-credential-report.js";
import { readNative } from "./read-native.js";
import { readOrganization } from "./read-organization.js";
import { readThings } from "./read-things.js";
import { isFields, type RawDocument } from "./raw-document.js";

/**
 * What the documents say about who holds what. Each is recognised by what it holds; documents of other forms give no
 * facts here, only places that can be followed. Later documents do not replace what an earlier one said of an identity
 * differently: two that disagree are for the analysis to settle, and `conflicts` there.
 */
export function readDirectory(
  documents: readonly RawDocument[],
  published: (arn: string) => Policy | undefined,
): Directory {
  const draft = emptyDraft();
  const unread: string[] = [];
  for (const { path, digest, value, text } of documents) {
    const at = { document: path, digest };
    if (value === undefined && readCredentialReport(text, at, draft)) continue;
    const parts = Array.isArray(value) ? (value as readonly unknown[]) : [value];
    const read = parts.map((part, index) => {
      const place = Array.isArray(value) ? { ...at, pointer: `/${index}` } : at;
      if (!isFields(part)) return false;
      return [readNative, readAuthorizationDetails, readThings].some((form) => form(part, place, draft));
    });
    if (!read.includes(true) && !readOrganization(value, at, draft)) unread.push(path);
  }
  const organizations = joined(draft.organizations);
  return {
    documents: new Map(documents.map((document) => [document.path, document])),
    ...draft,
    organizations,
    accounts: new Set([
      ...draft.named,
      ...[...draft.identities.values()].map(({ account }) => account),
      ...organizations.flatMap(({ management, parents }) => [
        ...(management === undefined ? [] : [management]),
        ...[...parents.keys()].filter((node) => /^\d{12}$/.test(node)),
      ]),
    ]),
    unread,
    published,
  };
}

/** Answers about one organisation come in several files. */
function joined(parts: ReturnType<typeof emptyDraft>["organizations"]): Directory["organizations"] {
  const named = [...new Set(parts.map(({ id }) => id).filter((id) => id !== ""))];
  const [only] = named;
  const found = new Map<string, ReturnType<typeof emptyDraft>["organizations"][number]>();
  for (const part of parts) {
    const id = part.id === "" && named.length === 1 && only !== undefined ? only : part.id;
    const before = found.get(id);
    if (before === undefined) {
      found.set(id, { ...part, id });
      continue;
    }
    before.management ??= part.management;
    before.delegation ??= part.delegation;
    part.parents.forEach((parent, node) => before.parents.set(node, parent));
    part.roots.forEach((root) => before.roots.add(root));
    part.complete.forEach((type) => before.complete.add(type));
    before.delegated.push(...part.delegated);
    if (part.enabled !== undefined) before.enabled = new Set([...(before.enabled ?? []), ...part.enabled]);
    for (const policy of part.policies) {
      const at = before.policies.findIndex((item) => item.id === policy.id);
      const own = before.policies[at];
      if (own === undefined) before.policies.push(policy);
      else
        before.policies[at] = {
          ...(own.name === "" ? policy : own),
          at: own.content === undefined ? policy.at : own.at,
          content: own.content ?? policy.content,
          policy: own.policy ?? policy.policy,
          everything: own.everything || policy.everything,
          targets:
            own.targets === undefined && policy.targets === undefined
              ? undefined
              : [...new Set([...(own.targets ?? []), ...(policy.targets ?? [])])],
        };
    }
  }
  return [...found.values()];
}

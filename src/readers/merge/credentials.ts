import { credentialId } from "../../core/estate/index.js";
import type { Credential, Principal, PrincipalId } from "../../core/estate/index.js";
import { compare, laterOf } from "./newer.js";
import { pick, type Conflicts } from "./pick.js";

/** Unites a key's listing, its last use and whatever else names it. */
export function mergeCredentials(first: Credential, second: Credential, conflicts: Conflicts): Credential {
  const later = laterOf(first.origin, second.origin) === "second" ? second : first;
  const earlier = later === first ? second : first;
  const status = pick(knownStatus(first), knownStatus(second), first.id, "status", conflicts);
  const bothKnown = knownStatus(first) !== undefined && knownStatus(second) !== undefined;
  const [lastUsed] = [first, second]
    .filter((item) => item.lastUsedAt !== undefined)
    .sort((a, b) => compare(b.lastUsedAt ?? "", a.lastUsedAt ?? ""));
  if (first.holder !== second.holder) {
    conflicts.add(
      first.id,
      "holder",
      first.origin,
      second.origin,
      laterOf(first.origin, second.origin) !== "same",
    );
  }
  const copies = [...first.copies, ...second.copies];
  return {
    ...earlier,
    ...later,
    status: status?.value ?? (bothKnown ? "unknown" : later.status),
    ...(lastUsed?.lastUsedAt === undefined ? {} : { lastUsedAt: lastUsed.lastUsedAt }),
    ...(lastUsed?.lastUsedService === undefined ? {} : { lastUsedService: lastUsed.lastUsedService }),
    autoRotated: later.autoRotated === "unknown" ? earlier.autoRotated : later.autoRotated,
    copies: [...new Map(copies.map((copy) => [`${copy.place}|${copy.at ?? ""}`, copy])).values()].sort(
      (a, b) => compare(a.place, b.place),
    ),
    consumers: [...new Set([...first.consumers, ...second.consumers])].sort(),
  };
}

const knownStatus = (
  item: Credential,
): { value: Credential["status"]; origin: Credential["origin"] } | undefined =>
  item.status === "unknown" ? undefined : { value: item.status, origin: item.origin };

/**
 * Keys are listed by user name, without the path that belongs to the user's ARN: a holder that does not exist is
 * replaced by the one user of that name in the account.
 */
export function resolveHolders(
  credentials: readonly Credential[],
  users: ReadonlyMap<string, PrincipalId>,
  known: ReadonlySet<string>,
): readonly Credential[] {
  return credentials.map((item) => {
    if (known.has(item.holder)) return item;
    const holder = users.get(byName(item.holder));
    if (holder === undefined) return item;
    // A password is known by its user.
    const isPassword = item.id === `aws:password/${item.holder}`;
    return { ...item, holder, ...(isPassword ? { id: credentialId(`aws:password/${holder}`) } : {}) };
  });
}

/** Account, kind and name of an IAM ARN, whatever its partition and path. */
export function byName(arn: string): string {
  const parts = arn.split(":");
  const resource = parts.slice(5).join(":");
  const kind = resource.slice(0, resource.indexOf("/"));
  return `${parts[4] ?? ""}/${kind}/${resource.slice(resource.lastIndexOf("/") + 1)}`;
}

export const nameIndex = (
  principals: readonly Principal[],
  kind: Principal["kind"],
): ReadonlyMap<string, PrincipalId> =>
  new Map(principals.filter((item) => item.kind === kind).map((item) => [byName(item.id), item.id]));

const reportKey = /^aws:access-key\/report\//;

/**
 * The credential report knows keys by slot, `list-access-keys` by id. The same key is recognised by its user and
 * the time it was made; `last_rotated` may also be the time its status changed, so a single key left over on
 * either side is the same key too. Report keys that stay alone are kept: a key without a name is still a key.
 */
export function joinReportKeys(
  credentials: readonly Credential[],
  conflicts: Conflicts,
): readonly Credential[] {
  const reported = new Map<string, Credential[]>();
  const listed = new Map<string, Credential[]>();
  for (const item of credentials) {
    if (item.kind !== "access-key") continue;
    const groups = reportKey.test(item.id) ? reported : listed;
    const group = groups.get(item.holder);
    if (group === undefined) groups.set(item.holder, [item]);
    else group.push(item);
  }
  const replaced = new Map<string, Credential | undefined>();
  for (const [holder, slots] of reported) {
    const keys = [...(listed.get(holder) ?? [])];
    const left: Credential[] = [];
    for (const slot of slots) {
      const index = keys.findIndex(
        (key) => key.createdAt !== undefined && key.createdAt.slice(0, 19) === slot.createdAt?.slice(0, 19),
      );
      const key = keys[index];
      if (key === undefined) left.push(slot);
      else {
        keys.splice(index, 1);
        join(key, slot);
      }
    }
    const [slot, key] = [left[0], keys[0]];
    if (left.length === 1 && keys.length === 1 && slot !== undefined && key !== undefined) join(key, slot);
  }
  function join(key: Credential, slot: Credential): void {
    replaced.set(slot.id, undefined);
    const { createdAt: _rotated, ...facts } = slot;
    const merged = mergeCredentials(key, { ...facts, id: key.id }, conflicts);
    replaced.set(key.id, {
      ...merged,
      ...(key.createdAt === undefined ? {} : { createdAt: key.createdAt }),
      origin: key.origin,
    });
  }
  return credentials.flatMap((item) => {
    const other = replaced.has(item.id) ? replaced.get(item.id) : item;
    return other === undefined ? [] : [other];
  });
}

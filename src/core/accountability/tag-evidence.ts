import { evidenceAt, principalId, resourceId, type Origin } from "../estate/index.js";
import type { OwnershipScope } from "./answerable.js";
import type { EstateIndex } from "./estate-index.js";
import type { Column, Sighting } from "./owner-evidence.js";
import { briefly } from "./short-name.js";

/** Keys seen in the field (ownership.md 6a); AWS keeps upper and lower case apart, so both spellings are read. */
const ownerKeys = new Set([
  "owner",
  "owners",
  "ownercontact",
  "owner-contact",
  "owneremail",
  "owner-email",
  "owner_email",
  "team",
  "dd-team",
  "ownerteam",
  "owner-team",
  "team-owner",
  "a8r.io/owner",
]);
const creatorKeys = new Set(["creatorname", "creator", "createdby", "created-by", "created_by"]);

/** Tags of the exposed things, of the identities on the path and of the code that defines them. */
export function tagSightings(index: EstateIndex, about: OwnershipScope, column: Column): readonly Sighting[] {
  const { estate } = index;
  const found: Sighting[] = [];
  const identities = column === "workload-identity";
  const add = (id: string, tags: Readonly<Record<string, string>>, origin: Origin, near: boolean): void => {
    found.push(...sightingsOf(id, tags, origin, near ? 0.6 : 1));
  };
  for (const id of about.resources) {
    const resource = estate.resource(resourceId(id));
    if (resource !== undefined) add(id, resource.tags, resource.origin, identities);
    for (const definition of index.definitionsOf(id)) add(id, definition.tags, definition.origin, identities);
  }
  for (const id of about.principals) {
    const principal = estate.principal(principalId(id));
    // A starter's tags say who owns the identity; of the exposed resource they say something only from afar.
    if (principal !== undefined) add(id, principal.tags, principal.origin, !identities);
    for (const definition of index.definitionsOf(id))
      add(id, definition.tags, definition.origin, !identities);
  }
  for (const id of about.workloads) {
    const workload = estate.workloads.find((item) => item.id === id);
    for (const key of ["owner", "team"]) {
      const value = workload?.facts[key];
      if (workload === undefined || typeof value !== "string") continue;
      const source = `${key} of workload ${id}`;
      found.push({
        kind: "registry",
        raw: value,
        source,
        ...seen(workload.origin),
        directness: 1,
        evidence: evidenceAt(workload.origin, `${source}: ${value}`),
      });
    }
  }
  return found;
}

function sightingsOf(
  id: string,
  tags: Readonly<Record<string, string>>,
  origin: Origin,
  directness: 1 | 0.6,
): readonly Sighting[] {
  return ownerTags(tags).map(({ kind, key, raw, at }) => {
    const evidence = evidenceAt(origin, `${briefly(id)}: tag ${key} = ${raw}`);
    const shared = { kind, raw, source: sourceOfTag(kind, key), directness, evidence };
    if (kind !== "committer") return { ...shared, ...seen(origin) };
    return { ...shared, ...(at === undefined ? {} : { observedAt: at }), person: true };
  });
}

/** A tag that names somebody. */
export interface OwnerTag {
  readonly kind: "tag" | "creator-tag" | "committer";
  readonly key: string;
  readonly raw: string;
  /** Of a committer: when, where the tags say. */
  readonly at?: string;
}

export const sourceOfTag = (kind: OwnerTag["kind"], key: string): string =>
  kind === "committer" ? "last committer" : `tag ${key}`;

/** The tags that name somebody, in the order of their keys. */
export function ownerTags(tags: Readonly<Record<string, string>>): readonly OwnerTag[] {
  return Object.keys(tags)
    .sort()
    .flatMap((key): readonly OwnerTag[] => {
      const raw = tags[key] ?? "";
      const plain = key.toLowerCase();
      if (ownerKeys.has(plain)) return [{ kind: "tag", key, raw }];
      if (creatorKeys.has(plain)) return [{ kind: "creator-tag", key, raw }];
      if (!/(^|_)git_last_modified_by$/.test(plain)) return [];
      const at = tags[key.replace(/_by$/, "_at")];
      const time =
        at === undefined
          ? Number.NaN
          : Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(at) ? at : `${at.replace(" ", "T")}Z`);
      return [
        {
          kind: "committer",
          key,
          raw,
          ...(Number.isFinite(time) ? { at: new Date(time).toISOString() } : {}),
        },
      ];
    });
}

const seen = (origin: Origin): { observedAt?: string } =>
  origin.source.observedAt === undefined ? {} : { observedAt: origin.source.observedAt };

import type { AccessEngine } from "../access/index.js";
import { credentialId, evidenceAt, principalId, type Credential } from "../estate/index.js";
import type { Duty, OwnershipScope } from "./answerable.js";
import { personBehind } from "./audit-evidence.js";
import type { EstateIndex } from "./estate-index.js";
import type { Column, Sighting } from "./owner-evidence.js";
import { briefly } from "./short-name.js";
import { tagSightings } from "./tag-evidence.js";

/** Whoever is the only user of a credential owns what it is for: the owner of that consumer, never the machine itself. */
export function consumerSightings(
  index: EstateIndex,
  about: OwnershipScope,
  column: Column,
): readonly Sighting[] {
  return credentialsOf(index, about).flatMap((credential) => {
    const [consumer, second] = credential.consumers;
    if (consumer === undefined || second !== undefined) return [];
    const workload = consumer.replace(/^workload:/, "");
    const near: OwnershipScope = {
      accounts: [],
      resources: [],
      files: [],
      credentials: [],
      principals: [consumer],
      workloads: [workload],
    };
    return tagSightings(index, near, column).map((sighting): Sighting => ({
      ...sighting,
      kind: "sole-consumer",
      directness: 1,
      source: `${sighting.source} of ${briefly(consumer)}, the only user of the credential`,
      ...(credential.lastUsedAt === undefined ? {} : { observedAt: credential.lastUsedAt }),
    }));
  });
}

/** Newest identity events per account that are read, as for everybody else in the audit log. */
const maxEvents = 200;

/** People who can make the call that revokes: seen acting as an identity that may, or a user that may. */
export function permissionSightings(
  index: EstateIndex,
  engine: AccessEngine,
  about: OwnershipScope,
  duty: Duty | undefined,
): readonly Sighting[] {
  const asked = duty ?? usualDuty(index, about);
  if (asked === undefined) return [];
  const { allowed } = engine.whoCan(asked.action, asked.resource);
  const may = (id: string): boolean => {
    const at = engine.indexOf(principalId(id));
    return at !== undefined && allowed.has(at);
  };
  const found: Sighting[] = [];
  const seen = new Set<string>();
  for (const event of about.accounts.flatMap((id) => index.identityEventsIn(id).slice(0, maxEvents))) {
    const who = personBehind(index, event);
    if (event.actor === undefined || who === undefined || !("person" in who)) continue;
    const key = `${who.person} ${event.actor}`;
    if (seen.has(key) || !may(event.actor)) continue;
    seen.add(key);
    found.push({
      kind: "permission",
      raw: who.person,
      source: `may ${asked.action} as ${briefly(event.actor)}`,
      directness: 1,
      person: true,
      principal: event.actor,
      evidence: evidenceAt(
        event.origin,
        `${event.at} ${event.action} by ${who.person} as ${briefly(event.actor)}`,
      ),
    });
  }
  for (const at of allowed) {
    const principal = index.estate.principal(engine.actors[at] ?? principalId(""));
    if (principal?.kind !== "user" || principal.console?.password !== true) continue;
    if (seen.has(`${principal.name} ${principal.id}`)) continue;
    found.push({
      kind: "permission",
      raw: principal.name,
      source: `may ${asked.action} as ${principal.name}`,
      directness: 1,
      person: true,
      principal: principal.id,
      evidence: evidenceAt(principal.origin, `user ${principal.name} may ${asked.action}`),
    });
  }
  return found;
}

/** What revoking would take where nobody asked for a call: a key to switch off, or a role to close. */
function usualDuty(index: EstateIndex, about: OwnershipScope): Duty | undefined {
  const key = credentialsOf(index, about).find((credential) => credential.kind === "access-key");
  if (key !== undefined) return { action: "iam:UpdateAccessKey", resource: key.holder };
  for (const id of about.principals) {
    const kind = index.estate.principal(principalId(id))?.kind;
    if (kind === "user") return { action: "iam:UpdateAccessKey", resource: id };
    if (kind === "role") return { action: "iam:UpdateAssumeRolePolicy", resource: id };
  }
  return undefined;
}

const credentialsOf = (index: EstateIndex, about: OwnershipScope): readonly Credential[] =>
  about.credentials.flatMap((id) => {
    const wanted = credentialId(id);
    return index.estate.credentials.filter((credential) => credential.id === wanted);
  });

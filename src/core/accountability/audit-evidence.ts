import { evidenceAt, principalId, type AuditEvent } from "../estate/index.js";
import type { OwnershipScope } from "./answerable.js";
import { isMachineName } from "./automation.js";
import { workflowOwners } from "./code-evidence.js";
import type { EstateIndex } from "./estate-index.js";
import type { Column, Rejected, Sighting } from "./owner-evidence.js";
import { briefly } from "./short-name.js";

interface Found {
  readonly sightings: readonly Sighting[];
  readonly rejected: readonly Rejected[];
}

/** Newest events per thing that are read; older ones weigh next to nothing. */
const maxEvents = 200;

/** People who created or changed things, after the audit log. Machines lead to their workflow's owners or to nobody. */
export function auditSightings(index: EstateIndex, about: OwnershipScope, column: Column): Found {
  const sightings: Sighting[] = [];
  const rejected: Rejected[] = [];
  for (const event of eventsOf(index, about, column)) {
    const who = personBehind(index, event);
    if (who === undefined) continue;
    const created = /^[^:]+:(Create|Run|Register|Allocate)/.test(event.action);
    const verb = event.action.slice(event.action.indexOf(":") + 1);
    if ("person" in who) {
      sightings.push({
        kind: created ? "creator" : "changer",
        raw: who.person,
        source: created ? "created it (audit log)" : `called ${verb} (audit log)`,
        observedAt: event.at,
        directness: 1,
        person: true,
        ...(event.actor === undefined ? {} : { principal: event.actor }),
        evidence: evidenceAt(event.origin, `${event.at} ${event.action} by ${who.person}`),
      });
      continue;
    }
    // The hop is inherited evidence: the owner of the workflow is near the thing, not on it.
    const hops = index.pipelinesOf(who.machine).map((pipeline) => workflowOwners(index, pipeline, 0.6));
    const led = hops.flatMap((hop) => hop.sightings);
    sightings.push(...led);
    if (led.length === 0)
      rejected.push({
        candidate: briefly(who.machine),
        reason: `a machine is never an owner${hops.length === 0 ? "; no pipeline is known to act as it" : ""}`,
      });
    for (const hop of hops) rejected.push(...hop.rejected);
  }
  if (column !== "revoker" && column !== "identity") {
    const things = new Set(column === "workload-identity" ? about.principals : about.resources);
    for (const link of index.estate.links) {
      if (link.kind !== "created-by" || !things.has(link.from)) continue;
      const creator = index.estate.principal(principalId(link.to));
      const name = creator?.name ?? briefly(link.to);
      if (creator?.kind === "role" || isMachineName(name)) {
        rejected.push({ candidate: name, reason: "a machine is never an owner" });
        continue;
      }
      sightings.push({
        kind: "creator",
        raw: name,
        source: "created it",
        ...(link.origin.source.observedAt === undefined ? {} : { observedAt: link.origin.source.observedAt }),
        directness: 1,
        person: true,
        principal: principalId(link.to),
        evidence: evidenceAt(link.origin, `${briefly(link.from)} created by ${name}`),
      });
    }
  }
  return { sightings, rejected: uniqueRejections(rejected) };
}

function eventsOf(index: EstateIndex, about: OwnershipScope, column: Column): readonly AuditEvent[] {
  const targets =
    column === "workload-identity"
      ? [...about.principals, ...about.credentials]
      : column === "identity" || column === "revoker"
        ? []
        : about.resources;
  const onThings = targets.flatMap((target) => index.eventsOn(target).slice(0, maxEvents));
  // Who governs identities in an account, or revokes there, is seen from what they did to its identities.
  const onIdentities =
    column === "identity" || column === "revoker"
      ? about.accounts.flatMap((account) => index.identityEventsIn(account).slice(0, maxEvents))
      : [];
  return [...onThings, ...onIdentities];
}

/** The person who made a call, the machine that did, or undefined where the record names neither. */
export function personBehind(
  index: EstateIndex,
  event: AuditEvent,
): { readonly person: string } | { readonly machine: string } | undefined {
  if (event.person !== undefined && !isMachineName(event.person)) return { person: event.person };
  if (event.actor === undefined) return undefined;
  const actor = index.estate.principal(event.actor);
  const name = actor?.name ?? briefly(event.actor);
  const user =
    actor === undefined ? /:user\//.test(event.actor) : actor.kind === "user" || actor.kind === "person";
  if (!user) return { machine: event.actor };
  // A user with a console password, or named like a person, is one; keys alone say that a program uses it.
  const human =
    actor?.kind === "person" || actor?.console?.password === true || /^[a-z]+\.[a-z-]+(@.+)?$|@/i.test(name);
  return human && !isMachineName(name) ? { person: name } : { machine: event.actor };
}

function uniqueRejections(items: readonly Rejected[]): readonly Rejected[] {
  return [...new Map(items.map((item) => [`${item.candidate}|${item.reason}`, item])).values()];
}

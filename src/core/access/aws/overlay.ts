import type { Credential, Estate, PrincipalId, Resource } from "../../estate/index.js";
import type { Overlay } from "../engine.js";
import { evidenceKey } from "./evidence.js";
import type { Holdings } from "./held.js";
import type { Actor } from "./model.js";
import type { Touched } from "./compiled.js";

/** The estate as the overlay leaves it: `resource()` gives replaced properties and no removed policies. */
export function overlaid(base: Estate, overlay: Overlay): Estate {
  const { properties, removedPolicies } = overlay;
  const estate = withoutCredentials(base, overlay.revokedCredentials);
  if (properties === undefined && removedPolicies === undefined) return estate;
  return {
    ...estate,
    resource(id) {
      const resource = estate.resource(id);
      const replaced = properties?.get(id);
      const bare = removedPolicies?.has(id) === true;
      if (resource === undefined || (replaced === undefined && !bare)) return resource;
      const facts = new Map(resource.properties);
      for (const [name, fact] of replaced ?? []) {
        if (fact === undefined) facts.delete(name);
        else facts.set(name, fact);
      }
      const patched: Resource = { ...resource, properties: facts };
      return bare ? { ...patched, policies: new Map() } : patched;
    },
  };
}

/** Revoked credentials are deleted ones: they let nobody in, and copies of them are worth nothing. */
function withoutCredentials(estate: Estate, revoked: Overlay["revokedCredentials"]): Estate {
  if (revoked === undefined || revoked.size === 0) return estate;
  const gone = (credential: Credential): Credential =>
    revoked.has(credential.id) ? { ...credential, status: "deleted" } : credential;
  return {
    ...estate,
    credentials: estate.credentials.map(gone),
    credentialsOf: (holder) => estate.credentialsOf(holder).map(gone),
  };
}

/** One overlay over another: what either takes away is gone; where both say something, the later one counts. */
export function mergeOverlays(first: Overlay, second: Overlay): Overlay {
  const properties = new Map(first.properties);
  for (const [id, facts] of second.properties ?? []) {
    properties.set(id, new Map([...(properties.get(id) ?? []), ...facts]));
  }
  const merged = {
    removedStatements: new Set([...(first.removedStatements ?? []), ...(second.removedStatements ?? [])]),
    disabledPrincipals: new Set([...(first.disabledPrincipals ?? []), ...(second.disabledPrincipals ?? [])]),
    revokedCredentials: new Set([...(first.revokedCredentials ?? []), ...(second.revokedCredentials ?? [])]),
    removedPolicies: new Set([...(first.removedPolicies ?? []), ...(second.removedPolicies ?? [])]),
    sessionPolicies: new Map([...(first.sessionPolicies ?? []), ...(second.sessionPolicies ?? [])]),
  };
  const relaxed = new Set([...(first.relaxed ?? []), ...(second.relaxed ?? [])]);
  return { ...merged, properties, ...(relaxed.size === 0 ? {} : { relaxed }) };
}

/** Finds the actors that an overlay touches; the table behind it is built when the first statement is removed. */
export function createTouch(
  actors: readonly Actor[],
  holdings: Holdings,
  rewritten: ReadonlySet<number> = new Set(),
): (overlay: Overlay, index: ReadonlyMap<PrincipalId, number>) => Touched {
  let byDocument: Map<string, number[]> | undefined;
  const documents = (): Map<string, number[]> => {
    if (byDocument !== undefined) return byDocument;
    byDocument = new Map();
    for (let i = 0; i < actors.length; i++) {
      const actor = actors[i];
      if (actor === undefined) continue;
      for (const held of holdings.of(actor)) {
        if (held.kind === "missing") continue;
        const key = evidenceKey(held.use, {
          pointer: "",
          effect: "Allow",
          action: { negated: false, patterns: [] },
          conditions: [],
        });
        const group = byDocument.get(key);
        if (group === undefined) byDocument.set(key, [i]);
        else group.push(i);
      }
    }
    return byDocument;
  };
  return ({ removedStatements, disabledPrincipals, sessionPolicies }, index) => {
    const own = new Set<number>();
    const disabled = new Set<number>();
    for (const key of removedStatements ?? []) {
      const at = key.lastIndexOf("/Statement");
      for (const actor of documents().get(at < 0 ? key : key.slice(0, at)) ?? []) own.add(actor);
    }
    for (const id of sessionPolicies?.keys() ?? []) addTo(own, index.get(id));
    for (const id of disabledPrincipals ?? []) addTo(disabled, index.get(id));
    return {
      changed: rewritten.size === 0 ? own : new Set([...rewritten, ...own]),
      own,
      disabled,
      rewritten,
    };
  };
}

function addTo(set: Set<number>, index: number | undefined): void {
  if (index !== undefined) set.add(index);
}

import type { AuditEvent, Definition, Estate, Resource } from "../../estate/index.js";

/** Look-ups that every question needs, built once. Order inside each list is the estate's own. */
export interface EstateIndex {
  /** Definitions in force (applied or planned, not destroyed), by the resource that they define. */
  readonly definitions: ReadonlyMap<string, readonly Definition[]>;
  /** Changes that succeeded, by what they named. */
  readonly events: ReadonlyMap<string, readonly AuditEvent[]>;
  readonly kinds: ReadonlyMap<string, readonly Resource[]>;
  /** CloudFormation stacks by a resource that they own. */
  readonly stacks: ReadonlyMap<string, readonly Resource[]>;
}

export function indexEstate(estate: Estate): EstateIndex {
  const definitions = new Map<string, Definition[]>();
  for (const definition of estate.definitions) {
    if (definition.target !== undefined && definition.status !== "destroyed")
      push(definitions, definition.target, definition);
  }
  const events = new Map<string, AuditEvent[]>();
  for (const event of estate.events) {
    if (event.error !== undefined) continue;
    for (const target of new Set(event.targets)) push(events, target, event);
  }
  const kinds = new Map<string, Resource[]>();
  const stacks = new Map<string, Resource[]>();
  for (const resource of estate.resources) {
    push(kinds, resource.kind, resource);
    if (resource.kind !== "cloudformation:stack") continue;
    const owned = resource.properties.get("resources")?.value;
    for (const id of Array.isArray(owned) ? (owned as readonly unknown[]) : []) {
      if (typeof id === "string") push(stacks, id, resource);
    }
  }
  return { definitions, events, kinds, stacks };
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}

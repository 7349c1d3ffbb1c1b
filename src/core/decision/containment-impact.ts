import {
  evidenceAt,
  principalId,
  type AuditEvent,
  type Credential,
  type Estate,
  type Resource,
  type Workload,
} from "../estate/index.js";
import type { Become } from "../access/index.js";
import { nameOf } from "./names.js";
import type { Affected } from "./plan-step.js";

/** Most users that a step lists; more are counted. */
const limit = 10;

export interface Impact {
  readonly affected: readonly Affected[];
  readonly more: number;
}

/** Look-ups that every case asks, built once for an estate. */
interface Users {
  readonly credentials: ReadonlyMap<string, Credential>;
  readonly bySecret: ReadonlyMap<string, readonly AuditEvent[]>;
  readonly byActor: ReadonlyMap<string, readonly AuditEvent[]>;
  /** Compute and workloads by what they run as. */
  readonly running: ReadonlyMap<string, readonly (Resource | Workload)[]>;
}

const known = new WeakMap<Estate, Users>();

function usersOf(estate: Estate): Users {
  const found = known.get(estate);
  if (found !== undefined) return found;
  const runners = [
    ...estate.resources.map((item) => [item, item.runsAs === undefined ? [] : [item.runsAs]] as const),
    ...estate.workloads.map((item) => [item, item.runsAs] as const),
  ];
  const made: Users = {
    credentials: new Map(estate.credentials.map((item) => [item.id, item])),
    bySecret: grouped(estate.events, ({ credential }) => (credential === undefined ? [] : [credential])),
    byActor: grouped(estate.events, ({ actor }) => (actor === undefined ? [] : [actor])),
    running: new Map(
      [...grouped(runners, ([, roles]) => roles)].map(([role, list]) => [role, list.map(([item]) => item)]),
    ),
  };
  known.set(estate, made);
  return made;
}

function grouped<Item>(
  items: readonly Item[],
  keys: (item: Item) => readonly string[],
): ReadonlyMap<string, readonly Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items)
    for (const key of keys(item)) {
      const list = found.get(key);
      if (list === undefined) found.set(key, [item]);
      else list.push(item);
    }
  return found;
}

/** Who else uses a secret: stated consumers, and callers on record. */
export function usersOfSecret(estate: Estate, id: string): Impact {
  const { credentials, bySecret } = usersOf(estate);
  const credential = credentials.get(id);
  const stated = (credential?.consumers ?? []).map((who): Affected => ({
    who: nameOf(who),
    how: "uses it",
    evidence: credential === undefined ? [] : [evidenceAt(credential.origin, who)],
  }));
  const calls = bySecret.get(id) ?? [];
  return cut([...stated, ...recorded(calls, ({ agent, action }) => agent ?? action.split(":")[0] ?? action)]);
}

/** Whom the end of every session of a role, or of a way into it, cuts off. */
export function usersOfRole(become: Become, role: string): Impact {
  const { estate } = become.engine;
  const users = usersOf(estate);
  const running = (users.running.get(role) ?? []).map(({ id, origin }): Affected => ({
    who: nameOf(id),
    how: "runs as it",
    evidence: [evidenceAt(origin, id)],
  }));
  const pipelines = estate.pipelines
    .filter(({ runsAs }) => runsAs === role)
    .map(({ id, origin }): Affected => ({
      who: id,
      how: "deploys as it",
      evidence: [evidenceAt(origin, id)],
    }));
  const calls = users.byActor.get(role) ?? [];
  const people = recorded(
    calls.filter(({ person }) => person !== undefined),
    ({ person }) => person ?? "",
  );
  const told = new Set([...running, ...pipelines, ...people].map(({ who }) => who));
  const entries = become
    .entriesOf(principalId(role))
    .filter(({ kind, starter }) => kind !== "root" && !told.has(nameOf(starter)) && !told.has(starter))
    .map(({ label, evidence }): Affected => ({ who: label, how: "may enter it", evidence }));
  return cut([...running, ...pipelines, ...people, ...entries]);
}

/** Callers by name, each with the latest call. */
function recorded(events: readonly AuditEvent[], nameBy: (event: AuditEvent) => string): readonly Affected[] {
  const last = new Map<string, AuditEvent>();
  for (const event of events) {
    const name = nameBy(event);
    const known = last.get(name);
    if (known === undefined || known.at < event.at) last.set(name, event);
  }
  return [...last]
    .sort(([, a], [, b]) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1))
    .map(([who, event]) => ({
      who,
      how: `called ${event.action}`,
      lastUsedAt: event.at,
      evidence: [evidenceAt(event.origin, event.action)],
    }));
}

const cut = (all: readonly Affected[]): Impact => ({
  affected: all.slice(0, limit),
  more: Math.max(0, all.length - limit),
});

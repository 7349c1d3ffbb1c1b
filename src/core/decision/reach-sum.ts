/** How far identities get together: a union, so that what two of them reach is counted once (R65, R68, R69). */
export interface SummedReach {
  readonly identities: readonly Reached[];
  readonly accounts: readonly Reached[];
  readonly administers: readonly Reached[];
  readonly resources: readonly ReachedResource[];
  readonly services: readonly ReachedService[];
  /** Services that its policies name and of which the estate lists nothing: what lies there is not known. */
  readonly unlisted: readonly string[];
  /** Rights to manage permissions that it holds or comes to hold. */
  readonly privileges: readonly string[];
}

export interface Reached {
  readonly id: string;
  readonly name: string;
  readonly verdict: true | "unknown";
}

export interface ReachedResource extends Reached {
  readonly kind: string;
  readonly account?: string;
  /** Both where it may be read and changed. */
  readonly access: readonly ("read" | "change")[];
  /** The identities that get there. */
  readonly through: readonly string[];
}

/** One kind of service next to the workload (R68). */
export interface ReachedService {
  readonly service: string;
  readonly read: number;
  readonly change: number;
  /** Of these, how many rest on a fact that is missing. */
  readonly unknown: number;
}

export type ReachParts = Omit<SummedReach, "services">;

/** Of several, as if they were one. */
export function unionOfReach(parts: readonly SummedReach[]): SummedReach {
  return summedReach({
    identities: parts.flatMap((part) => part.identities),
    accounts: parts.flatMap((part) => part.accounts),
    administers: parts.flatMap((part) => part.administers),
    resources: parts.flatMap((part) => part.resources),
    unlisted: parts.flatMap((part) => part.unlisted),
    privileges: parts.flatMap((part) => part.privileges),
  });
}

/** Each thing once, the surest verdict of all that name it; sorted by id. */
export function summedReach(parts: ReachParts): SummedReach {
  const resources = mergedResources(parts.resources);
  const services = servicesOf(resources);
  const listed = new Set(services.map(({ service }) => service));
  return {
    identities: distinct(parts.identities),
    accounts: distinct(parts.accounts),
    administers: distinct(parts.administers),
    resources,
    services,
    unlisted: sorted(new Set(parts.unlisted.filter((service) => !listed.has(service)))),
    privileges: sorted(new Set(parts.privileges)),
  };
}

/** What lies beside the workload: its own things are no neighbours. */
export function reachWithout(sum: SummedReach, own: ReadonlySet<string>): SummedReach {
  return summedReach({ ...sum, resources: sum.resources.filter(({ id }) => !own.has(id)) });
}

function distinct(items: readonly Reached[]): readonly Reached[] {
  const found = new Map<string, Reached>();
  for (const item of items) {
    const before = found.get(item.id);
    if (before === undefined || (before.verdict === "unknown" && item.verdict === true))
      found.set(item.id, item);
  }
  return byId([...found.values()]);
}

function mergedResources(items: readonly ReachedResource[]): readonly ReachedResource[] {
  const found = new Map<string, ReachedResource>();
  for (const item of items) {
    const before = found.get(item.id);
    found.set(
      item.id,
      before === undefined
        ? item
        : {
            ...before,
            access: (["read", "change"] as const).filter(
              (access) => before.access.includes(access) || item.access.includes(access),
            ),
            through: sorted(new Set([...before.through, ...item.through])),
            verdict: before.verdict === true || item.verdict === true ? true : "unknown",
          },
    );
  }
  return byId([...found.values()]);
}

function servicesOf(resources: readonly ReachedResource[]): readonly ReachedService[] {
  const found = new Map<string, { service: string; read: number; change: number; unknown: number }>();
  for (const { kind, access, verdict } of resources) {
    const service = kind.split(":")[0] ?? kind;
    const line = found.get(service) ?? { service, read: 0, change: 0, unknown: 0 };
    if (access.includes("read")) line.read += 1;
    if (access.includes("change")) line.change += 1;
    if (verdict === "unknown") line.unknown += 1;
    found.set(service, line);
  }
  return [...found.values()].sort((a, b) => (a.service < b.service ? -1 : 1));
}

const sorted = (items: Iterable<string>): readonly string[] =>
  [...items].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
const byId = <Item extends { readonly id: string }>(items: readonly Item[]): readonly Item[] =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

import type { Origin, ResourceId, SourceDocument } from "../estate/index.js";
import type { SeenPassing } from "./finding.js";
import type { PassedFinding } from "./normalise.js";

/** Rows of one document that passed, in its order. Each time it is gone through the values are put together anew. */
export interface PassList extends Iterable<SeenPassing> {
  readonly size: number;
  /** `resource`: of the finding, as the caller holds it already. */
  add(finding: PassedFinding, resource: ResourceId, origin: Origin): void;
}

/** What many rows have in common: all of a check in one Region at one time. */
type Common = Omit<SeenPassing, "resource" | "origin">;

/**
 * Two thirds of a scan passed and only few of these rows ever prove something, so that they are kept in columns: some
 * 30 bytes a row beside the name of the resource, where an object with its place takes ten times that.
 */
export function createPassList(source: SourceDocument): PassList {
  const commons: Common[] = [];
  const byKey = new Map<string, number>();
  let last = -1;
  const common: number[] = [];
  const resources: ResourceId[] = [];
  /** Number of the member where the pointer is that of a list and its number; else -1, and the origin is in `places`. */
  const members: number[] = [];
  const places = new Map<number, Origin>();
  /** Pointer of the list, with the slash behind it: `/`, `/Findings/`. That of the first row. */
  let list: string | undefined;

  function commonOf(finding: PassedFinding): number {
    const held = commons[last];
    if (held !== undefined && isOf(held, finding)) return last;
    const { tool, provider, check, subLocator, region, weakness, observedAt } = finding;
    const key = JSON.stringify([tool, provider, check, subLocator, region, weakness.id, observedAt]);
    last = byKey.get(key) ?? commons.length;
    if (last === commons.length) {
      byKey.set(key, last);
      commons.push({
        tool,
        provider,
        check,
        subLocator,
        ...(region === undefined ? {} : { region }),
        weakness: weakness.id,
        ...(observedAt === undefined ? {} : { observedAt }),
      });
    }
    return last;
  }

  return {
    get size() {
      return common.length;
    },
    add(finding, resource, origin) {
      list ??= origin.pointer?.slice(0, origin.pointer.lastIndexOf("/") + 1);
      const member = memberOf(origin, list);
      if (member < 0) places.set(common.length, origin);
      common.push(commonOf(finding));
      resources.push(resource);
      members.push(member);
    },
    *[Symbol.iterator]() {
      for (const [index, shared] of common.entries()) {
        const [values, resource] = [commons[shared], resources[index]];
        if (values === undefined || resource === undefined) return;
        const origin = places.get(index) ?? { source, pointer: `${list ?? "/"}${String(members[index])}` };
        yield { ...values, resource, origin };
      }
    },
  };
}

const isOf = (held: Common, finding: PassedFinding): boolean =>
  held.check === finding.check &&
  held.region === finding.region &&
  held.observedAt === finding.observedAt &&
  held.subLocator === finding.subLocator &&
  held.weakness === finding.weakness.id &&
  held.tool === finding.tool &&
  held.provider === finding.provider;

/** The number of a member of that list, where the place is nothing but that. */
function memberOf({ pointer, line, inner, statedBy }: Origin, list: string | undefined): number {
  if (
    pointer === undefined ||
    list === undefined ||
    !pointer.startsWith(list) ||
    line !== undefined ||
    inner !== undefined ||
    statedBy !== undefined
  )
    return -1;
  const member = Number(pointer.slice(list.length));
  return Number.isSafeInteger(member) && member >= 0 && pointer === `${list}${String(member)}` ? member : -1;
}

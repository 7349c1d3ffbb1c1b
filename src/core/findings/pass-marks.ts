import { evidenceAt } from "../estate/index.js";
import type { FindingsImport, PassMark } from "./finding-state.js";

/** What a PASS and a failure must have in common for one to speak of the other. */
export const findingPlace = (
  item: Pick<PassMark, "tool" | "provider" | "check" | "resource" | "region">,
): string => JSON.stringify([item.tool, item.provider, item.check, item.resource, item.region ?? ""]);

/** By what they have in common with failures. */
export type Passes = ReadonlyMap<string, readonly PassMark[]>;

export const passesByPlace = (marks: readonly PassMark[]): Passes => {
  const grouped = new Map<string, PassMark[]>();
  for (const pass of marks) {
    const place = findingPlace(pass);
    const list = grouped.get(place);
    if (list === undefined) grouped.set(place, [pass]);
    else list.push(pass);
  }
  return grouped;
};

/** The last PASS of every check, resource and part: what is kept. */
export function lastPasses(marks: readonly PassMark[]): readonly PassMark[] {
  const last = new Map<string, { readonly place: string; readonly pass: PassMark }>();
  for (const pass of marks) {
    const place = findingPlace(pass);
    const key = JSON.stringify([place, pass.subLocator]);
    const held = last.get(key);
    if (held === undefined || byPassTime(held.pass, pass) < 0) last.set(key, { place, pass });
  }
  // Sorted by what was worked out once: an import has hundreds of thousands of them.
  return [...last.values()]
    .sort((a, b) => compare(a.place, b.place) || compare(a.pass.subLocator, b.pass.subLocator))
    .map(({ pass }) => pass);
}

export function passMark(pass: FindingsImport["passing"][number], now: string): PassMark {
  const { tool, provider, check, resource, region, subLocator } = pass;
  return {
    tool,
    provider,
    check,
    resource,
    ...(region === undefined ? {} : { region }),
    subLocator,
    at: pass.observedAt ?? now,
    evidence: evidenceAt(pass.origin, `${check} passes on ${resource}`),
  };
}

/** Oldest first; those of one time in an order that does not depend on that of the input. */
export const byPassTime = (a: PassMark, b: PassMark): number =>
  compare(a.at, b.at) || compare(JSON.stringify(a.evidence), JSON.stringify(b.evidence));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

import type { CaseLine } from "../../api/index.js";
import { shortName } from "../../report/index.js";
import type { GroupName } from "./cases-search.js";

export interface GroupHeading {
  readonly key: string;
  readonly label: string;
  /** Cases of the group that were read. */
  readonly count: number;
}

interface Grouped {
  readonly lines: readonly CaseLine[];
  readonly headings: ReadonlyMap<number, GroupHeading>;
}

const valueOf: Readonly<Record<GroupName, (line: CaseLine) => string>> = {
  back: ({ words }) => words,
  lead: ({ lead }) => lead,
  contain: ({ contain }) => contain,
  account: ({ account, exposed }) =>
    exposed?.account ?? (account === undefined ? "no account" : shortName(account)),
  tier: ({ tier }) => `tier ${String(tier)}`,
  weakness: ({ exposed, weakness }) => exposed?.weakness[0] ?? (weakness === "" ? "no weakness" : weakness),
  plane: ({ plane }) => plane,
  owner: ({ owner }) => owner ?? "nobody has taken it",
};

/** The same lines group by group; a group stands where its first case stood, and its cases keep their order. */
export function grouped(lines: readonly CaseLine[], by: GroupName | undefined): Grouped {
  if (by === undefined) return { lines, headings: new Map() };
  const groups = new Map<string, CaseLine[]>();
  for (const line of lines) {
    const value = valueOf[by](line);
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [line]);
    else group.push(line);
  }
  const headings = new Map<number, GroupHeading>();
  const all: CaseLine[] = [];
  for (const [key, group] of groups) {
    headings.set(all.length, { key, label: key, count: group.length });
    all.push(...group);
  }
  return { lines: all, headings };
}

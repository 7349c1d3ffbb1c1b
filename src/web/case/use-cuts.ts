import { useMemo } from "react";
import type { Case, CasePath } from "../../core/decision/index.js";
import { shortName } from "../../report/index.js";
import { useCut, useTicked } from "./use-cut.js";
import type { JsonChange } from "./what-if/change-kinds.js";
import { documentOf, useWhatIf, type Asked } from "./what-if/use-what-if.js";

export interface Broken {
  /** From 0. */
  readonly hop: number;
  /** `change 2` */
  readonly by: string;
}

/** What is asked about: ticked changes of the cut, changes of the what-if, or a pasted document. */
interface Tried {
  readonly ticks: readonly number[];
  readonly changes: readonly JsonChange[];
  readonly pasted: Asked | undefined;
}

/** Which routes the changes break, once the server has said so, and at which hop that is drawn. */
export function useCuts(item: Case, { ticks, changes, pasted }: Tried): ReadonlyMap<number, Broken> {
  const cut = useCut(item.id, ticks.length > 0);
  const ticked = useTicked(item.id, ticks);
  const tried = useWhatIf(item.id, pasted ?? (changes.length === 0 ? undefined : documentOf(changes)));
  const answer = ticks.length > 0 ? ticked.data : tried.data;
  return useMemo(() => {
    const titles = cut.data?.value.changes ?? [];
    const broken = (answer?.value.routes ?? []).filter((route) => route.broken);
    return new Map(
      broken.flatMap(({ route }): [number, Broken][] => {
        const path = item.recreation.paths[route];
        if (path === undefined) return [];
        const places = [
          ...ticks.map((tick): [number | undefined, number] => [
            hopOf(path, titles[tick - 1]?.title ?? ""),
            tick,
          ]),
          ...changes.map((change, index): [number | undefined, number] => [
            hopNamed(path, JSON.stringify(change)),
            index + 1,
          ]),
        ].flatMap(([hop, by]): Broken[] => (hop === undefined ? [] : [{ hop, by: String(by) }]));
        const [first] = places.sort((a, b) => a.hop - b.hop);
        const all = ticks.length > 0 ? ticks : changes.map((_, index) => index + 1);
        return [
          [route, first ?? { hop: path.recurrenceHop, by: all.length === 0 ? "document" : all.join(", ") }],
        ];
      }),
    );
  }, [cut.data, answer, item, ticks, changes]);
}

/** The hop whose both ends a change names, else the first from, else the last to what it names. */
function hopNamed({ hops }: CasePath, change: string): number | undefined {
  const names = (id: string): boolean => change.includes(`"${id}`);
  const both = hops.findIndex(({ from, to }) => names(from) && names(to));
  if (both >= 0) return both;
  const from = hops.findIndex((hop) => names(hop.from));
  if (from >= 0) return from;
  const to = hops.findLastIndex((hop) => names(hop.to));
  return to >= 0 ? to : undefined;
}

/** The hop that a change is about: its right, or else who takes it, by name. */
function hopOf(path: CasePath, title: string): number | undefined {
  const named = (text: string): boolean => text !== "" && title.includes(text);
  const right = path.hops.findIndex(({ action }) => action !== undefined && named(action));
  if (right >= 0) return right;
  const into = path.hops.findIndex(({ to, cause }) => cause !== "guardrail" && named(`${shortName(to)}:`));
  if (into >= 0) return into;
  const from = path.hops.findIndex(({ from: id }) => named(shortName(id)));
  return from >= 0 ? from : undefined;
}

import { useMemo } from "react";
import type { Case, CasePath } from "../../core/decision/index.js";
import { shortName } from "../../report/index.js";
import { useCut, useTicked } from "./use-cut.js";

export interface Broken {
  /** From 0. */
  readonly hop: number;
  /** `change 2` */
  readonly by: string;
}

/** Which routes the ticked changes break, once the server has said so, and at which hop that is drawn. */
export function useCuts(item: Case, ticks: readonly number[]): ReadonlyMap<number, Broken> {
  const cut = useCut(item.id, ticks.length > 0);
  const answer = useTicked(item.id, ticks);
  return useMemo(() => {
    const changes = cut.data?.value.changes ?? [];
    const broken = (answer.data?.value.routes ?? []).filter((route) => route.broken);
    return new Map(
      broken.flatMap(({ route }): [number, Broken][] => {
        const path = item.recreation.paths[route];
        if (path === undefined) return [];
        const places = ticks.flatMap((tick): Broken[] => {
          const hop = hopOf(path, changes[tick - 1]?.title ?? "");
          return hop === undefined ? [] : [{ hop, by: String(tick) }];
        });
        const [first] = places.sort((a, b) => a.hop - b.hop);
        return [[route, first ?? { hop: path.recurrenceHop, by: ticks.join(", ") }]];
      }),
    );
  }, [cut.data, answer.data, item, ticks]);
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

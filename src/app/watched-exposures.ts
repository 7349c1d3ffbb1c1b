import { readFile } from "node:fs/promises";
import type { RecreationAnalysis } from "../core/access/index.js";
import type { AccountId, ResourceId } from "../core/estate/index.js";
import { findWeakness, type Exposure } from "../core/findings/index.js";

/** An exposure that the estate itself once showed, and that a case is about. */
export interface Watched {
  readonly resource: string;
  readonly resourceName: string;
  readonly resourceKind: string;
  readonly account?: string;
  readonly region?: string;
  readonly weakness: string;
  /** ISO instant: since when the case is open. Only what was collected later tells that the thing is gone. */
  readonly since: string;
}

export const watchedId = ({ resource, weakness }: Pick<Watched, "resource" | "weakness">): string =>
  `estate|${resource}|${weakness}`;

/** Whether an exposure was shown by the estate, and by no tool. */
export const isShownByEstate = (id: string): boolean => id.startsWith("estate|");

export const readWatched = async (path: string): Promise<readonly Watched[]> =>
  JSON.parse(await readFile(path, "utf8")) as readonly Watched[];

/**
 * What the documents show now of exposures that are not listed any more: closed, standing beside what tools report, or
 * not known. What is gone is told from them by the analysis.
 */
export function watchedExposures(
  watched: readonly Watched[],
  listed: readonly Exposure[],
  recreation: Pick<RecreationAnalysis, "settingNow">,
): readonly Exposure[] {
  const known = new Set(listed.map(watchedId));
  return watched.flatMap((item): readonly Exposure[] => {
    const weakness = findWeakness(item.weakness);
    if (weakness === undefined || known.has(watchedId(item))) return [];
    known.add(watchedId(item));
    const account = item.account as AccountId | undefined;
    const resource = item.resource as ResourceId;
    const now = recreation.settingNow({
      resource,
      weakness: weakness.id,
      subLocator: "",
      ...(account === undefined ? {} : { account }),
    });
    return [
      {
        id: watchedId(item),
        resource,
        resourceName: item.resourceName,
        resourceKind: item.resourceKind,
        ...(account === undefined ? {} : { account }),
        ...(item.region === undefined ? {} : { region: item.region }),
        weakness: weakness.id,
        class: weakness.class,
        title: weakness.title,
        ...(weakness.formula === undefined ? {} : { formula: weakness.formula }),
        subLocator: "",
        severity: "high",
        state: now?.value === true ? "open" : now?.value === false ? "fixed" : "unknown",
        findings: [],
        tags: {},
        lastSeen: item.since,
      },
    ];
  });
}

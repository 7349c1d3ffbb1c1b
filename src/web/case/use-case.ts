import { useMemo } from "react";
import type { CaseEvent, CaseState } from "../../core/cases/index.js";
import type { Case } from "../../core/decision/index.js";
import { pageOf, type Page } from "../../report/index.js";
import { useRead } from "../api/use-read.js";
import { useNow } from "../parts/now.js";

export interface CaseAnswer {
  readonly state: CaseState;
  readonly decided: Case;
  readonly you: {
    readonly roles: readonly string[];
    readonly authorities: readonly string[];
    readonly commander: boolean;
  };
  readonly head: string;
}

export const useCase = (id: string) => useRead<CaseAnswer>(`/cases/${id}`);
export const useCaseEvents = (id: string) =>
  useRead<{ readonly items: readonly CaseEvent[] }>(`/cases/${id}/events`);

/** The five blocks, in the words of `explain`. */
export function usePage(item: Case | undefined): Page | undefined {
  const now = useNow();
  return useMemo(
    () =>
      item === undefined
        ? undefined
        : pageOf(item, { generatedAt: now, inputs: [] }, { verbose: false, folder: folderOf(item) }),
    [item, now],
  );
}

/** What all documents of the estate that a case cites begin with; tells a reader nothing. */
export function folderOf({ recreation, exposures }: Case): string {
  const documents = [
    ...recreation.paths.flatMap(({ hops }) => hops.flatMap(({ evidence }) => evidence)),
    ...exposures.flatMap(({ now }) => now?.evidence ?? []),
  ].map(({ document }) => document);
  const names = [...new Set(documents)];
  const [first, ...others] = names;
  if (first === undefined || others.length === 0) return "";
  let folder = first.slice(0, first.lastIndexOf("/") + 1);
  for (const name of others)
    while (!name.startsWith(folder)) folder = folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1);
  return folder;
}

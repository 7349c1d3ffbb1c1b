import type { Case } from "../../core/decision/index.js";
import { caseRecordOf } from "../cases/case-row.js";
import type { Viewer } from "./viewer.js";
import { latestAnalysis } from "../installation/latest-analysis.js";
import type { Installation } from "../installation/installation.js";

/** Who looks at what was reported and read: `whole`: at everything; else at what the cases in sight are about. */
export interface Looker extends Viewer {
  readonly whole: boolean;
}

/** A place that findings are about. */
export interface SeenPlace {
  readonly resource: string;
  readonly weakness: string;
}

/** Of these ids, those of cases that somebody sees. */
export const casesInSight = (
  { store }: Installation,
  { visible }: Viewer,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => store.cases.among({ visible }, ids);

/** Cases of the last analysis that somebody sees. */
async function seenCases(installation: Installation, viewer: Viewer): Promise<readonly Case[]> {
  const cases = (await latestAnalysis(installation))?.cases ?? [];
  const seen = await casesInSight(
    installation,
    viewer,
    cases.map(({ id }) => id),
  );
  return cases.filter(({ id }) => seen.has(id));
}

/**
 * What a case is about, as it was decided last: a closed one stands in no analysis any more. Nothing where there is no
 * such case, or it is not in sight.
 */
export async function placesOfCase(
  installation: Installation,
  viewer: Looker,
  id: string,
): Promise<readonly SeenPlace[]> {
  if (!viewer.whole && !(await casesInSight(installation, viewer, [id])).has(id)) return [];
  const row = await installation.store.cases.find(id);
  return row === undefined
    ? []
    : caseRecordOf(row).decided.exposures.map(({ resource, weakness }) => ({ resource, weakness }));
}

/** Undefined: everything is in sight. */
export async function placesInSight(
  installation: Installation,
  viewer: Looker,
): Promise<readonly SeenPlace[] | undefined> {
  if (viewer.whole) return undefined;
  const places = new Map<string, SeenPlace>();
  for (const { exposures } of await seenCases(installation, viewer))
    for (const { resource, weakness } of exposures)
      places.set(`${resource} ${weakness}`, { resource, weakness });
  return [...places.values()];
}

/** A place in a document, as evidence cites it. */
export interface CitedPlace {
  readonly pointer?: string;
  readonly inner?: string;
  readonly line?: number;
}

/** Whether a case in sight cites this place of a document, or something around it. */
export async function isCitedInSight(
  installation: Installation,
  viewer: Looker,
  digest: string,
  { pointer, line }: CitedPlace,
): Promise<boolean> {
  if (viewer.whole) return true;
  // The catalogue is read by everybody as a whole.
  const inputs = (await latestAnalysis(installation))?.inputs ?? [];
  if (inputs.some((input) => input.role === "catalogue" && input.digest === digest)) return true;
  const cites = (place: Readonly<Record<string, unknown>>): boolean =>
    place["digest"] === digest &&
    (pointer === undefined
      ? place["pointer"] === undefined && place["line"] === line
      : typeof place["pointer"] === "string" && isWithin(pointer, place["pointer"]));
  return (await seenCases(installation, viewer)).some((item) => someObject(item, cites));
}

const isWithin = (pointer: string, cited: string): boolean =>
  pointer === cited || pointer.startsWith(`${cited}/`);

function someObject(value: unknown, is: (value: Readonly<Record<string, unknown>>) => boolean): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => someObject(item, is));
  return (
    is(value as Readonly<Record<string, unknown>>) ||
    Object.values(value).some((item) => someObject(item, is))
  );
}

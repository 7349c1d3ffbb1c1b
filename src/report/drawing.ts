import { pathGraph, type PathGraph } from "../core/draw/index.js";
import type { Case } from "../core/decision/index.js";
import { namesIn, viaWords } from "./hop-text.js";
import { withoutFolder } from "./place.js";
import { shortName, withoutArns } from "./short-name.js";
import { kindName } from "./subject.js";

/** The access path of a case as nodes and lines, with the names that people read; undefined where no route has a step. */
export function drawingOf(item: Case, folder: string): PathGraph | undefined {
  const { paths, stopped } = item.recreation;
  if (!paths.some((path) => path.hops.length > 0)) return undefined;
  const [first] = item.exposures;
  return pathGraph(
    paths.map((path) => ({
      ...path,
      hops: path.hops.map((hop) => ({ ...hop, via: withoutFolder(viaWords(hop), folder) })),
    })),
    {
      nameOf: namesIn(item),
      credentialName: shortName,
      stopped: stopped.map(({ who, by }) => ({ who: shortName(who), by: withoutArns(by) })),
      resource: {
        name: first === undefined ? withoutArns(item.controlPoint.label) : withoutArns(first.resourceName),
        note: first === undefined ? "" : `${kindName(first.resourceKind)} · ${first.weaknessTitle}`,
      },
    },
  );
}

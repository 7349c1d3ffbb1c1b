import type { ControlPoint, Path, Recreation } from "../access/index.js";
import type { CaseExposure, CaseKind } from "./analysis.js";
import { compareText } from "./sorting.js";
import { isCounted } from "./words.js";

/** An exposure with the answer of the recreation engine. */
export interface AnsweredExposure {
  readonly exposure: CaseExposure;
  readonly kind: CaseKind;
  readonly recreation: Recreation;
}

/** Exposures of one root cause (interfaces.md, Case). */
export interface CaseGroup {
  /** What the case id is derived from; never a finding. */
  readonly rootCause: string;
  readonly kind: CaseKind;
  readonly controlPoint: ControlPoint | undefined;
  readonly members: readonly AnsweredExposure[];
}

/**
 * One case per (kind, weakness, control point). The control point is that of the worst counted path; without
 * one the resource itself holds the case, so that a document that arrives later does not merge strangers.
 */
export function groupByRootCause(answered: readonly AnsweredExposure[]): readonly CaseGroup[] {
  const groups = new Map<
    string,
    { kind: CaseKind; controlPoint: ControlPoint | undefined; members: AnsweredExposure[] }
  >();
  for (const item of answered) {
    const control = item.recreation.paths.find(isCounted)?.control;
    const { weakness, resource } = item.exposure;
    const rootCause =
      control === undefined
        ? `${item.kind}|${weakness}|resource|${resource}`
        : `${item.kind}|${weakness}|${control.kind}|${control.id}`;
    const group = groups.get(rootCause);
    if (group === undefined)
      groups.set(rootCause, { kind: item.kind, controlPoint: control, members: [item] });
    else group.members.push(item);
  }
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([rootCause, group]) => ({
      rootCause,
      kind: group.kind,
      controlPoint: group.controlPoint,
      members: group.members.sort((a, b) => compareText(a.exposure.id, b.exposure.id)),
    }));
}

/** Every route of the group once, worst first, with the exposures that it brings back. */
export function routesOf(
  members: readonly AnsweredExposure[],
): readonly { readonly path: Path; readonly exposures: readonly string[] }[] {
  const byRoute = new Map<string, { path: Path; exposures: string[] }>();
  for (const { exposure, recreation } of members) {
    for (const path of recreation.paths) {
      const known = byRoute.get(path.route);
      if (known === undefined) byRoute.set(path.route, { path, exposures: [exposure.id] });
      else if (!known.exposures.includes(exposure.id)) known.exposures.push(exposure.id);
    }
  }
  return [...byRoute.values()].sort((a, b) => comparePaths(a.path, b.path));
}

/** Band, proven before unknown, certain before conditional, the setting before ways around it, fewer hops, route. */
export function comparePaths(a: Path, b: Path): number {
  return (
    Number(a.governed) - Number(b.governed) ||
    Number(a.colluding === true) - Number(b.colluding === true) ||
    Number(a.verdict === "unknown") - Number(b.verdict === "unknown") ||
    a.band - b.band ||
    Number(a.certainty === "conditional") - Number(b.certainty === "conditional") ||
    Number(a.leg === "bypass") - Number(b.leg === "bypass") ||
    a.hops.length - b.hops.length ||
    compareText(a.route, b.route)
  );
}

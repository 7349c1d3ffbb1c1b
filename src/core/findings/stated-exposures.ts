import { evidenceAt, resourceId, type Estate, type StatedExposure } from "../estate/index.js";
import { describeArn } from "./aws-resource.js";
import type { Exposure, ExposureFinding } from "./exposures.js";
import { digestOf, fingerprint } from "./fingerprint.js";
import { worstSeverity } from "./severity.js";
import { registered } from "./weakness-registry.js";
import { weaknessTitle } from "./weakness.js";

/** How exposures of the native estate document are marked: nobody scanned them, somebody said so. */
export const statedTool = "stated";

/**
 * The exposures of an analysis: what tools reported and what the native estate document states, as one list. What both
 * name is one exposure, open as long as either says so; a stated `fixed` never closes what a tool still sees. Stated
 * exposures are no input rows, so the counts of rows do not know them.
 */
export function withStatedExposures(reported: readonly Exposure[], estate: Estate): readonly Exposure[] {
  if (estate.exposures.length === 0) return reported;
  const all = new Map(reported.map((exposure) => [exposure.id, exposure]));
  for (const stated of estate.exposures) {
    const own = exposureOf(stated, estate);
    const same = all.get(own.id) ?? unlocated(reported, own);
    if (same !== undefined) all.delete(same.id);
    all.set(own.id, same === undefined ? own : join(same, own));
  }
  return [...all.values()].sort(
    (a, b) =>
      compare(a.resource, b.resource) ||
      compare(a.weakness, b.weakness) ||
      compare(a.subLocator, b.subLocator) ||
      compare(a.id, b.id),
  );
}

/** A tool that does not say which part it means speaks of the stated one, as between tools (findings.md). */
const unlocated = (reported: readonly Exposure[], own: Exposure): Exposure | undefined =>
  reported.find(
    (item) => item.resource === own.resource && item.weakness === own.weakness && item.subLocator === "",
  );

function exposureOf(stated: StatedExposure, estate: Estate): Exposure {
  const weakness = registered(stated.weakness);
  // ARM ids do not distinguish case; the estate may hold them either way.
  const resource =
    estate.resource(stated.resource) ??
    estate.resource(resourceId(stated.resource.toLowerCase())) ??
    undefined;
  const id = resource?.id ?? stated.resource;
  const workload = estate.workloads.find((item) => `workload:${item.id}` === id);
  const described = describeArn(id);
  const account = stated.account ?? resource?.account ?? workload?.account;
  const key = JSON.stringify([id, stated.weakness, ""]);
  const seen = stated.origin.source.observedAt;
  const title = weaknessTitle(weakness, stated.subLocator);
  const finding: ExposureFinding = {
    fingerprint: fingerprint({
      tool: statedTool,
      provider: "remit",
      check: stated.weakness,
      account,
      region: resource?.region,
      resource: id,
      subLocator: stated.subLocator,
      instance: undefined,
    }),
    tool: statedTool,
    check: stated.weakness,
    nativeIds: [stated.id],
    result: stated.state === "open" ? "fail" : "pass",
    state: stated.state,
    severity: stated.severity,
    title,
    detail: stated.origin.statedBy === undefined ? "" : `stated by ${stated.origin.statedBy}`,
    ...(seen === undefined ? {} : { firstSeen: seen, lastSeen: seen }),
    quality: [],
    evidence: [evidenceAt(stated.origin, `${title}: ${stated.state}`)],
  };
  return {
    id: digestOf(["exposure/1", key, stated.subLocator], 24),
    resource: id,
    resourceName: resource?.name ?? workload?.name ?? described?.name ?? id.replace(/^workload:/, ""),
    resourceKind: resource?.kind ?? (workload === undefined ? described?.kind : "workload") ?? "other",
    ...(account === undefined ? {} : { account }),
    ...(resource?.region === undefined ? {} : { region: resource.region }),
    weakness: weakness.id,
    class: weakness.class,
    title,
    ...(weakness.formula === undefined ? {} : { formula: weakness.formula }),
    ...(weakness.threat === undefined ? {} : { threat: weakness.threat }),
    subLocator: stated.subLocator,
    severity: stated.severity,
    state: stated.state,
    findings: [finding],
    tags: resource?.tags ?? {},
    ...(seen === undefined ? {} : { firstSeen: seen, lastSeen: seen }),
  };
}

function join(reported: Exposure, stated: Exposure): Exposure {
  const open = reported.state === "open" || stated.state === "open";
  return {
    ...reported,
    id: stated.id,
    subLocator: stated.subLocator,
    title: stated.title,
    severity: worstSeverity([reported.severity, stated.severity]),
    state: open ? "open" : reported.state,
    findings: [...reported.findings, ...stated.findings],
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

import type {
  DataQuality,
  FindingDraft,
  FindingResult,
  Muting,
  NamedResource,
  ObservedTime,
  OwnerHint,
  Severity,
  VulnerabilityDetail,
} from "../../core/findings/index.js";
import { severityOfScore } from "./cvss.js";
import { parsePurl } from "./package-url.js";

/** What a scanner says about one flaw of one component. */
export interface Flaw {
  readonly tool: string;
  /** As `flawIds` orders them; the first names the check. */
  readonly ids: readonly string[];
  readonly resource: NamedResource;
  readonly package?: string | undefined;
  readonly purl?: string | undefined;
  readonly installed?: string | undefined;
  readonly fixed?: readonly string[] | undefined;
  /** Files that hold the component; the first tells its copies apart. */
  readonly places?: readonly string[] | undefined;
  readonly severity: Severity;
  readonly cvss?: number | undefined;
  readonly epss?: VulnerabilityDetail["epss"];
  readonly exploited?: boolean | undefined;
  readonly reachable?: boolean | undefined;
  readonly artifact?: VulnerabilityDetail["artifact"];
  readonly result?: FindingResult;
  readonly muting?: Muting | undefined;
  readonly title?: string | undefined;
  readonly detail?: string | undefined;
  readonly nativeIds?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly observed?: ObservedTime | undefined;
  readonly firstSeenAt?: string | undefined;
  readonly ownerHints?: readonly OwnerHint[] | undefined;
  readonly quality?: readonly DataQuality[];
}

/**
 * The row of a flaw. The version is no part of its identity, nor of the places: a component that was raised and is still
 * flawed is the same finding. Copies in different files, and different components, stay apart.
 */
export function flawDraft(flaw: Flaw): FindingDraft {
  const { ids, installed } = flaw;
  const parsed = parsePurl(flaw.purl);
  const name = flaw.package ?? parsed?.name;
  const version = installed ?? parsed?.version;
  const id = ids[0] ?? "unknown";
  const places = (flaw.places ?? []).filter((place) => place !== "");
  const withoutVersion = (text: string): string =>
    version === undefined || version.length < 3 ? text : text.replaceAll(version, "*");
  const component = parsed?.component ?? name ?? "";
  const place = places[0] === undefined ? "" : withoutVersion(places[0]);
  const severity = flaw.severity === "unknown" ? severityOfScore(flaw.cvss) : flaw.severity;
  const what = name === undefined ? id : `${id} in ${name}${version === undefined ? "" : ` ${version}`}`;
  const mended =
    flaw.fixed === undefined || flaw.fixed.length === 0 ? "" : `; mended in ${flaw.fixed.join(", ")}`;
  const quality = [...(flaw.quality ?? [])];
  if (flaw.observed?.zoneAssumed === true) quality.push("zone-assumed");
  return {
    tool: flaw.tool,
    provider: flaw.resource.provider,
    check: { kind: "vulnerability", id },
    resource: flaw.resource,
    result: flaw.result ?? "fail",
    severity,
    title: flaw.title ?? what,
    detail: `${what}${mended}${flaw.detail === undefined ? "" : `: ${flaw.detail}`}`,
    nativeIds: flaw.nativeIds ?? [],
    tags: flaw.tags ?? {},
    observedAt: flaw.observed?.at,
    firstSeenAt: flaw.firstSeenAt,
    instance: [component, place].filter((part) => part !== "").join("|") || undefined,
    quality,
    ownerHints: flaw.ownerHints,
    muting: flaw.muting,
    vulnerability: {
      ids,
      ...(parsed === undefined ? {} : { purl: parsed.purl }),
      ...(name === undefined ? {} : { package: name }),
      ...(version === undefined ? {} : { installed: version }),
      ...(flaw.fixed === undefined ? {} : { fixed: flaw.fixed }),
      ...(flaw.cvss === undefined ? {} : { cvss: flaw.cvss }),
      ...(flaw.epss === undefined ? {} : { epss: flaw.epss }),
      ...(flaw.exploited === undefined ? {} : { exploited: flaw.exploited }),
      ...(flaw.reachable === undefined ? {} : { reachable: flaw.reachable }),
      ...(places.length === 0 ? {} : { places }),
      ...(flaw.artifact === undefined ? {} : { artifact: flaw.artifact }),
    },
  };
}

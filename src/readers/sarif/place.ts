import { createHash } from "node:crypto";
import { isObject, member, objects, text, type JsonObject } from "../json-value.js";

export interface SarifPlace {
  readonly file?: string;
  readonly line?: number;
  /** Fully qualified name of the function or type. */
  readonly logical?: string;
}

/** The first location; the others of a result are places of the same problem (SARIF 2.1.0, 3.27.12). */
export function placeOf(result: JsonObject, run: JsonObject): SarifPlace {
  const [location] = objects(member(result, "locations"));
  const physical = member(location, "physicalLocation");
  const artifact = member(physical, "artifactLocation");
  const index = member(artifact, "index");
  const listed = typeof index === "number" ? objects(member(run, "artifacts"))[index] : undefined;
  const uri = text(artifact, "uri") ?? text(member(listed, "location"), "uri");
  const line = member(member(physical, "region"), "startLine");
  const logical = text(objects(member(location, "logicalLocations"))[0], "fullyQualifiedName");
  return {
    ...(uri === undefined ? {} : { file: decoded(uri) }),
    ...(typeof line === "number" && line > 0 ? { line } : {}),
    ...(logical === undefined ? {} : { logical }),
  };
}

/** Members that tell who wrote the line, or change with every change of the file, not what is wrong. */
const ofOthers = /author|email|date|message|commit|user|filehash/i;

/**
 * What the tool tells results apart by over runs: `fingerprints`, else `partialFingerprints`, else the ids (3.27.16 to
 * 3.27.19). Values are not always texts; what counts is that they are equal.
 */
export function stableIdOf(result: JsonObject): string | undefined {
  for (const key of ["fingerprints", "partialFingerprints"]) {
    const prints = member(result, key);
    if (!isObject(prints)) continue;
    const own = Object.entries(prints)
      .filter(([name]) => !ofOthers.test(name))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    if (own.length > 0) return createHash("sha256").update(JSON.stringify(own)).digest("hex").slice(0, 12);
  }
  return text(result, "correlationGuid")?.slice(0, 36);
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    // A `%` that is no escape: the path is kept as it stands.
    return uri;
  }
}

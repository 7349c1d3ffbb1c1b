import type { ParsedDocument } from "../document.js";
import { isRecord, listOf, parseJson, placeAt, type JsonRecord, type Place } from "../drafting/index.js";

/** One audit record where it stands; `record` is undefined when its text could not be read. */
export interface TrailRecord {
  readonly record: JsonRecord | undefined;
  /** The outer part of a `lookup-events` answer or an EventBridge event, which repeats some fields. */
  readonly outer?: JsonRecord;
  readonly place: Place;
}

const isEvent = (value: unknown): value is JsonRecord =>
  isRecord(value) &&
  typeof value["eventName"] === "string" &&
  ("eventSource" in value || "userIdentity" in value);

const isLookup = (value: unknown): value is JsonRecord =>
  isRecord(value) && typeof value["CloudTrailEvent"] === "string";

const isBridge = (value: unknown): value is JsonRecord =>
  isRecord(value) && "detail-type" in value && isEvent(value["detail"]);

/** Whether a value is CloudTrail in one of its envelopes, judged by its first element. */
export function isTrail(value: unknown): boolean {
  if (isEvent(value) || isLookup(value) || isBridge(value)) return true;
  if (Array.isArray(value))
    return value.length > 0 && isTrail((value as unknown[])[0]) && !Array.isArray(value[0]);
  if (!isRecord(value)) return false;
  for (const member of ["Records", "Events"]) {
    const items = value[member];
    if (Array.isArray(items) && items.length > 0) return isTrail((items as unknown[])[0]);
  }
  return false;
}

/** All records of a document, in order: bare list, `Records`, `lookup-events`, EventBridge, one event, JSON lines. */
export function* trailRecords(document: ParsedDocument, root: Place): Generator<TrailRecord> {
  if (document.format === "json-lines") {
    for (const [index, value] of listOf(document.value).entries()) {
      const line = document.lines?.[index];
      const { source } = root.origin;
      yield* unpack(value, placeAt({ source, ...(line === undefined ? {} : { line }) }));
    }
    return;
  }
  yield* unpack(document.value, root);
}

function* unpack(value: unknown, place: Place): Generator<TrailRecord> {
  if (Array.isArray(value)) {
    for (const [index, item] of (value as unknown[]).entries()) yield* unpack(item, place.at(index));
  } else if (isRecord(value) && Array.isArray(value["Records"])) {
    yield* unpack(value["Records"], place.at("Records"));
  } else if (isRecord(value) && Array.isArray(value["Events"])) {
    yield* unpack(value["Events"], place.at("Events"));
  } else if (isLookup(value)) {
    const text = value["CloudTrailEvent"];
    const record = typeof text === "string" ? parseJson(text) : undefined;
    const at = place.at("CloudTrailEvent");
    yield isRecord(record) ? { record, outer: value, place: at.decoded() } : { record: undefined, place: at };
  } else if (isBridge(value) && isRecord(value["detail"])) {
    yield { record: value["detail"], outer: value, place: place.at("detail") };
  } else yield { record: isRecord(value) ? value : undefined, place };
}

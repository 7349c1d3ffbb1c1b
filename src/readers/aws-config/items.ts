import {
  isRecord,
  listOf,
  parseJson,
  pick,
  textOf,
  timeOf,
  type Draft,
  type JsonRecord,
  type Place,
} from "../drafting/index.js";

/** A configuration item, whichever envelope it came in. */
export interface ConfigItem {
  readonly type: string | undefined;
  readonly arn: string | undefined;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly deleted: boolean;
  readonly capturedAt: string | undefined;
  readonly configuration: JsonRecord;
  readonly configurationPlace: Place;
  readonly supplementary: JsonRecord;
  readonly supplementaryPlace: Place;
  readonly tags: unknown;
}

type Envelope = "items" | "select" | "rule" | "notification";

export function envelopeOf(value: unknown): Envelope | undefined {
  if (!isRecord(value)) return undefined;
  const items = value["configurationItems"] ?? value["baseConfigurationItems"];
  if (Array.isArray(items)) return "items";
  if (typeof value["invokingEvent"] === "string" && "configRuleName" in value) return "rule";
  if (isRecord(value["configurationItem"])) return "notification";
  const results = value["Results"];
  if (!Array.isArray(results)) return undefined;
  const first = parseJson(textOf((results as unknown[])[0]) ?? "");
  const fields = isRecord(value["QueryInfo"]) ? listOf(value["QueryInfo"]["SelectFields"]) : [];
  const selected = fields.some(
    (field) => isRecord(field) && String(field["Name"]).startsWith("configuration"),
  );
  return selected || (isRecord(first) && "configuration" in first) ? "select" : undefined;
}

/** The items of a document; what holds none says why. */
export function configItems(value: JsonRecord, draft: Draft): readonly ConfigItem[] {
  switch (envelopeOf(value)) {
    case "items": {
      const member = "configurationItems" in value ? "configurationItems" : "baseConfigurationItems";
      return listOf(value[member]).flatMap((item, index) => {
        draft.count("configurationItems");
        const place = draft.root.at(member, index);
        if (isRecord(item)) return [itemOf(item, place)];
        draft.reject(place, "no configuration item");
        return [];
      });
    }
    case "notification": {
      draft.count("configurationItems");
      const item = value["configurationItem"];
      return isRecord(item) ? [itemOf(item, draft.root.at("configurationItem"))] : [];
    }
    case "select":
      return listOf(value["Results"]).flatMap((text, index) => {
        draft.count("results");
        const place = draft.root.at("Results", index);
        const item = typeof text === "string" ? parseJson(text) : text;
        if (isRecord(item)) return [itemOf(item, typeof text === "string" ? place.decoded() : place)];
        draft.reject(place, "a result that is no JSON object");
        return [];
      });
    case "rule": {
      draft.count("events");
      const place = draft.root.at("invokingEvent");
      const event = parseJson(textOf(value["invokingEvent"]) ?? "");
      const item = isRecord(event) ? event["configurationItem"] : undefined;
      if (isRecord(item)) return [itemOf(item, place.decoded().at("configurationItem"))];
      const bucket = isRecord(event) ? textOf(event["s3Bucket"]) : undefined;
      const key = isRecord(event) ? textOf(event["s3ObjectKey"]) : undefined;
      draft.reject(place, "this event holds no configuration item", {
        hint:
          bucket === undefined || key === undefined
            ? "supply the item itself"
            : `supply the snapshot it points to: s3://${bucket}/${key}`,
      });
      return [];
    }
    case undefined:
      return [];
  }
}

function itemOf(item: JsonRecord, place: Place): ConfigItem {
  const [configuration, configurationPlace] = member(item, "configuration", place);
  const [supplementary, supplementaryPlace] = member(item, "supplementaryConfiguration", place);
  const text = (...names: string[]): string | undefined => textOf(pick(item, ...names));
  return {
    type: text("resourceType"),
    arn: text("arn", "ARN"),
    id: text("resourceId"),
    name: text("resourceName"),
    account: text("accountId", "awsAccountId"),
    region: text("awsRegion"),
    deleted: /Deleted/.test(text("configurationItemStatus") ?? ""),
    capturedAt: timeOf(pick(item, "configurationItemCaptureTime")),
    configuration,
    configurationPlace,
    supplementary,
    supplementaryPlace,
    tags: pick(item, "tags"),
  };
}

/** `configuration` is an object, or in history answers the JSON text of one. */
function member(item: JsonRecord, name: string, place: Place): readonly [JsonRecord, Place] {
  const value = pick(item, name);
  const at = place.at(name);
  if (typeof value === "string") {
    const parsed = parseJson(value);
    return [isRecord(parsed) ? parsed : {}, at.decoded()];
  }
  return [isRecord(value) ? value : {}, at];
}

import { draftReading, isRecord, placeAt, type Place } from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { applyItem } from "./apply.js";
import { configItems, envelopeOf, type ConfigItem } from "./items.js";

/** AWS Config: history, snapshot files, select results, rule events and change notifications. */
export const configReader: EstateReader = {
  kind: "aws-config",
  title: "AWS Config items",
  recordsStandAlone: true,
  recognises: ({ value }) => envelopeOf(value) !== undefined,
  read({ value }, context) {
    const draft = draftReading(context);
    if (!isRecord(value)) return draft.reading();
    for (const item of newestOf(configItems(value, draft))) applyItem(draft, dated(item));
    return draft.reading();
  },
};

/** A history holds a resource many times: its newest item is what is, the others what was. */
function newestOf(items: readonly ConfigItem[]): readonly ConfigItem[] {
  const newest = new Map<string, ConfigItem>();
  const loose: ConfigItem[] = [];
  for (const item of items) {
    if (item.type === undefined || item.id === undefined) {
      loose.push(item);
      continue;
    }
    const key = `${item.account ?? ""}|${item.region ?? ""}|${item.type}|${item.id}`;
    const known = newest.get(key);
    if (known === undefined || (known.capturedAt ?? "") < (item.capturedAt ?? "")) newest.set(key, item);
  }
  return [...newest.values(), ...loose];
}

/** The item tells itself when it was observed. */
function dated(item: ConfigItem): ConfigItem {
  const { capturedAt } = item;
  if (capturedAt === undefined) return item;
  const at = (place: Place): Place =>
    placeAt({ ...place.origin, source: { ...place.origin.source, observedAt: capturedAt } });
  return {
    ...item,
    configurationPlace: at(item.configurationPlace),
    supplementaryPlace: at(item.supplementaryPlace),
  };
}

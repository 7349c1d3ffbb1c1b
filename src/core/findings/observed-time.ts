export interface ObservedTime {
  /** ISO 8601 in UTC with milliseconds, so that times compare as text. */
  readonly at: string;
  /** The source named no zone; UTC was assumed. */
  readonly zoneAssumed: boolean;
}

/** 2001-09-09 in milliseconds, 33658 in seconds: no scan lies on the wrong side. */
const secondsBelow = 1e12;
const isoText =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d{1,9}))?\s*(Z|z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * A point in time as the tools write it: epoch seconds or milliseconds, ISO with or without zone, with a blank
 * instead of `T`, with up to nine digits of a second. Undefined for anything else.
 */
export function observedTime(value: unknown): ObservedTime | undefined {
  if (typeof value === "string" && value === last.text) return last.time;
  const time = timeOf(value);
  if (typeof value === "string") last = { text: value, time };
  return time;
}

/** The rows of one scan mostly tell the same time: it is worked out once and held once. */
let last: { readonly text: string; readonly time: ObservedTime | undefined } = { text: "", time: undefined };

function timeOf(value: unknown): ObservedTime | undefined {
  if (typeof value === "number" && Number.isFinite(value) && value > 0) {
    return iso(value < secondsBelow ? value * 1000 : value, false);
  }
  if (typeof value !== "string") return undefined;
  const parts = isoText.exec(value.trim());
  if (parts === null) return undefined;
  const [, day, clock = "00:00:00", fraction = "", zone] = parts;
  const seconds = clock.length === 5 ? `${clock}:00` : clock;
  const offset = zone === undefined || zone.toUpperCase() === "Z" ? "Z" : withColon(zone);
  return iso(
    Date.parse(`${day ?? ""}T${seconds}.${fraction.padEnd(3, "0").slice(0, 3)}${offset}`),
    zone === undefined,
  );
}

const withColon = (zone: string): string =>
  zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;

function iso(milliseconds: number, zoneAssumed: boolean): ObservedTime | undefined {
  const time = new Date(milliseconds);
  return Number.isNaN(time.getTime()) ? undefined : { at: time.toISOString(), zoneAssumed };
}

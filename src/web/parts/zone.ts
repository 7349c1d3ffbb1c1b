const switchName = "remit-zone";

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

/** Undefined where nobody knows such a zone. */
function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(zone)) {
    try {
      formats.set(
        zone,
        new Intl.DateTimeFormat("en-GB", {
          timeZone: zone,
          year: "numeric",
          month: "2-digit",
          day: "2-digit",
          hour: "2-digit",
          minute: "2-digit",
          hourCycle: "h23",
        }),
      );
    } catch {
      formats.set(zone, undefined);
    }
  }
  return formats.get(zone);
}

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone that was chosen in this browser; undefined: the browser's own. */
export function chosenZone(): string | undefined {
  const kept = localStorage.getItem(switchName) ?? "";
  return kept === "" || formatOf(kept) === undefined ? undefined : kept;
}

export function chooseZone(zone: string | undefined): void {
  if (zone === undefined) localStorage.removeItem(switchName);
  else localStorage.setItem(switchName, zone);
}

/** `10:14 Berlin`, with its day where that is another one than in UTC; undefined where the zone adds nothing. */
export function inZone(instant: string, zone: string): string | undefined {
  const date = new Date(instant);
  const format = formatOf(zone);
  if (zone === "UTC" || format === undefined || Number.isNaN(date.getTime())) return undefined;
  const parts = new Map(format.formatToParts(date).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? "";
  const day = `${part("year")}-${part("month")}-${part("day")}`;
  const time = `${part("hour")}:${part("minute")} ${cityOf(zone)}`;
  return day === date.toISOString().slice(0, 10) ? time : `${day} ${time}`;
}

/** The same in the zone of whoever looks. */
export const inOwnZone = (instant: string): string | undefined =>
  inZone(instant, chosenZone() ?? browserZone());

/** `New York` */
export const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");

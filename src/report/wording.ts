/** 2947 → `2,947`. By hand, so that no locale of the machine shows through. */
export const count = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+(?!\d))/g, ",");

/** `1 case`, `3 cases`. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

const hour = 3_600_000;
const day = 24 * hour;

/** `today`, `3 d`, `2 h late`, `–`: the clock as the table shows it, by UTC days. */
export function dueText(due: string | null, now: string): string {
  if (due === null) return "–";
  const [end, at] = [Date.parse(due), Date.parse(now)];
  if (Number.isNaN(end) || Number.isNaN(at)) return "–";
  const late = at - end;
  if (late > 0)
    return late < day ? `${Math.max(1, Math.floor(late / hour))} h late` : `${Math.floor(late / day)} d late`;
  const days = Math.floor(end / day) - Math.floor(at / day);
  return days === 0 ? "today" : `${days} d`;
}

/** The nearest of several clocks, or null. */
export const nearest = (clocks: readonly (string | null)[]): string | null =>
  clocks.reduce<string | null>(
    (best, clock) =>
      clock !== null && (best === null || Date.parse(clock) < Date.parse(best)) ? clock : best,
    null,
  );

/** `2026-11-22` of an instant; evidence and print always speak UTC. */
export const dayOf = (instant: string): string => instant.slice(0, 10);

/** `2026-11-22 09:14 UTC` */
export const minuteOf = (instant: string): string =>
  /T\d{2}:\d{2}/.test(instant) ? `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC` : instant;

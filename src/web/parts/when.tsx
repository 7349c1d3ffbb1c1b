import { inOwnZone } from "./zone.js";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `2026-11-22 09:14 UTC` */
export function absolute(instant: string): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? instant : `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** `2026-11-22 09:14 UTC · 10:14 Berlin` */
function inFull(instant: string): string {
  const own = inOwnZone(instant);
  return own === undefined ? absolute(instant) : `${absolute(instant)} · ${own}`;
}

/** A moment as evidence and the ledger print it, in UTC; under the pointer in one's own zone. */
export function Moment({ at }: { readonly at: string }) {
  const own = inOwnZone(at);
  return (
    <time dateTime={at} {...(own === undefined ? {} : { "data-full": own })}>
      {absolute(at)}
    </time>
  );
}

/** `2026-11-22` */
export const dayOf = (instant: string): string => instant.slice(0, 10);

/** `3 d`, `2 h`, `12 min`: the largest unit that is full, rounded down. */
export function span(milliseconds: number): string {
  const length = Math.abs(milliseconds);
  if (length >= 2 * day) return `${String(Math.floor(length / day))} d`;
  if (length >= hour) return `${String(Math.floor(length / hour))} h`;
  return `${String(Math.floor(length / minute))} min`;
}

/** `12 min ago`, `just now` */
export function ago(instant: string, now: string): string {
  const past = Date.parse(now) - Date.parse(instant);
  return past < minute ? "just now" : `${span(past)} ago`;
}

/** `2 h late`, `today`, `3 d` */
export function dueWords(due: string, now: string): string {
  const left = Date.parse(due) - Date.parse(now);
  if (left < 0 && left > -minute) return "due now";
  if (left < 0) return `${span(left)} late`;
  return due.slice(0, 10) === now.slice(0, 10) || left < hour ? "today" : left < 2 * day ? "1 d" : span(left);
}

/** How long until something is due; `late` is a word, its colour is extra. */
export function Due({ at, now }: { readonly at: string | undefined; readonly now: string }) {
  if (at === undefined) return <span className="due">no clock</span>;
  const words = dueWords(at, now);
  return (
    <time className={words.endsWith("late") ? "due late" : "due"} dateTime={at} data-full={inFull(at)}>
      {words}
    </time>
  );
}

/** A moment in the past, from far away: `3 h ago`. */
export function Ago({ at, now }: { readonly at: string; readonly now: string }) {
  return (
    <time dateTime={at} data-full={inFull(at)}>
      {ago(at, now)}
    </time>
  );
}

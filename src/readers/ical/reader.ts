import { createRequire } from "node:module";
import type ICAL from "ical.js";
import type { Origin } from "../../core/estate/index.js";
import { draftReading, type Draft } from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { zonedInstant } from "./zoned-instant.js";

type Library = typeof ICAL;
type Event = InstanceType<Library["Event"]>;
type Time = InstanceType<Library["Time"]>;
type Component = InstanceType<Library["Component"]>;

const day = 86_400_000;
/** Shifts around the time at which the calendar was seen; a rotation without an end has no last one. */
const daysBack = 31;
const daysAhead = 400;
const mostShifts = 2000;
/** Steps of one rule: one that began long ago walks up to the window first. */
const mostSteps = 20_000;

/** An on-call calendar (RFC 5545): each event is a shift of whoever attends it, or is named in its summary. */
export const icalReader: EstateReader = {
  kind: "on-call-calendar",
  title: "on-call calendar",
  recognises: ({ format, text }) => format === "text" && /^\s*BEGIN:VCALENDAR\r?$/m.test(text.slice(0, 200)),
  read({ text }, context) {
    const draft = draftReading(context);
    const library = createRequire(import.meta.url)("ical.js") as Library;
    let calendar: Component;
    try {
      calendar = new library.Component(library.parse(text) as [string, unknown[], unknown[]]);
    } catch (error) {
      draft.reject(draft.root, `not a calendar that can be read: ${reasonOf(error)}`, {
        hint: "export the calendar again; nothing of it was used",
      });
      return draft.reading();
    }
    readCalendar(library, calendar, text, draft);
    return draft.reading();
  },
};

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0]?.slice(0, 120).toLowerCase() ?? "";

function readCalendar(library: Library, calendar: Component, text: string, draft: Draft): void {
  const lines = text
    .split(/\r?\n/)
    .flatMap((line, index) => (/^BEGIN:VEVENT\s*$/.test(line) ? [index + 1] : []));
  const title = textOf(calendar.getFirstPropertyValue("x-wr-calname")) ?? fileName(draft.context.source.path);
  const zone = textOf(calendar.getFirstPropertyValue("x-wr-timezone"));
  const components = calendar.getAllSubcomponents("vevent");
  const events = components.map((component, index) => ({
    event: new library.Event(component, { strictExceptions: true }),
    line: lines[index],
  }));
  for (const { event, line } of events) {
    const { line: _, ...rest } = draft.root.origin;
    const origin: Origin = { ...rest, ...(line === undefined ? {} : { line }) };
    draft.count("events");
    const fault = (reason: string, hint: string): void => {
      draft.reject({ ...draft.root, origin }, reason, { hint });
    };
    try {
      if (event.isRecurrenceException()) continue;
      for (const other of events)
        if (other.event.uid === event.uid && other.event.isRecurrenceException())
          event.relateException(other.event);
      readEvent(event, { title, zone, origin, draft, fault });
    } catch (error) {
      fault(`an event that cannot be read: ${reasonOf(error)}`, "mend the event; the others are used");
    }
  }
}

/** The declarations of the library name this shape and do not export it. */
interface Occurrence {
  readonly item: Event;
  readonly startDate: Time;
  readonly endDate: Time;
}

interface Setting {
  readonly title: string;
  readonly zone: string | undefined;
  readonly origin: Origin;
  readonly draft: Draft;
  readonly fault: (reason: string, hint: string) => void;
}

function readEvent(event: Event, setting: Setting): void {
  const { title, origin, draft, fault } = setting;
  if (String(event.component.getFirstPropertyValue("status") ?? "").toUpperCase() === "CANCELLED") return;
  const observed = Date.parse(origin.source.observedAt ?? "");
  const within = (from: number, until: number): boolean =>
    Number.isNaN(observed) || (until > observed - daysBack * day && from < observed + daysAhead * day);
  const covers = namesOf(title);
  let added = 0;
  const add = (item: Event, start: Time, end: Time): "next" | "stop" => {
    const from = instantOf(start, item, setting);
    const until = instantOf(end, item, setting);
    if (from === undefined || until === undefined) {
      fault(
        "a time without a zone: nobody can tell when the shift begins",
        "give times in UTC or with TZID, or the calendar an X-WR-TIMEZONE",
      );
      return "stop";
    }
    const [a, b] = [Date.parse(from), Date.parse(until)];
    if (!Number.isNaN(observed) && a > observed + daysAhead * day) return "stop";
    if (!within(a, b) || b <= a) return "next";
    for (const person of peopleOf(item))
      draft.add("shifts", { schedule: title, covers, person, from, until, level: 1, origin });
    added += 1;
    return "next";
  };
  if (!event.isRecurring()) {
    add(event, event.startDate, event.endDate);
    return;
  }
  const steps = event.iterator();
  for (let step = 0; ; step += 1) {
    if (added >= mostShifts || step >= mostSteps) {
      fault(
        `a rotation with more than ${String(added >= mostShifts ? mostShifts : mostSteps)} shifts: later ones are not read`,
        "export the calendar for a shorter time",
      );
      return;
    }
    // The types leave out that the iterator ends.
    const next = steps.next() as Time | undefined;
    if (next === undefined) return;
    const { item, startDate, endDate } = event.getOccurrenceDetails(next) as unknown as Occurrence;
    if (add(item, startDate, endDate) === "stop") return;
  }
}

/** Whoever attends by mail; else the summary, without what on-call tools write in front of a name. */
function peopleOf(event: Event): readonly string[] {
  const mails = event.attendees.flatMap((attendee) => {
    const mail = /^mailto:(.+)$/i.exec(String(attendee.getFirstValue()))?.[1];
    return mail === undefined ? [] : [mail.trim().toLowerCase()];
  });
  if (mails.length > 0) return [...new Set(mails)].sort();
  // The types say that there always is a summary.
  const summary = ((event.summary as string | null) ?? "").replace(/^\s*on[- ]?call\s*[-–:]\s*/i, "").trim();
  return summary === "" ? [] : [summary];
}

/** ISO instant; undefined where neither the time nor the calendar says in which zone it is. */
function instantOf(time: Time, event: Event, { zone }: Setting): string | undefined {
  const known = (time.zone as { tzid?: string } | null)?.tzid;
  if (known !== undefined && known !== "floating" && !time.isDate)
    return new Date(time.toUnixTime() * 1000).toISOString();
  const stated = event.component.getFirstProperty("dtstart")?.getParameter("tzid");
  const named = typeof stated === "string" ? stated : zone;
  return named === undefined ? undefined : zonedInstant(time, named);
}

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;

const fileName = (path: string): string => path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");

/** What a calendar is called, and the same without the words that say that it is one. */
function namesOf(title: string): readonly string[] {
  const plain = title.toLowerCase();
  const bare = plain
    .replace(/\b(on[- ]?call|schedule|rotation|calendar)\b/g, " ")
    .replace(/[\s_:–-]+/g, " ")
    .trim();
  return [...new Set([plain, bare, bare.replaceAll(" ", "-")].filter((name) => name !== ""))];
}

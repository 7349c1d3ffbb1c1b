import type { CaseEvent } from "../events/event.js";
import { peopleStream, type PeopleEvent } from "../events/people-events.js";
import { canonical } from "./canonical.js";
import { noLink } from "./digest.js";
import { eventProblem } from "./event-shape.js";
import { hashOf } from "./seal.js";

/** The first link that does not hold, by its place in the stream; nothing after it is believed. */
export interface BrokenLink {
  /** 1 is the first event. */
  readonly position: number;
  /** Of the event, where it can still be read. */
  readonly case?: string;
  readonly sequence?: number;
  readonly because: string;
}

export type CaseCheck =
  | { readonly kind: "whole"; readonly events: readonly CaseEvent[] }
  | { readonly kind: "broken"; readonly at: BrokenLink };

/** A link of the ledger: of a case, or of what was done to the names behind pseudonyms. */
export type LedgerEvent = CaseEvent | PeopleEvent;

export const isPeopleEvent = (event: LedgerEvent): event is PeopleEvent => event.case === peopleStream;

/** An event as its stored line gives it; or why that line is none. */
export function readEvent(line: string): LedgerEvent | { readonly because: string } {
  const value = parsed(line);
  if (value === undefined) return { because: "it is no JSON" };
  // Another spelling of the same value is a change of its bytes.
  if (canonical(value) !== line) return { because: "its bytes are not those that were written" };
  const problem = eventProblem(value);
  return problem === undefined ? (value as LedgerEvent) : { because: problem };
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
};

/** Whether an event follows the one before it in its case, and carries the hash of its own content. */
export function linkProblem(before: LedgerEvent | undefined, event: LedgerEvent): string | undefined {
  if (hashOf(event) !== event.hash) return "its hash is not that of its content";
  if (event.previous !== (before?.hash ?? noLink))
    return before === undefined
      ? "it is not the first event of its case"
      : "it does not follow the event before it";
  if (event.sequence !== (before?.sequence ?? 0) + 1) return "its number does not follow";
  if (before !== undefined && event.case !== before.case) return `it belongs to case \`${event.case}\``;
  if (before !== undefined && event.at < before.at) return "it lies before the event before it";
  if (isPeopleEvent(event)) return undefined;
  if ((event.fact.kind === "opened") !== (before === undefined)) return "a case is opened once, and first";
  return undefined;
}

/** The stream of one case, as stored lines: whole, or where it breaks first. Needs nothing but the lines. */
export function verifyCase(lines: Iterable<string>): CaseCheck {
  const events: CaseEvent[] = [];
  let position = 0;
  for (const line of lines) {
    position += 1;
    const event = readEvent(line);
    if ("because" in event) return { kind: "broken", at: { position, because: event.because } };
    const because = isPeopleEvent(event) ? "it is an event of no case" : linkProblem(events.at(-1), event);
    if (because !== undefined) {
      const { sequence } = event;
      return { kind: "broken", at: { position, case: event.case, sequence, because } };
    }
    events.push(event as CaseEvent);
  }
  return { kind: "whole", events };
}

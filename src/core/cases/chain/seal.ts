import type { CaseEvent } from "../events/event.js";
import { canonical } from "./canonical.js";
import { digestOf } from "./digest.js";

/** The hash that an event must carry; undefined where its content cannot be written in one way. */
export function hashOf(event: Omit<CaseEvent, "hash"> & { readonly hash?: string }): string | undefined {
  const text = canonical({ ...event, hash: undefined });
  return text === undefined ? undefined : digestOf(text);
}

/** The event as it is stored and exported: one line of canonical JSON. */
export function eventText(event: CaseEvent): string | undefined {
  return canonical(event);
}

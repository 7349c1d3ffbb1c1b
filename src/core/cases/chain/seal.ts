import type { Envelope } from "../events/envelope.js";
import { canonical } from "./canonical.js";
import { digestOf } from "./digest.js";

/** The hash that an event must carry; undefined where its content cannot be written in one way. */
export function hashOf(
  event: Omit<Envelope, "hash"> & { readonly fact: object; readonly hash?: string },
): string | undefined {
  const text = canonical({ ...event, hash: undefined });
  return text === undefined ? undefined : digestOf(text);
}

/** The event as it is stored and exported: one line of canonical JSON. */
export function eventText(event: Envelope & { readonly fact: object }): string | undefined {
  return canonical(event);
}

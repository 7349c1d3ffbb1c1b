import type { Origin } from "../../core/estate/index.js";

/** A spot in a document that knows how to name the spots below it (JSON Pointer, RFC 6901). */
export interface Place {
  readonly origin: Origin;
  /** The member or element below. */
  at(...parts: readonly (string | number)[]): Place;
  /** Inside the text that stands here and holds a document of its own. Texts inside such a text continue the path. */
  decoded(): Place;
}

export const escapePointer = (part: string | number): string =>
  String(part).replaceAll("~", "~0").replaceAll("/", "~1");

export function placeAt(origin: Origin): Place {
  return {
    origin,
    at(...parts) {
      const suffix = parts.map((part) => `/${escapePointer(part)}`).join("");
      if (origin.inner !== undefined) return placeAt({ ...origin, inner: origin.inner + suffix });
      return placeAt({ ...origin, pointer: (origin.pointer ?? "") + suffix });
    },
    decoded: () => placeAt({ ...origin, pointer: origin.pointer ?? "", inner: origin.inner ?? "" }),
  };
}

/** The whole path, for messages about a fault. */
export const pathOf = (origin: Origin): string => (origin.pointer ?? "") + (origin.inner ?? "");

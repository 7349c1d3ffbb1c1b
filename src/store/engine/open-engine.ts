import { openEmbedded } from "./embedded-engine.js";
import type { Engine } from "./engine.js";
import { openPostgres } from "./postgres-engine.js";

/** Where the data lie: a PostgreSQL, the embedded database below a folder, or memory (for tests). */
export type Place =
  | { readonly kind: "postgres"; readonly url: string; readonly connections?: number }
  | { readonly kind: "embedded"; readonly home: string }
  | { readonly kind: "memory" };

export function openEngine(place: Place, now: () => string): Promise<Engine> {
  switch (place.kind) {
    case "postgres":
      return openPostgres(place);
    case "embedded":
      return openEmbedded({ home: place.home, now });
    case "memory":
      return openEmbedded({ now });
  }
}

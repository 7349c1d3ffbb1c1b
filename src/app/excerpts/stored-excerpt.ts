import { isCitedInSight, type Looker } from "../access/sight.js";
import type { Installation } from "../installation/installation.js";
import { latestAnalysis } from "../installation/latest-analysis.js";
import type { Excerpt, Place } from "./document-excerpt.js";

export interface StoredExcerpt extends Excerpt {
  readonly path: string;
  readonly digest: string;
  readonly kind?: string;
  readonly observedAt?: string;
  readonly storedAt: string;
  readonly size: number;
}

export type Shown =
  | { readonly kind: "shown"; readonly excerpt: StoredExcerpt }
  /** Nobody ever imported it. */
  | { readonly kind: "unknown" }
  /** It was imported, and is not kept any more; `path` as it was named. */
  | { readonly kind: "gone"; readonly path: string }
  | { readonly kind: "unshowable"; readonly reason: string };

/** A place in a document that was imported. Analyses and catalogues are shown elsewhere, to whom they are for. */
export async function storedExcerpt(
  installation: Installation,
  looker: Looker,
  digest: string,
  place: Place,
): Promise<Shown> {
  const { store } = installation;
  if (!(await isCitedInSight(installation, looker, digest, place))) return { kind: "unknown" };
  const input = (await latestAnalysis(installation))?.inputs.find((item) => item.digest === digest);
  const named = await store.snapshots.naming(digest);
  const path = named?.path ?? (input?.role === "catalogue" ? input.document : undefined);
  const stored = await store.documents.find(digest);
  if (stored === undefined)
    return input === undefined ? { kind: "unknown" } : { kind: "gone", path: input.document };
  if (path === undefined) return { kind: "unknown" };
  // What reads documents is loaded with the first one that is shown, not with the server.
  const { excerptOf, mostExcerptBytes } = await import("./document-excerpt.js");
  if (stored.size > mostExcerptBytes)
    return { kind: "unshowable", reason: `the document is larger than ${String(mostExcerptBytes / 1e6)} MB` };
  const shown = excerptOf(await store.documents.bytes(digest), input?.kind, place);
  if (typeof shown === "string") return { kind: "unshowable", reason: shown };
  const observedAt = input?.observedAt ?? named?.takenAt;
  return {
    kind: "shown",
    excerpt: {
      // As evidence names it.
      path: input?.document ?? path,
      digest,
      ...(input === undefined ? {} : { kind: input.kind }),
      ...(observedAt === undefined ? {} : { observedAt }),
      storedAt: stored.storedAt,
      size: stored.size,
      ...shown,
    },
  };
}

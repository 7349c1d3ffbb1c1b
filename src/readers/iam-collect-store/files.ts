import type { SourceDocument } from "../../core/estate/index.js";
import type { Site } from "../aws-iam/identity.js";
import type { Rejection } from "../../core/estate/index.js";
import type { ParsedDocument } from "../document.js";
import { storePlace, type StorePlace } from "./place.js";

export interface EntityFile {
  readonly value: unknown;
  readonly source: SourceDocument;
}

/** The files of one folder, by name without `.json`. */
export interface EntityFiles {
  readonly place: StorePlace;
  get(name: string): EntityFile | undefined;
}

export function filesOf(documents: readonly ParsedDocument[]): EntityFiles | undefined {
  const byName = new Map<string, EntityFile>();
  let place: StorePlace | undefined;
  for (const document of documents) {
    const own = storePlace(document.source.path);
    if (own === undefined) continue;
    place ??= own;
    byName.set(own.file, {
      value: document.value,
      source: { ...document.source, kind: "iam-collect-store" },
    });
  }
  return place === undefined ? undefined : { place, get: (name) => byName.get(name) };
}

export const siteOf = (file: EntityFile, rejected: Rejection[]): Site => ({
  source: file.source,
  pointer: "",
  rejected,
});

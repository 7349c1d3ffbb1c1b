import type { Catalogue, OwnerFinder } from "../core/accountability/index.js";
import type { Rejection } from "../core/estate/index.js";

export interface ReadCatalogue {
  readonly catalogue?: Catalogue;
  readonly rejected: readonly Rejection[];
  readonly source: { readonly path: string; readonly digest: string };
}

export const loadCatalogue = async (path: string): Promise<ReadCatalogue> => ({
  rejected: [{ document: path, reason: "catalogues cannot be read yet" }],
  source: { path, digest: "" },
});

export const nobodyKnown: OwnerFinder = {
  owners: () => ({ answerables: [], gap: "owners cannot be looked up yet" }),
  exists: () => true,
};

import type { EstateReader } from "./estate-reader.js";

/** All estate readers, most specific first: the first that recognises a document reads it. */
export const estateReaders: readonly EstateReader[] = [];

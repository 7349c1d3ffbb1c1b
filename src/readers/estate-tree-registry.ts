import type { EstateTreeReader } from "./estate-reader.js";
import { iamCollectStoreReader } from "./iam-collect-store/index.js";

/** Readers of whole folders, asked by path before the readers of single documents. */
export const estateTreeReaders: readonly EstateTreeReader[] = [iamCollectStoreReader];

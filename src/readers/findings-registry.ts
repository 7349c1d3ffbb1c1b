import { asff } from "./asff/index.js";
import type { FindingsReader, TextFindingsReader } from "./findings-reader.js";
import { nativeFindings } from "./native-findings/index.js";
import { prowlerOcsf } from "./prowler-ocsf/index.js";

/** All findings readers, most specific first: the first that recognises a record reads it. */
export const findingsReaders: readonly FindingsReader[] = [prowlerOcsf, asff, nativeFindings];

/** Readers of what is neither JSON nor a table. */
export const textFindingsReaders: readonly TextFindingsReader[] = [];

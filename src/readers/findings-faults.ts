import type { Rejection } from "../core/estate/index.js";
import type { RawElement } from "./json-stream/index.js";

/** Where a record stands; text formats and archives know no offset. */
export type RecordPlace = Partial<RawElement>;

/** Faulty rows that are named one by one; the rest of a file is one line with their number. */
const namedFaults = 20;

export interface FaultList {
  add(at: RecordPlace, reason: string): void;
  list(): readonly Rejection[];
}

export function faultList(document: string): FaultList {
  const named: Rejection[] = [];
  let more = 0;
  return {
    add({ pointer = "", line, offset }, reason) {
      if (named.length < namedFaults) {
        named.push({
          document,
          ...(pointer === "" ? {} : { pointer }),
          ...(line === undefined ? {} : { line }),
          ...(offset === undefined ? {} : { offset }),
          reason,
        });
      } else more += 1;
    },
    list: () =>
      more === 0
        ? named
        : [
            ...named,
            { document, reason: `${more} more records could not be used`, hint: "mend the first ones" },
          ],
  };
}

/** What the reading of a file as a whole found out, whatever its form. */
export interface WholeFile {
  readonly path: string;
  /** Bytes of text. */
  readonly textBytes: number;
  /** Records of a known format, and all records. */
  readonly known: number;
  readonly records: number;
  /** Lists that were closed, tables whose header was understood: an empty one is a statement. */
  readonly lists: number;
  readonly literals: readonly string[];
  readonly stopped?: {
    readonly reason: string;
    readonly hint: string;
    readonly line: number;
    readonly offset?: number;
  };
  /** Why nothing of the file can be used. */
  readonly refused?: { readonly reason: string; readonly hint: string };
}

/** What is wrong with the file as a whole. An empty list is a result; an empty file is not (pitfall 13). */
export function wholeFileFault(file: WholeFile): Rejection | undefined {
  const { path: document, known, records, literals } = file;
  const [literal] = literals;
  if (file.refused !== undefined) return { document, ...file.refused };
  if (file.stopped !== undefined) {
    const { reason, ...place } = file.stopped;
    return { document, ...place, reason: `${reason}; what stands before it was used`, used: known };
  }
  if (file.textBytes === 0) {
    return {
      document,
      reason: "the file is empty: no finding, and no sign that the tool ran",
      hint: "run the tool again",
    };
  }
  if (known === 0 && records === 0 && literal !== undefined) {
    return {
      document,
      reason: `the file holds only \`${literal}\`: no finding, and no sign that the tool ran`,
      hint: "run the tool again",
    };
  }
  if (literal !== undefined && literal !== "null") {
    return {
      document,
      reason: `\`${literal}\` stands beside the records`,
      hint: "export the findings again",
      used: known,
    };
  }
  if (known === 0 && records === 0 && file.lists === 0) {
    return { document, reason: "the file holds no JSON", hint: "export the findings as JSON" };
  }
  if (records > 0 && known === 0) {
    return {
      document,
      reason: `none of its ${records} records is a finding of a known format`,
      hint: "docs/formats.md lists what is read; `remit.findings/1` takes findings of any tool",
    };
  }
  return undefined;
}

/** The raw bytes of one element of the stream and where it stands. `offset` and `line` count the decoded text. */
export interface RawElement {
  readonly pointer: string;
  readonly line: number;
  readonly offset: number;
  /** Which top-level value of the file holds it, from 0: `pointer` is relative to that value. */
  readonly document: number;
}

export interface ScanFault extends RawElement {
  readonly reason: string;
}

export interface ScanHandlers {
  element(bytes: Buffer, at: RawElement): void;
  /** An element that cannot be used; the scan goes on behind it. */
  fault(fault: ScanFault): void;
  /** An object turns out to be an envelope: its text up to the list, and how many objects are open there. */
  envelope?(head: Buffer, open: number): void;
  /** The text of an envelope behind its list, from the comma on, when it is closed; undefined where it is too long. */
  tail?(rest: Buffer | undefined, open: number): void;
}

export interface ScanEnd {
  /** `stopped` says where the text stops being JSON or ends too early; everything before it was handed out. */
  readonly stopped?: ScanFault;
  /** Text values that were neither array nor object, e.g. a file that holds `null`. */
  readonly literals: readonly string[];
  /** Arrays and envelopes that were closed properly: an empty one is a statement, an empty file is none. */
  readonly lists: number;
}

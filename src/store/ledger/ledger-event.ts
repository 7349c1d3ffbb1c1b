/** An event as it is handed in: what `core/cases` made of a command, and its text. */
export interface NewEvent {
  /** Of which case. */
  readonly stream: string;
  /** 1, 2, 3, … within the stream. */
  readonly sequence: number;
  readonly kind: string;
  /** ISO instant. */
  readonly at: string;
  /** Canonical JSON of the whole event (RFC 8785); kept byte for byte. */
  readonly body: string;
  /** Hash of the event before in the stream; of the first: 64 zeros. */
  readonly previous: string;
  readonly hash: string;
}

export interface StoredEvent extends NewEvent {
  /** 1, 2, 3, … over all streams, without a gap, in the order of commit. */
  readonly position: number;
  /** Hash of the link in the chain over all streams (`linkOf` of `core/cases`). */
  readonly chain: string;
}

export const noHash = "0".repeat(64);

import type { CaseEvent } from "../events/event.js";
import { canonical } from "./canonical.js";
import { digestOf, isDigest, noLink } from "./digest.js";
import { peopleStream } from "../events/people-events.js";
import { linkProblem, readEvent, type BrokenLink, type LedgerEvent } from "./verify-case.js";

/** One link of the chain over all cases: in which order events of all of them were written. */
export interface LedgerLink {
  /** 1, 2, 3, … over the whole ledger. */
  readonly position: number;
  readonly case: string;
  readonly sequence: number;
  /** Hash of the event. */
  readonly event: string;
  /** Hash of the link before; of the first: 64 zeros. */
  readonly previous: string;
  readonly hash: string;
}

/** The link of an event behind the last one; undefined: behind nothing. */
export function linkOf(
  last: Pick<LedgerLink, "position" | "hash"> | undefined,
  event: Pick<CaseEvent, "case" | "sequence" | "hash">,
): LedgerLink {
  const open = {
    position: (last?.position ?? 0) + 1,
    case: event.case,
    sequence: event.sequence,
    event: event.hash,
    previous: last?.hash ?? noLink,
  };
  return { ...open, hash: linkHash(open) };
}

const linkHash = (link: Omit<LedgerLink, "hash">): string =>
  digestOf(JSON.stringify([link.position, link.case, link.sequence, link.event, link.previous]));

/** What is signed from time to time, so that nobody can cut off the end of the ledger or write it anew. */
export interface Checkpoint {
  readonly schema: "remit.checkpoint/1";
  readonly position: number;
  /** Hash of the link at that position; 64 zeros: of an empty ledger. */
  readonly head: string;
  /** ISO instant. */
  readonly at: string;
}

export const checkpointOf = (
  last: Pick<LedgerLink, "position" | "hash"> | undefined,
  at: string,
): Checkpoint => ({
  schema: "remit.checkpoint/1",
  position: last?.position ?? 0,
  head: last?.hash ?? noLink,
  at,
});

/** The text that is signed and whose signature is verified, at the edge. */
export function checkpointText(checkpoint: Checkpoint): string {
  const { schema, position, head, at } = checkpoint;
  return canonical({ schema, position, head, at }) ?? "";
}

export interface LedgerEntry {
  readonly link: LedgerLink;
  /** The stored line of the event. */
  readonly line: string;
}

export type LedgerCheck =
  | {
      readonly kind: "whole";
      readonly events: number;
      readonly cases: number;
      readonly head: string;
      /** Checkpoints that were held against it. */
      readonly checkpoints: number;
    }
  | { readonly kind: "broken"; readonly at: BrokenLink };

/**
 * The whole ledger, one entry after the other: every event's bytes and hash, the chain of its case, the chain over
 * all, and the checkpoints, whose signatures the caller has verified. Memory grows with cases, not with events.
 */
export function verifyLedger(
  entries: Iterable<LedgerEntry>,
  checkpoints: readonly Checkpoint[] = [],
): LedgerCheck {
  const walk = ledgerWalk(checkpoints);
  for (const entry of entries) {
    const broken = walk.next(entry);
    if (broken !== undefined) return { kind: "broken", at: broken };
  }
  return walk.end();
}

export interface LedgerWalk {
  /** The first break, if this entry is one. */
  readonly next: (entry: LedgerEntry) => BrokenLink | undefined;
  readonly end: () => LedgerCheck;
}

/** The same, for entries that come one by one from a stream. */
export function ledgerWalk(checkpoints: readonly Checkpoint[] = []): LedgerWalk {
  const heads = new Map<string, LedgerEvent>();
  const marks = new Map<number, Checkpoint[]>();
  for (const mark of checkpoints) marks.set(mark.position, [...(marks.get(mark.position) ?? []), mark]);
  let last: LedgerLink | undefined;
  return {
    next({ link, line }) {
      const position = (last?.position ?? 0) + 1;
      const event = readEvent(line);
      if ("because" in event) return { position, because: event.because };
      const broken = (because: string): BrokenLink => ({
        position,
        case: event.case,
        sequence: event.sequence,
        because,
      });
      const inCase = linkProblem(heads.get(event.case), event);
      if (inCase !== undefined) return broken(inCase);
      const expected = linkOf(last, event);
      if (canonical(link) !== canonical(expected)) return broken("its link does not follow the one before");
      if ((marks.get(position) ?? []).some(({ head }) => head !== expected.hash))
        return broken("a signed checkpoint names another link here");
      last = expected;
      heads.set(event.case, event);
      return undefined;
    },
    end() {
      const position = last?.position ?? 0;
      const beyond = checkpoints.filter((mark) => mark.position > position || !isDigest(mark.head));
      if (beyond.length > 0)
        return {
          kind: "broken",
          at: {
            position: position + 1,
            because: `a signed checkpoint names ${String(Math.max(...beyond.map((mark) => mark.position)))} events: the end is missing`,
          },
        };
      return {
        kind: "whole",
        events: position,
        cases: heads.size - (heads.has(peopleStream) ? 1 : 0),
        head: last?.hash ?? noLink,
        checkpoints: checkpoints.length,
      };
    },
  };
}

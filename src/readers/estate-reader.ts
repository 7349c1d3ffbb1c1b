import type { CoverageTopic, EstateFacts, Rejection, SourceDocument } from "../core/estate/index.js";
import type { ParsedDocument } from "./document.js";

/** What a reader needs beyond the document itself. */
export interface EstateReadContext {
  readonly source: SourceDocument;
  /**
   * The account a document belongs to when it does not say so itself: from the path (`…/222222222222/…`,
   * `gaad-222222222222.json`), a sibling document or `--account`. Twelve digits. A reader that asks for it before
   * the accounts of the whole load are known is called a second time with the best hint there is.
   */
  readonly accountHint?: string;
  /** Region hint from the path, where the document does not say. */
  readonly regionHint?: string;
}

/**
 * How much of a listing a document holds, for listings that come in pages. The loader puts pages together and
 * withholds the coverage when a page says that more follow and no last page was supplied.
 */
export interface Listing {
  readonly topic: CoverageTopic;
  /** What is listed: an account id for `iam`; an organisation, node or policy id for `scp` and `rcp`. */
  readonly scope: string;
  /**
   * `whole`: nothing follows. `page`: more follow in other documents. `part`: filtered, so it adds and never replaces.
   * `unusable`: it should be whole, but parts could not be read.
   */
  readonly extent: "whole" | "page" | "part" | "unusable";
}

export interface EstateReading {
  readonly facts: Partial<EstateFacts>;
  readonly rejected: readonly Rejection[];
  /** What was read, by kind of entity, for `inputs` and the index counts: `{ users: 3, roles: 5 }`. */
  readonly entities: Readonly<Record<string, number>>;
  readonly listings?: readonly Listing[];
}

/** Reads one kind of document. One folder each; registered by one line in `estate-registry.ts`. */
export interface EstateReader {
  /** e.g. `aws-account-authorization-details`. Stable: shown to users and stored in `SourceDocument.kind`. */
  readonly kind: string;
  /** In words, for `remit analyze` listings: `account authorization details`. */
  readonly title: string;
  /**
   * Each record of the list stands alone, so those before the end of a file that was cut may be used. Never for
   * documents where a part would mislead: authorization details, organisations, policies.
   */
  readonly recordsStandAlone?: true;
  /** By content, never by file name alone. Cheap: looks at top-level keys and a first element. */
  recognises(document: ParsedDocument): boolean;
  read(document: ParsedDocument, context: EstateReadContext): EstateReading;
}

/**
 * Reads documents that mean something only together: the files of one folder of a collector's store. The loader
 * hands over all documents of a group at once, before any other reader sees them.
 */
export interface EstateTreeReader {
  readonly kind: string;
  readonly title: string;
  /** The group that a path belongs to; undefined when the path is no part of such a tree. */
  groupOf(path: string): string | undefined;
  /** The reading of a group, and whether each document was what its place promised. */
  read(documents: readonly ParsedDocument[]): EstateReading;
}

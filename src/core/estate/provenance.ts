/** One file that was read. `path` is as the user gave it (relative stays relative, `/` separators). */
export interface SourceDocument {
  readonly path: string;
  /** sha256, hex, of the raw bytes. */
  readonly digest: string;
  /** What the file was recognised as, e.g. `aws-account-authorization-details`. */
  readonly kind: string;
  /** When the facts were observed (ISO 8601): from the document itself, else the file's own date. */
  readonly observedAt?: string;
}

/**
 * Where a fact stands. `pointer`: JSON Pointer into the document; `inner`: pointer into a policy that was
 * decoded from a string at `pointer` (a string on its way is decoded again); `line`: 1-based, for CSV, JSON lines and plain text.
 */
export interface Origin {
  readonly source: SourceDocument;
  readonly pointer?: string;
  readonly inner?: string;
  readonly line?: number;
  /** Whom or what the document quotes for this fact (`siem`, `manual`, `l.meyer`), where it says so. */
  readonly statedBy?: string;
}

/** What a reader of the analysis can open and check by hand. */
export interface Evidence {
  readonly document: string;
  readonly digest: string;
  readonly pointer?: string;
  readonly inner?: string;
  readonly line?: number;
  readonly excerpt: string;
}

/** Turns an origin into evidence. `suffix` is appended to the innermost pointer. Excerpts are cut at 400 characters. */
export function evidenceAt(origin: Origin, excerpt: string, suffix = ""): Evidence {
  const { source, pointer, inner, line } = origin;
  const text = excerpt.length > 400 ? `${excerpt.slice(0, 399)}…` : excerpt;
  return {
    document: source.path,
    digest: source.digest,
    ...(pointer === undefined ? {} : { pointer: inner === undefined ? pointer + suffix : pointer }),
    ...(inner === undefined ? {} : { inner: inner + suffix }),
    ...(line === undefined ? {} : { line }),
    excerpt: text,
  };
}

/**
 * A fact that nobody supplied, and how to fetch it. Equal keys are the same fact.
 * Shown as `UNKNOWN  service control policies of account prod   aws organizations list-policies …`.
 */
export interface MissingFact {
  /** Stable key: `TOPIC|SCOPE`, e.g. `scp|aws:222222222222`. */
  readonly key: string;
  /** In words: `service control policies of account prod`. */
  readonly fact: string;
  /** The command or file that supplies it. */
  readonly collect: string;
}

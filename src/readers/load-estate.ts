import { readFile } from "node:fs/promises";
import { coverageKey, createEstate } from "../core/estate/index.js";
import type { Estate, EstateFacts, Rejection, SourceDocument } from "../core/estate/index.js";
import { accountOfPath, createKnownAccounts, regionOfPath, type KnownAccounts } from "./account-hints.js";
import type { ParsedDocument } from "./document.js";
import type { EstateReadContext, EstateReader, EstateReading, EstateTreeReader } from "./estate-reader.js";
import { estateReaders } from "./estate-registry.js";
import { estateTreeReaders } from "./estate-tree-registry.js";
import { organizationCoverage } from "./aws-organizations/index.js";
import { organizationDispute } from "./merge/accounts.js";
import { compare } from "./merge/newer.js";
import { expandInputPaths, type InputPath } from "./input-paths.js";
import { linkFacts } from "./link-facts.js";
import { mergeFacts } from "./merge-facts.js";
import {
  documentLimits,
  readDocument,
  tooLarge,
  type DocumentLimits,
  type ReadDocument,
} from "./read-document.js";
import { wholeSourceFolders } from "./terraform/index.js";
import { userCoverage } from "./user-coverage.js";
import { settleSnapshots, type SourcedReading } from "./snapshots.js";

export interface LoadOptions {
  /** `--account`: twelve digits, for documents that do not name theirs. */
  readonly accountHint?: string;
  /** ISO 8601: when standard input was observed. */
  readonly now?: string;
  readonly onProgress?: (done: number, total: number, path: string) => void;
  readonly limits?: DocumentLimits;
  /** Instead of the registry, for tests. */
  readonly readers?: readonly EstateReader[];
}

export interface EstateInput {
  readonly document: string;
  readonly digest: string;
  readonly kind: string;
  readonly title: string;
  readonly entities: Readonly<Record<string, number>>;
  readonly observedAt?: string;
}

export interface LoadedEstate {
  readonly estate: Estate;
  readonly inputs: readonly EstateInput[];
  readonly rejected: readonly Rejection[];
  /** Readable, but no estate document that is known: findings, a catalogue, notes. */
  readonly notEstate: readonly { readonly document: string }[];
}

interface Recognised {
  readonly reader: EstateReader;
  readonly document: ParsedDocument;
  readonly source: SourceDocument;
  /** The file ends in the middle: what it holds is true, and that nothing else exists is not. */
  readonly cut: boolean;
}

/**
 * Reads every document of the paths into one estate. Documents that name their account are read first; those that
 * do not are read again with the account of their path, of their folder, of `--account`, or with the only account
 * there is. Nothing throws for bad input: each fault is a rejection, and the rest is read.
 */
export async function loadEstate(paths: readonly string[], options: LoadOptions = {}): Promise<LoadedEstate> {
  const readers = options.readers ?? estateReaders;
  const limits = options.limits ?? documentLimits;
  const inputs = await expandInputPaths(paths);
  const rejected: Rejection[] = [];
  const notEstate: { document: string }[] = [];
  const done: (SourcedReading & { title: string })[] = [];
  const waiting: Recognised[] = [];
  const known = createKnownAccounts();
  const groups = new Map<string, TreeGroup>();
  const accept = (reader: EstateReader, document: ParsedDocument, cut: boolean): void => {
    const item: Recognised = { reader, document, source: { ...document.source, kind: reader.kind }, cut };
    const first = readOnce(item, strongHint(document.source.path));
    if (first.askedInVain) waiting.push(item);
    else {
      done.push(toSourced(item, first.reading));
      remember(known, item, first.reading);
    }
  };
  for (const [index, input] of inputs.entries()) {
    options.onProgress?.(index, inputs.length, input.path);
    const read = await readInput(input, limits, options.now);
    if (read.kind === "rejected") {
      const part = read.cut;
      const standing =
        part && readers.find((item) => item.recordsStandAlone === true && item.recognises(part.document));
      rejected.push(part === undefined || standing === undefined ? read.rejection : part.rejection);
      if (part !== undefined && standing !== undefined) accept(standing, part.document, true);
      continue;
    }
    const { document } = read;
    const tree = estateTreeReaders.find((candidate) => candidate.groupOf(input.path) !== undefined);
    if (tree !== undefined) {
      addToGroup(groups, tree, document);
      continue;
    }
    const reader = readers.find((candidate) => candidate.recognises(document));
    if (reader === undefined) {
      notEstate.push({ document: document.source.path });
      continue;
    }
    accept(reader, document, false);
  }
  for (const group of groups.values()) done.push(...readGroup(group));
  for (const item of waiting) {
    const { reading } = readOnce(item, known.hintFor(item.source.path, options.accountHint));
    done.push(toSourced(item, reading));
  }
  options.onProgress?.(inputs.length, inputs.length, "");
  done.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return assemble(done, rejected, notEstate, wholeSourceFolders(inputs, rejected));
}

interface TreeGroup {
  readonly reader: EstateTreeReader;
  readonly documents: ParsedDocument[];
}

function addToGroup(
  groups: Map<string, TreeGroup>,
  reader: EstateTreeReader,
  document: ParsedDocument,
): void {
  const key = `${reader.kind}|${reader.groupOf(document.source.path) ?? ""}`;
  const group = groups.get(key);
  if (group === undefined) groups.set(key, { reader, documents: [document] });
  else group.documents.push(document);
}

/** Every file of the group is listed as read; what they say together is told once. */
function readGroup({ reader, documents }: TreeGroup): readonly (SourcedReading & { title: string })[] {
  const reading = guarded(documents[0]?.source.path ?? "", () => reader.read(documents));
  return documents.map(({ source }, index) => ({
    ...source,
    kind: reader.kind,
    title: reader.title,
    reading: index === 0 ? reading : nothing,
  }));
}

const strongHint = (path: string): string | undefined => {
  const hint = accountOfPath(path);
  return hint?.strength === "name" ? hint.account : undefined;
};

/** Reads with a context that notices whether the reader asked for an account that nobody knows yet. */
function readOnce(
  { reader, document, source, cut }: Recognised,
  hint: string | undefined,
): { reading: EstateReading; askedInVain: boolean } {
  let askedInVain = false;
  const region = regionOfPath(source.path);
  const context: EstateReadContext = {
    source,
    ...(region === undefined ? {} : { regionHint: region }),
    get accountHint(): string | undefined {
      if (hint === undefined) askedInVain = true;
      return hint;
    },
  } as EstateReadContext;
  const reading = guarded(source.path, () => reader.read(document, context));
  return { reading: cut ? withoutCoverage(reading) : reading, askedInVain };
}

/** A part never says what does not exist. */
function withoutCoverage({ listings: _listings, ...reading }: EstateReading): EstateReading {
  const { coverage: _coverage, ...facts } = reading.facts;
  return { ...reading, facts };
}

const nothing: EstateReading = { facts: {}, rejected: [], entities: {} };

/** A fault of a reader costs its document, shown as such, and not the whole load. */
function guarded(path: string, read: () => EstateReading): EstateReading {
  try {
    return read();
  } catch (error) {
    const fault = error instanceof Error ? error.message.split("\n")[0] : String(error);
    const rejection: Rejection = {
      document: path,
      reason: `the reader failed on this document: ${fault ?? ""}`,
      hint: "this is a fault of the program, not of the document: please report it",
      used: 0,
    };
    return { ...nothing, rejected: [rejection] };
  }
}

function toSourced(
  { reader, source }: Recognised,
  reading: EstateReading,
): SourcedReading & { title: string } {
  const { path, digest, kind } = source;
  // A document that tells its own date (a credential report, a snapshot) knows better than its file.
  const stated =
    reading.facts.coverage?.[0]?.origin.source.observedAt ??
    reading.facts.principals?.[0]?.origin.source.observedAt;
  const observedAt = stated ?? source.observedAt;
  return {
    path,
    digest,
    kind,
    title: reader.title,
    ...(observedAt === undefined ? {} : { observedAt }),
    reading,
  };
}

function remember(known: KnownAccounts, { source }: Recognised, reading: EstateReading): void {
  // A list of an organisation's accounts says who is a member, not whose documents these are.
  if ((reading.facts.organizations ?? []).length > 0 || (reading.facts.assignments ?? []).length > 0) return;
  for (const account of reading.facts.accounts ?? []) {
    if (account.id.startsWith("aws:")) known.add(source.path, account.id.slice("aws:".length));
  }
}

function assemble(
  done: readonly (SourcedReading & { title: string })[],
  rejected: readonly Rejection[],
  notEstate: readonly { document: string }[],
  sourceFolders: ReadonlySet<string>,
): LoadedEstate {
  const settled = settleSnapshots(done);
  const documents = done.map(({ path, digest, kind, observedAt }) => ({
    path,
    digest,
    kind,
    ...(observedAt === undefined ? {} : { observedAt }),
  }));
  const merged = linkFacts(
    mergeFacts([
      { documents, conflicts: settled.conflicts },
      ...settled.used.map((item) => item.reading.facts),
    ]),
    sourceFolders,
  );
  // Only the whole load tells whether an account's way to the root is known.
  const disputes = new Set(merged.conflicts.map((item) => item.key));
  const chains = organizationCoverage(
    merged.organizations,
    settled.used.flatMap((item) => item.reading.listings ?? []),
  ).filter((item) => !disputes.has(organizationDispute(item.scope)));
  const covered = merged.coverage.filter(
    (item) => !settled.incomplete.has(coverageKey(item.topic, item.scope)),
  );
  const perUser = userCoverage(
    { ...merged, coverage: covered },
    settled.used.flatMap((item) => item.reading.listings ?? []),
  );
  const facts: EstateFacts = {
    ...merged,
    coverage: [...covered, ...chains, ...perUser].sort((a, b) =>
      compare(coverageKey(a.topic, a.scope), coverageKey(b.topic, b.scope)),
    ),
  };
  const all = [...rejected, ...done.flatMap((item) => item.reading.rejected), ...settled.rejected];
  return {
    estate: createEstate(facts),
    inputs: done.map(({ path, digest, kind, title, reading, observedAt }) => ({
      document: path,
      digest,
      kind,
      title,
      entities: reading.entities,
      ...(observedAt === undefined ? {} : { observedAt }),
    })),
    rejected: all.sort((a, b) => (a.document < b.document ? -1 : a.document > b.document ? 1 : 0)),
    notEstate,
  };
}

/** The bytes of one input, never more than the limit, as a parsed document or a rejection. */
export async function readInput(
  input: InputPath,
  limits: DocumentLimits = documentLimits,
  now?: string,
): Promise<ReadDocument> {
  if (input.kind === "missing-path")
    return {
      kind: "rejected",
      rejection: { document: input.path, reason: input.reason, hint: "check the path" },
    };
  if (input.kind === "stdin") {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of process.stdin) {
      const bytes = Buffer.from(chunk as Uint8Array);
      size += bytes.length;
      if (size > limits.bytes)
        return { kind: "rejected", rejection: { document: "-", ...tooLarge(size, limits.bytes) } };
      chunks.push(bytes);
    }
    return readDocument(
      { path: "-", bytes: Buffer.concat(chunks), ...(now === undefined ? {} : { observedAt: now }) },
      limits,
    );
  }
  if (input.bytes > limits.bytes)
    return { kind: "rejected", rejection: { document: input.path, ...tooLarge(input.bytes, limits.bytes) } };
  try {
    return readDocument(
      { path: input.path, bytes: await readFile(input.path), observedAt: input.modifiedAt },
      limits,
    );
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown fault";
    return {
      kind: "rejected",
      rejection: {
        document: input.path,
        reason: `the file cannot be read (${code})`,
        hint: "check its permissions",
      },
    };
  }
}

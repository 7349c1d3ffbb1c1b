import type { Analysis } from "../../core/decision/index.js";
import type { Rejection } from "../../core/estate/index.js";
import { addCounts, type FindingCounts, type FindingEventKind } from "../../core/findings/index.js";
import type { PageRequest, Store, StoredUpload } from "../../store/index.js";
import type { ReadRows } from "../findings-rows.js";
import type { Installation } from "../installation/installation.js";
import { withNames } from "../installation/people.js";
import type { ImportResult } from "./import-result.js";

/** One file of an import, and what became of it. */
export interface ImportedFile {
  readonly path: string;
  readonly digest: string;
  readonly role: "estate" | "findings";
  readonly kind?: string;
  readonly state: "read" | "in part" | "rejected" | "same as before";
  readonly observedAt?: string;
  readonly entities: Readonly<Record<string, number>>;
  readonly rejections: readonly Rejection[];
}

export interface ImportNumbers {
  readonly documents: number;
  readonly read: number;
  readonly inPart: number;
  readonly rejected: number;
  readonly rows: number;
  readonly new: number;
  readonly gone: number;
  readonly passing: number;
  readonly returned: number;
}

/** What an import was made of and what it changed. */
export interface ImportDocument extends ImportNumbers {
  readonly files: readonly ImportedFile[];
  readonly rejections: readonly Rejection[];
  readonly counts?: Omit<FindingCounts, "exposureOrAccess" | "plainSettings"> & {
    readonly access: number;
    readonly plain: number;
  };
  readonly cases: {
    readonly opened: readonly string[];
    readonly redecided: readonly string[];
    readonly verified: readonly string[];
  };
}

/** Files that came since the analysis before, as they were uploaded. */
export interface Came {
  readonly path: string;
  readonly digest: string;
  readonly role: "estate" | "findings";
}

/** Since `told`, when the last analysis began that was told of; all of them where there was none. */
export async function cameSince(
  { snapshots }: Pick<Store, "snapshots">,
  told: string | undefined,
): Promise<readonly Came[]> {
  const came: Came[] = [];
  for (let next: string | undefined; ;) {
    const page = await snapshots.list({}, { limit: 1000, ...(next === undefined ? {} : { after: next }) });
    for (const { id, kind, takenAt } of page.items) {
      // What came while that analysis ran was no part of it.
      if (kind === "analysis" || (told !== undefined && takenAt <= told)) continue;
      for (const { path, digest } of await snapshots.documents(id)) came.push({ path, digest, role: kind });
    }
    if (page.next === undefined) return came.reverse();
    next = page.next;
  }
}

interface Made {
  readonly analysis: Analysis;
  readonly rows: ReadRows | undefined;
  /** Digests of findings whose rows were stored before. */
  readonly stored: ReadonlySet<string>;
  /** Ids of the imports of the findings. */
  readonly imports: readonly string[];
  readonly cases: ImportDocument["cases"];
}

export async function importDocumentOf(
  { findings }: Pick<Store, "findings">,
  came: readonly Came[],
  { analysis, rows, stored, imports, cases }: Made,
): Promise<ImportDocument> {
  const files = came.map((file) => fileOf(file, analysis, stored));
  const own = rows?.files.filter(({ digest }) => came.some((file) => file.digest === digest)) ?? [];
  const { count: counted, fresh } = await eventsOf(findings, imports);
  const count = (state: ImportedFile["state"]): number => files.filter((file) => file.state === state).length;
  const { exposureOrAccess, plainSettings, ...counts } = addCounts(own.map((file) => file.counts));
  return {
    documents: files.length,
    read: count("read") + count("same as before"),
    inPart: count("in part"),
    rejected: count("rejected"),
    rows: counts.rows,
    new: fresh,
    gone: counted("gone"),
    passing: counted("fixed"),
    returned: counted("recurred"),
    files,
    rejections: files.flatMap(({ rejections }) => rejections),
    ...(own.length === 0 ? {} : { counts: { ...counts, access: exposureOrAccess, plain: plainSettings } }),
    cases,
  };
}

function fileOf({ path, digest, role }: Came, analysis: Analysis, stored: ReadonlySet<string>): ImportedFile {
  const input = analysis.inputs.find((item) => item.digest === digest && item.role === role);
  const name = input?.document ?? `${role}/${path}`;
  const rejections = analysis.rejected.filter(({ document }) => document === name);
  return {
    path,
    digest,
    role,
    ...(input === undefined ? {} : { kind: input.kind }),
    state:
      input === undefined
        ? "rejected"
        : role === "findings" && stored.has(digest)
          ? "same as before"
          : rejections.length > 0
            ? "in part"
            : "read",
    ...(input?.observedAt === undefined ? {} : { observedAt: input.observedAt }),
    entities: input?.entities ?? {},
    rejections,
  };
}

/** How often each kind of event was told by imports, and how many findings were new. */
async function eventsOf(
  findings: Store["findings"],
  imports: readonly string[],
): Promise<{ readonly count: (kind: FindingEventKind) => number; readonly fresh: number }> {
  const counts = new Map<string, number>();
  let fresh = 0;
  for (const id of imports) {
    for (const [kind, count] of await findings.eventCounts(id))
      counts.set(kind, (counts.get(kind) ?? 0) + count);
    fresh += await findings.newIn(id);
  }
  return { count: (kind) => counts.get(kind) ?? 0, fresh };
}

export interface ImportLine extends ImportNumbers {
  readonly id: string;
  readonly at: string;
  readonly by?: string;
  readonly analysis: string;
}

/** Imports, the newest first; people as the catalogue calls them. */
export async function importLines(
  { store }: Installation,
  page: PageRequest,
): Promise<{ items: ImportLine[]; next?: string }> {
  const found = await store.reports.imports(page);
  const lines = found.items.map(({ snapshot, at, by, report }): ImportLine => {
    const document = JSON.parse(report) as ImportDocument;
    const { files: _files, rejections: _rejections, counts: _counts, cases: _cases, ...numbers } = document;
    return { id: snapshot, at, ...(by === undefined ? {} : { by }), ...numbers, analysis: snapshot };
  });
  const items = await withNames(store, lines);
  return { items, ...(found.next === undefined ? {} : { next: found.next }) };
}

export async function importView({ store }: Installation, id: string): Promise<ImportView | undefined> {
  const upload = await store.uploads.find(id);
  const found = await store.reports.findImport(upload?.analysis ?? id);
  if (found !== undefined) {
    const { snapshot, at, by, report } = found;
    const document = JSON.parse(report) as ImportDocument;
    return withNames(store, {
      id,
      at,
      ...(by === undefined ? {} : { by }),
      ...document,
      analysis: snapshot,
      ...(upload === undefined ? { state: "done" as const } : sentOf(upload)),
    });
  }
  if (upload === undefined) return undefined;
  const { at, by, documents } = upload;
  return withNames(store, {
    id,
    at,
    ...(by === undefined ? {} : { by }),
    ...{ ...nothingYet, documents },
    ...sentOf(upload),
  });
}

/** An import as whoever sent it follows it, by the id that it was given when it came or by that of its analysis. */
export type ImportView = Omit<ImportLine, "analysis"> &
  ImportDocument & {
    readonly analysis?: string;
    readonly state: StoredUpload["state"];
    readonly bytes?: number;
    readonly progress?: StoredUpload["progress"];
    readonly failure?: string;
    readonly result?: ImportResult & { readonly id: string };
  };

const sentOf = ({ id, state, bytes, progress, failure, result }: StoredUpload) => ({
  state,
  bytes,
  ...(progress === undefined ? {} : { progress }),
  ...(failure === undefined ? {} : { failure }),
  ...(result === undefined ? {} : { result: { id, ...(JSON.parse(result) as ImportResult) } }),
});

const nothingYet: ImportDocument = {
  ...{ documents: 0, read: 0, inPart: 0, rejected: 0, rows: 0, new: 0, gone: 0, passing: 0, returned: 0 },
  files: [],
  rejections: [],
  cases: { opened: [], redecided: [], verified: [] },
};

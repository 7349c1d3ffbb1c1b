import type { PolicyDocument, Statement } from "../../estate/index.js";
import { createCanonical } from "./canonical-document.js";
import { emptyBitmap, type Bitmap } from "../bitmap.js";
import { globMatches } from "../glob.js";
import { isOfAccount, type Actor } from "./model.js";
import type { Holdings } from "./held.js";
import { fewStatements, nearStatements, type ByAccount, type NearStatements } from "./resource-signature.js";

/**
 * Which identity statements speak of an action, and who holds them. Documents are indexed once however many
 * principals hold them; lists are typed arrays (`start[i] .. start[i + 1]` into `item`).
 */
export interface StatementIndex {
  readonly statements: readonly Statement[];
  readonly documentOf: Uint32Array;
  /** Statements as held, before equal documents are taken together. */
  readonly heldStatements: number;
  /** Version 2012-10-17 and the like, per document. */
  readonly documents: readonly PolicyDocument[];
  readonly holders: Postings;
  /** Actors with a boundary: their grants are never decided in bulk. */
  readonly bounded: Bitmap;
  /** Actors that hold a document nobody supplied: they may hold any grant. */
  readonly unread: Bitmap;
  /** Indices of statements that may match a folded action: exact names, patterns and the NotAction side list. */
  matching(folded: string): Uint32Array;
  /** Those of `matching` that somebody of the accounts, or of no account, holds. */
  heldIn(folded: string, accounts: ReadonlySet<string>): Uint32Array;
  /**
   * Those of `matching` that may concern the resource too: found by its beginnings, whatever else there is; with
   * `accounts` as `heldIn`.
   */
  near(folded: string, text: string, accounts?: ReadonlySet<string>): Uint32Array;
}

export interface Postings {
  readonly start: Uint32Array;
  readonly item: Uint32Array;
}

export function indexStatements(actors: readonly Actor[], holdings: Holdings): StatementIndex {
  const documentIds = new Map<PolicyDocument, number>();
  const documents: PolicyDocument[] = [];
  const pairs = createPairs();
  const bounded = emptyBitmap();
  const unread = emptyBitmap();
  let heldStatements = 0;
  const canonical = createCanonical();
  actors.forEach((actor, a) => {
    if (actor.uncollected !== undefined) unread.add(a);
    if (holdings.boundaryOf(actor) !== undefined) bounded.add(a);
    for (const held of holdings.of(actor)) {
      if (held.kind === "missing") {
        unread.add(a);
        continue;
      }
      heldStatements += held.use.document.statements.length;
      let id = documentIds.get(held.use.document);
      if (id === undefined) {
        id = canonical(held.use.document, documents);
        documentIds.set(held.use.document, id);
      }
      pairs.add(id, a);
    }
  });

  const statements: Statement[] = [];
  let total = 0;
  for (const document of documents) total += document.statements.length;
  const documentOf = new Uint32Array(total);
  const patternIds = new Map<string, number>();
  const patterns: string[] = [];
  const rawIds = new Map<string, number>();
  const actionPairs = createPairs();
  const negated: number[] = [];
  documents.forEach((document, d) => {
    for (const statement of document.statements) {
      const s = statements.length;
      documentOf[s] = d;
      statements.push(statement);
      if (statement.action.negated) {
        negated.push(s);
        continue;
      }
      for (const raw of statement.action.patterns) {
        let id = rawIds.get(raw);
        if (id === undefined) {
          const folded = raw.toLowerCase();
          id = patternIds.get(folded);
          if (id === undefined) {
            id = patterns.length;
            patternIds.set(folded, id);
            patterns.push(folded);
          }
          rawIds.set(raw, id);
        }
        actionPairs.add(id, s);
      }
    }
  });
  const byPattern = actionPairs.postings(patterns.length);
  const wild = groupWild(patterns);
  const remembered = new Map<string, Uint32Array>();
  const native = (s: number): boolean => documents[documentOf[s] ?? 0]?.version === "native";
  const tables = new Map<string, NearStatements>();
  const splits = new Map<string, ByAccount>();
  const holders = pairs.postings(documents.length);
  const split = (list: Uint32Array): ByAccount => byAccount(list, documentOf, holders, actors);
  let held = 0;
  const matchingNow = (folded: string): Uint32Array => {
    const known = remembered.get(folded);
    if (known !== undefined) return known;
    const found = matching(folded, { patternIds, patterns, wild, byPattern, negated, statements });
    // Few actions are asked about many resources; the bound keeps an odd caller from filling the memory.
    if (remembered.size >= 256) remembered.clear();
    remembered.set(folded, found);
    return found;
  };
  return {
    statements,
    documentOf,
    heldStatements,
    documents,
    holders,
    bounded,
    unread,
    matching: matchingNow,
    heldIn(folded, accounts) {
      const all = matchingNow(folded);
      if (all.length < fewStatements) return all;
      let own = splits.get(folded);
      if (own === undefined) {
        if (splits.size >= 256) splits.clear();
        splits.set(folded, (own = split(all)));
      }
      return Uint32Array.from(own(accounts)).sort();
    },
    near(folded, text, accounts) {
      let table = tables.get(folded);
      if (table === undefined) {
        table = nearStatements(matchingNow(folded), statements, native, split);
        if (held + table.size > mostHeld) {
          tables.clear();
          held = 0;
        }
        tables.set(folded, table);
        held += table.size;
      }
      return table.near(text, accounts);
    },
  };
}

/** Numbers kept for questions by resource, 8 bytes each. */
const mostHeld = 8_000_000;

/** A statement stands under each account whose users, roles or root hold it; and for all where anybody else does. */
function byAccount(
  list: Uint32Array,
  documentOf: Uint32Array,
  holders: Postings,
  actors: readonly Actor[],
): ByAccount {
  const lists = new Map<string, number[]>();
  const loose: number[] = [];
  for (const s of list) {
    const document = documentOf[s] ?? 0;
    const end = holders.start[document + 1] ?? 0;
    for (let i = holders.start[document] ?? 0; i < end; i++) {
      const actor = actors[holders.item[i] ?? 0];
      const own =
        actor?.account === undefined || !isOfAccount(actor.kind) ? loose : listOf(lists, actor.account);
      if (own.at(-1) !== s) own.push(s);
    }
  }
  return (accounts) => {
    const [only] = accounts;
    if (accounts.size === 1 && loose.length === 0) return lists.get(only ?? "")?.slice() ?? [];
    const found = new Set(loose);
    for (const account of accounts) for (const s of lists.get(account) ?? []) found.add(s);
    return [...found];
  };
}

function listOf(lists: Map<string, number[]>, account: string): number[] {
  let list = lists.get(account);
  if (list === undefined) lists.set(account, (list = []));
  return list;
}

interface ActionTables {
  readonly patternIds: ReadonlyMap<string, number>;
  readonly patterns: readonly string[];
  readonly wild: ReadonlyMap<string, readonly number[]>;
  readonly byPattern: Postings;
  readonly negated: readonly number[];
  readonly statements: readonly Statement[];
}

/** Ascending, without repeats. */
function matching(folded: string, tables: ActionTables): Uint32Array {
  const found: number[] = [];
  const take = (pattern: number): void => {
    const end = tables.byPattern.start[pattern + 1] ?? 0;
    for (let i = tables.byPattern.start[pattern] ?? 0; i < end; i++)
      found.push(tables.byPattern.item[i] ?? 0);
  };
  const exact = tables.patternIds.get(folded);
  if (exact !== undefined) take(exact);
  for (const service of [serviceKey(folded), ""]) {
    for (const pattern of tables.wild.get(service) ?? []) {
      if (pattern !== exact && globMatches(tables.patterns[pattern] ?? "", folded)) take(pattern);
    }
  }
  for (const statement of tables.negated) {
    const excluded = tables.statements[statement]?.action.patterns ?? [];
    if (!excluded.some((pattern) => globMatches(pattern.toLowerCase(), folded))) found.push(statement);
  }
  const sorted = Uint32Array.from(found).sort();
  let size = 0;
  for (const item of sorted) if (size === 0 || sorted[size - 1] !== item) sorted[size++] = item;
  return sorted.slice(0, size);
}

/** Wildcard patterns by service; those whose service is itself a pattern are under "". */
function groupWild(patterns: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  patterns.forEach((pattern, i) => {
    if (!/[*?]/.test(pattern)) return;
    const key = serviceKey(pattern);
    const service = /[*?]/.test(key) ? "" : key;
    const group = groups.get(service);
    if (group === undefined) groups.set(service, [i]);
    else group.push(i);
  });
  return groups;
}

const serviceKey = (action: string): string => {
  const colon = action.indexOf(":");
  return colon < 0 ? "" : action.slice(0, colon);
};

/** Pairs (key, value) in a growing typed array, turned into postings by counting sort. */
function createPairs(): { add(key: number, value: number): void; postings(keys: number): Postings } {
  let keys = new Uint32Array(1024);
  let values = new Uint32Array(1024);
  let size = 0;
  return {
    add(key, value) {
      if (size === keys.length) {
        keys = grown(keys);
        values = grown(values);
      }
      keys[size] = key;
      values[size++] = value;
    },
    postings(count) {
      const start = new Uint32Array(count + 1);
      for (let i = 0; i < size; i++) start[(keys[i] ?? 0) + 1] = (start[(keys[i] ?? 0) + 1] ?? 0) + 1;
      for (let i = 0; i < count; i++) start[i + 1] = (start[i + 1] ?? 0) + (start[i] ?? 0);
      const next = start.slice();
      const item = new Uint32Array(size);
      for (let i = 0; i < size; i++) {
        const key = keys[i] ?? 0;
        const at = next[key] ?? 0;
        item[at] = values[i] ?? 0;
        next[key] = at + 1;
      }
      return { start, item };
    },
  };
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

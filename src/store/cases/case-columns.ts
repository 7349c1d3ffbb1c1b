import { lettersOf } from "../terms.js";
import type { CaseFilter } from "./case-listing.js";
import type { CaseVisibility } from "./visibility.js";

/** Of a case, what lists are filtered and counted by; in this order. */
export const countedColumns = [
  ...(["open", "state", "kind", "owner", "team", "account", "lead", "contain", "plane"] as const),
  ...(["weakness", "tier", "back", "verdict", "incident", "nobody", "severity", "level", "due"] as const),
  /** JSON arrays; `terms`: each word after a line end. */
  ...(["holders", "asked", "audience", "covered", "terms"] as const),
] as const;
export type CountedColumn = (typeof countedColumns)[number];

/** As text, true and false as `true` and `false`, instants as milliseconds; null: not known. */
export type CountedRow = readonly (string | null)[];

/** Columns that are counted per value. */
export const facetColumns = [
  "back",
  "state",
  "lead",
  "contain",
  "plane",
  "account",
  "weakness",
  "tier",
  "kind",
] as const;
export type FacetColumn = (typeof facetColumns)[number];

/** Of a column, how many cases have each value, the most frequent first. */
export type FacetCounts = Readonly<
  Record<FacetColumn, readonly { readonly value: string; readonly count: number }[]>
>;

/** How many values of a column are told. */
const mostValues = 200;
const mostUnused = 50_000;

/** A value once, and of each case the number of its value: a condition is asked once per value, not once per case. */
interface Column {
  readonly values: (string | null)[];
  readonly numbers: Map<string | null, number>;
  of: Int32Array;
}

/** All cases column by column: a count of 100,000 is a pass over numbers, whatever it is filtered by. */
export interface CaseColumns {
  readonly put: (id: string, row: CountedRow) => void;
  readonly remove: (id: string) => void;
  /** Values that no case has any more take more room than those that cases have: begin anew. */
  readonly isStale: () => boolean;
  readonly count: (filter: CaseFilter) => number;
  readonly facets: (filter: CaseFilter) => FacetCounts;
  /** Of these ids, those of cases that pass. */
  readonly among: (filter: CaseFilter, ids: readonly string[]) => ReadonlySet<string>;
}

export function createCaseColumns(): CaseColumns {
  const places = new Map<string, number>();
  const free: number[] = [];
  let [size, used] = [1024, 0];
  const columns = countedColumns.map((): Column => ({
    values: [],
    numbers: new Map(),
    of: new Int32Array(size),
  }));
  let there = new Uint8Array(size);
  const column = (name: CountedColumn): Column => columns[countedColumns.indexOf(name)] as Column;

  function grow(): void {
    size *= 2;
    for (const each of columns) each.of = grown(each.of, new Int32Array(size));
    there = grown(there, new Uint8Array(size));
  }

  /** Leaves those for whose value it is true. */
  function keep(chosen: Uint8Array, name: CountedColumn, passes: (value: string) => boolean): void {
    const { values, of } = column(name);
    const good = Uint8Array.from(values, (value) => (value !== null && passes(value) ? 1 : 0));
    for (let at = 0; at < used; at += 1) chosen[at] = (chosen[at] ?? 0) & (good[of[at] ?? 0] ?? 0);
  }

  function chosenBy(filter: CaseFilter): Uint8Array {
    const chosen = there.slice(0, used);
    for (const name of sameAs) {
      const wanted = filter[name];
      if (wanted === undefined) continue;
      const texts = new Set((Array.isArray(wanted) ? wanted : [wanted]).map(String));
      keep(chosen, name, (value) => texts.has(value));
    }
    const { severity, dueBefore, visible, terms = [] } = filter;
    if (severity !== undefined) keep(chosen, "severity", (value) => Number(value) >= severity);
    if (dueBefore !== undefined) {
      const instant = Date.parse(dueBefore);
      keep(chosen, "due", (value) => Number(value) < instant);
    }
    for (const name of ["holders", "asked"] as const) {
      const any = filter[name];
      if (any === undefined) continue;
      keep(chosen, "open", (value) => value === "true");
      keep(chosen, name, holdsAny(any));
    }
    for (const term of terms) {
      const beginning = `\n${lettersOf(term)}`;
      keep(chosen, "terms", (words) => words.includes(beginning));
    }
    if (visible !== undefined && visible.kind !== "all") {
      const seen = seenBy(visible);
      for (let at = 0; at < used; at += 1) chosen[at] = (chosen[at] ?? 0) & (seen[at] ?? 0);
    }
    return chosen;
  }

  const all = (): Uint8Array => new Uint8Array(used).fill(1);

  /** What `visibilitySql` says of every case. */
  function seenBy(visible: CaseVisibility): Uint8Array {
    switch (visible.kind) {
      case "all":
        return all();
      case "none":
        return new Uint8Array(used);
      case "every":
        return visible.of
          .map(seenBy)
          .reduce((some, more) => some.map((bit, at) => bit & (more[at] ?? 0)), all());
      case "some":
        return visible.of
          .map(seenBy)
          .reduce((some, more) => some.map((bit, at) => bit | (more[at] ?? 0)), new Uint8Array(used));
      case "not":
        return seenBy(visible.of).map((bit) => 1 - bit);
      case "audience": {
        const [own, covered] = [all(), all()];
        keep(own, "audience", holdsAny(visible.anyOf));
        keep(covered, "covered", holdsAny(visible.anyOf));
        return own.map((bit, at) => bit | (covered[at] ?? 0));
      }
      case "compare": {
        const { column: name, how, value: wanted } = visible;
        const seen = all();
        keep(seen, name, (value) => {
          const own = typeof wanted === "number" ? Number(value) : value;
          const other = typeof wanted === "number" ? wanted : String(wanted);
          return how === "=" ? own === other : how === "<" ? own < other : own <= other;
        });
        return seen;
      }
    }
  }

  function counted(name: FacetColumn, chosen: Uint8Array): { value: string; count: number }[] {
    const { values, of } = column(name);
    const counts = new Int32Array(values.length);
    for (let at = 0; at < used; at += 1) {
      const number = of[at] ?? 0;
      counts[number] = (counts[number] ?? 0) + (chosen[at] ?? 0);
    }
    return values
      .flatMap((value, number) => {
        const count = counts[number] ?? 0;
        return value === null || count === 0 ? [] : [{ value, count }];
      })
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, mostValues);
  }

  return {
    put(id, row) {
      let place = places.get(id);
      if (place === undefined) {
        place = free.pop() ?? used;
        if (place === used) used += 1;
        if (used > size) grow();
        places.set(id, place);
      }
      there[place] = 1;
      for (const [at, { values, numbers, of }] of columns.entries()) {
        const value = row[at] ?? null;
        let number = numbers.get(value);
        if (number === undefined) {
          number = values.push(value) - 1;
          numbers.set(value, number);
        }
        of[place] = number;
      }
    },
    remove(id) {
      const place = places.get(id);
      if (place === undefined) return;
      places.delete(id);
      there[place] = 0;
      free.push(place);
    },
    isStale: () => columns.some(({ values }) => values.length > 2 * used + mostUnused),
    count: (filter) => chosenBy(filter).reduce((sum, bit) => sum + bit, 0),
    facets(filter) {
      const chosen = chosenBy(filter);
      return Object.fromEntries(
        facetColumns.map((name) => {
          // The filter on the column itself is left aside, so that its other values are told.
          const { [name]: own, ...rest } = filter;
          return [name, counted(name, own === undefined ? chosen : chosenBy(rest))];
        }),
      ) as unknown as FacetCounts;
    },
    among(filter, ids) {
      const chosen = chosenBy(filter);
      return new Set(ids.filter((id) => chosen[places.get(id) ?? -1] === 1));
    },
  };
}

const sameAs = [
  ...(["open", "state", "kind", "owner", "team", "account", "lead", "contain", "plane"] as const),
  ...(["weakness", "tier", "back", "verdict", "incident", "nobody"] as const),
] as const;

/** JSON is looked into as text, and read where text could deceive: a quote within a key, and what stands between two. */
const holdsAny =
  (keys: readonly string[]) =>
  (value: string): boolean =>
    keys.some(
      (key) =>
        value.includes(JSON.stringify(key)) &&
        ((key !== "," && !value.includes("\\")) || (JSON.parse(value) as readonly string[]).includes(key)),
    );

function grown<Numbers extends Int32Array | Uint8Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}

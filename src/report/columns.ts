import type { CaseRow } from "./case-row.js";
import type { Subject } from "./subject.js";
import { cutEnd, cutMiddle, cutWords, padEnd, widthOf } from "./text-width.js";

export type ColumnName = "CASE" | "EXPOSED" | "COMES BACK" | "BECAUSE" | "CONTAIN" | "FIX LEAD" | "T" | "DUE";

interface Column {
  readonly name: ColumnName;
  readonly text: (row: CaseRow) => string;
  /** Cuts a cell to a width. */
  readonly fit: (row: CaseRow, width: number) => string;
  /** Cells never get narrower than `least`; below `comfortable`, columns on the right are dropped first. */
  readonly least: number;
  readonly comfortable: number;
  readonly most: number;
}

const gap = 2;

const plain = (name: ColumnName, text: (row: CaseRow) => string): Column => ({
  name,
  text,
  fit: (row, width) => cutEnd(text(row), width),
  least: Infinity,
  comfortable: Infinity,
  most: Infinity,
});

const columns: readonly Column[] = [
  plain("CASE", (row) => row.id),
  {
    name: "EXPOSED",
    text: (row) => subjectText(row.subject),
    fit: (row, width) => fitSubject(row.subject, width),
    ...{ least: 24, comfortable: 35, most: 46 },
  },
  plain("COMES BACK", (row) => row.comesBack),
  {
    name: "BECAUSE",
    text: (row) => row.because,
    // A place in a file is told by its end: `Terraform sets it: infra/…/main.tf:41`.
    fit: (row, width) => (/:\d+$/.test(row.because) ? cutMiddle : fitClause)(row.because, width),
    ...{ least: 22, comfortable: 34, most: 80 },
  },
  plain("CONTAIN", (row) => row.contain),
  {
    name: "FIX LEAD",
    text: (row) => row.fixLead,
    fit: (row, width) => cutEnd(row.fixLead, width),
    ...{ least: 14, comfortable: 20, most: 40 },
  },
  plain("T", (row) => row.tier),
  plain("DUE", (row) => row.due),
];

/** Dropped on narrow terminals, in this order; the first four never are. */
const dropOrder: readonly ColumnName[] = ["DUE", "T", "CONTAIN", "FIX LEAD"];

export interface LaidOutColumn {
  readonly name: ColumnName;
  readonly width: number;
  readonly cell: (row: CaseRow) => string;
}

/** Chooses columns and widths for a terminal of `width` columns. */
export function layOut(rows: readonly CaseRow[], width: number): readonly LaidOutColumn[] {
  const natural = new Map(
    columns.map((column) => [
      column.name,
      Math.min(
        column.most,
        rows.reduce((most, row) => Math.max(most, widthOf(column.text(row))), widthOf(column.name)),
      ),
    ]),
  );
  const naturalOf = (column: Column): number => natural.get(column.name) ?? 0;
  const total = (chosen: readonly Column[], size: (column: Column) => number): number =>
    chosen.reduce(
      (sum, column) => sum + Math.min(size(column), naturalOf(column)),
      gap * (chosen.length - 1),
    );
  let chosen = columns;
  for (const name of dropOrder) {
    const size = (column: Column): number => (name === "FIX LEAD" ? column.least : column.comfortable);
    if (total(chosen, size) <= width) break;
    chosen = chosen.filter((column) => column.name !== name);
  }
  // From the bottom up: everybody gets the least, then what is comfortable; then BECAUSE before all others.
  const widths = new Map(chosen.map((column) => [column.name, Math.min(column.least, naturalOf(column))]));
  let free = width - gap * (chosen.length - 1) - [...widths.values()].reduce((sum, size) => sum + size, 0);
  const enough = 54;
  const because = (column: Column): number => (column.name === "BECAUSE" ? enough : column.comfortable);
  for (const goal of [(column: Column) => column.comfortable, because, naturalOf]) {
    for (let grown = true; free > 0 && grown;) {
      grown = false;
      for (const column of chosen) {
        const size = widths.get(column.name) ?? 0;
        if (free <= 0 || size >= Math.min(goal(column), naturalOf(column))) continue;
        widths.set(column.name, size + 1);
        free -= 1;
        grown = true;
      }
    }
  }
  return chosen.map((column) => {
    const size = widths.get(column.name) ?? 0;
    return { name: column.name, width: size, cell: (row) => padEnd(column.fit(row, size), size) };
  });
}

/** What `explain` tells anyway goes first: the age of a key, what something runs as on its way to another. */
const dispensable: readonly (readonly [RegExp, string])[] = [
  [/ (?:was|were) not supplied/, " missing"],
  [/, \d+ days/, ""],
  [/ runs as [^\s;]+ →/, " →"],
  [/ runs as /, " as "],
];

/** Who starts and the decisive right both stay as long as they can; then the sentence ends at a word. */
function fitClause(text: string, width: number): string {
  let rest = text;
  for (const [pattern, less] of dispensable) {
    if (widthOf(rest) <= width) break;
    rest = rest.replace(pattern, less);
  }
  return cutWords(rest, width);
}

/** For the narrow: the kind in a word that people use as well. */
const shortKinds: Readonly<Record<string, string>> = {
  "security group": "sg",
  "rds snapshot": "snapshot",
  "rds cluster snapshot": "snapshot",
  "ec2 snapshot": "snapshot",
  "rds db instance": "rds",
  "ecs task definition": "task",
};

/** `s3 acme-exports +2 · public read` */
export function subjectText({ kind, name, weakness, more }: Subject): string {
  const what = [kind, name].filter((part) => part !== "").join(" ");
  return `${what}${more === 0 ? "" : ` +${more}`}${weakness === "" ? "" : ` · ${weakness}`}`;
}

/** What is wrong stays readable; the name gives way, in its middle, down to what still tells it apart. */
function fitSubject(subject: Subject, width: number): string {
  const excess = widthOf(subjectText(subject)) - width;
  if (excess <= 0) return subjectText(subject);
  const shorter = shortKinds[subject.kind];
  if (shorter !== undefined) return fitSubject({ ...subject, kind: shorter }, width);
  // A piece of an account's name is no name: what is wrong with it gives way instead.
  const least = subject.kind === "account" ? 18 : Math.min(18, Math.max(6, width - 20));
  const room = Math.max(least, widthOf(subject.name) - excess);
  return cutEnd(subjectText({ ...subject, name: cutMiddle(subject.name, room) }), width);
}

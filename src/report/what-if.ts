import type { WhatIfDocument } from "../core/decision/index.js";
import { placesOf } from "./place.js";
import { shortName, withoutArns } from "./short-name.js";
import { padEnd, widthOf, wrap } from "./text-width.js";
import { visible } from "./visible-text.js";
import { count, counted } from "./wording.js";

const widest = 160;
/** Rows of each list that people see; how many more there are is said. */
const shownRows = 20;

interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly left: number;
}

interface Row {
  readonly head: string;
  readonly text: string;
  readonly places: readonly string[];
}

/** First the sentence with the counts, then what breaks, what flips, who loses and gains what. */
export function renderWhatIf(answer: WhatIfDocument, width: number, all: boolean): string {
  const room = Math.max(60, Math.min(widest, width));
  const lines = [
    headline(answer),
    ...answer.change.applied.map(({ text }) => `  change  ${withoutArns(text)}`),
    ...sectionsOf(answer, all).flatMap(({ title, rows, left }) => [
      "",
      title,
      ...rows.flatMap((row) => rowLines(row, room)),
      ...(left === 0 ? [] : [`  +${count(left)} more (--all)`]),
    ]),
    "",
    ...wrap(footOf(answer), room),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

export function renderWhatIfMarkdown(answer: WhatIfDocument, all: boolean): string {
  const lines = [
    `# What if: ${headline(answer)}`,
    "",
    ...answer.change.applied.map(({ text }) => `- change: ${escaped(withoutArns(text))}`),
    ...sectionsOf(answer, all).flatMap(({ title, rows, left }) => [
      "",
      `## ${title}`,
      "",
      ...rows.map(
        ({ head, text, places }) =>
          `- **${escaped(head)}** ${escaped(text)}${places.length === 0 ? "" : ` (${places.map(escaped).join("; ")})`}`,
      ),
      ...(left === 0 ? [] : [`- and ${count(left)} more`]),
    ]),
    "",
    footOf(answer),
  ];
  return `${lines.join("\n")}\n`;
}

/** Text of a document that nobody of ours wrote must not become markup. */
const escaped = (text: string): string => text.replace(/[\\`*_[\]<>|#]/g, (mark) => `\\${mark}`);

function headline({ verdicts, access, broken, newExposures, unchanged }: WhatIfDocument): string {
  const of = (effect: string): number => verdicts.filter((row) => row.effect === effect).length;
  const changed = of("other");
  return [
    `${count(of("better"))} better`,
    `${count(of("worse"))} worse`,
    ...(changed === 0 ? [] : [`${count(changed)} otherwise changed`]),
    `${count(unchanged)} as before`,
    counted(newExposures.length, "new exposure"),
    `${count(access.lost.length)} lost`,
    `${count(access.gained.length)} gained`,
    broken.length === 0 ? "nothing on record breaks" : `${count(broken.length)} in use would break`,
  ].join(" · ");
}

function sectionsOf(answer: WhatIfDocument, all: boolean): readonly Section[] {
  const { verdicts, access, broken, entries, newExposures, rejected } = answer;
  const flip = verdicts.map((row): Row => {
    const side = (value: typeof row.before): string =>
      value === undefined
        ? "no case"
        : `${value.words}${value.because === "" ? "" : ` (${withoutArns(value.because)})`}`;
    const lead =
      row.before !== undefined && row.after !== undefined && row.before.lead !== row.after.lead
        ? ` · lead ${row.before.lead} → ${row.after.lead}`
        : "";
    return {
      head: `${row.before?.case ?? row.after?.case ?? ""} ${row.name} · ${row.title}`.trim(),
      text: `${row.effect === "other" ? "" : `${row.effect}: `}${side(row.before)} → ${side(row.after)}${lead}${row.closed ? " · the setting is closed" : ""}`,
      places: [],
    };
  });
  const access_ = (
    rows: WhatIfDocument["access"]["lost"],
    words: (row: AccessRow) => string,
  ): readonly Row[] =>
    joined(rows, words).map(({ row, actions, text }) => ({
      head: shortName(row.principal),
      text: withoutArns(`${actions} on ${shortName(row.resource)}${text}`),
      places: placesOf(row.evidence),
    }));
  const sections: Section[] = [];
  const add = (title: string, rows: readonly Row[]): void => {
    if (rows.length === 0) return;
    const shown = all ? rows : rows.slice(0, shownRows);
    sections.push({ title, rows: shown, left: rows.length - shown.length });
  };
  add(
    "WOULD BREAK",
    broken.map((use): Row => ({
      head: shortName(use.who),
      text: withoutArns(
        `${use.certainty === "possible" ? "perhaps " : ""}${use.action} ${/ (with|as)$/.test(use.action) ? "" : "on "}${shortName(use.resource)}${use.lastUsedAt === "" ? "" : `, last used ${use.lastUsedAt.slice(0, 10)}`}: ${use.because}`,
      ),
      places: placesOf(use.evidence),
    })),
  );
  add(
    "NEW EXPOSURES",
    newExposures.map((item): Row => ({
      head: item.name,
      text: `${item.title}${item.words === undefined ? "" : ` · comes back: ${item.words}`}`,
      places: [],
    })),
  );
  add("COMES BACK", flip);
  add(
    "LOSES",
    access_(access.lost, (row) => (row.because === undefined ? "" : `: ${row.because}`)),
  );
  add(
    "GAINS",
    access_(access.gained, (row) => (row.after === "unknown" ? " · unknown" : "")),
  );
  add(
    "ONLY IF",
    access_(access.conditional, (row) =>
      [
        ...(row.onlyIf === undefined ? [] : [` only if ${row.onlyIf.join(" and ")}`]),
        ...(row.noLongerOnlyIf === undefined
          ? []
          : [` no longer only if ${row.noLongerOnlyIf.join(" and ")}`]),
      ].join(" ·"),
    ),
  );
  add(
    "WAYS IN",
    entries.map((entry): Row => ({
      head: shortName(entry.into),
      text: withoutArns(
        `${entry.after === undefined ? "closed" : entry.before === undefined ? "new" : `band ${String(entry.before)} → ${String(entry.after)}`}: ${entry.label}`,
      ),
      places: placesOf(entry.evidence),
    })),
  );
  add(
    "REJECTED",
    rejected.map((item): Row => ({
      head: `${item.document}${item.line === undefined ? (item.pointer ?? "") : ` line ${String(item.line)}`}`,
      text: withoutArns(item.reason),
      places: [],
    })),
  );
  return sections;
}

type AccessRow = WhatIfDocument["access"]["lost"][number];

/** Actions of one identity on one thing, for one reason, as one row; the document holds each. */
function joined(
  rows: readonly AccessRow[],
  words: (row: AccessRow) => string,
): readonly { readonly row: AccessRow; readonly actions: string; readonly text: string }[] {
  const groups = new Map<string, AccessRow[]>();
  for (const row of rows) {
    const key = `${row.principal} ${row.resource} ${words(row)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].flatMap((group) => {
    const [row] = group;
    if (row === undefined) return [];
    const names = group.map(({ action }) => action);
    const more = names.length > 6 ? ` and ${count(names.length - 6)} more` : "";
    return [{ row, actions: `${names.slice(0, 6).join(", ")}${more}`, text: words(row) }];
  });
}

function footOf({ asked, access }: WhatIfDocument): string {
  const limits = [
    ...(asked.unasked === 0 ? [] : [`${count(asked.unasked)} or more questions were not asked`]),
    ...(asked.untried === 0 ? [] : [`${count(asked.untried)} more uses were not tried`]),
    ...(access.more === 0 ? [] : [`${count(access.more)} more rows of access`]),
  ];
  const record =
    asked.auditLogDays === 0
      ? "no audit log was supplied, so what is in use is not known"
      : `tried again: ${counted(asked.uses, "use")} on record in ${counted(asked.auditLogDays, "day")} of audit log`;
  return [
    `asked: ${counted(asked.questions, "question")} on both sides, by own rights`,
    record,
    ...limits,
  ].join(" · ");
}

function rowLines({ head, text, places }: Row, room: number): readonly string[] {
  const name = visible(head);
  const first = 30;
  const lead = `  ${padEnd(name, first)}${widthOf(name) >= first ? "  " : ""}`;
  const indent = " ".repeat(first + 2);
  const [start = "", ...more] = wrap(visible(text), Math.max(30, room - widthOf(lead)));
  return [
    lead + start,
    ...more.map((line) => indent + line),
    ...places.slice(0, 2).map((place) => `${indent}${place}`),
  ];
}

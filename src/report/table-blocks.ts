import type { Analysis, Unknown } from "../core/decision/index.js";
import type { Rejection } from "../core/estate/index.js";
import { padEnd, widthOf, wrap } from "./text-width.js";
import { visible } from "./visible-text.js";
import { count, counted } from "./wording.js";

const shownFacts = 6;
const shownRejections = 5;

/**
 * What is missing, each thing once: two questions that the same command answers in the same words are one thing to
 * fetch. The document keeps their keys apart.
 */
export function distinctUnknowns({ unknowns }: Pick<Analysis, "unknowns">): readonly Unknown[] {
  const found = new Map<string, Unknown>();
  for (const item of unknowns) {
    const key = `${item.fact}\n${item.collect}`;
    const known = found.get(key);
    const joined = (field: "decides" | "confirms"): readonly string[] => [
      ...new Set([...(known?.[field] ?? []), ...item[field]]),
    ];
    found.set(key, { ...(known ?? item), decides: joined("decides"), confirms: joined("confirms") });
  }
  return [...found.values()].sort(
    (a, b) => b.decides.length - a.decides.length || b.confirms.length - a.confirms.length,
  );
}

/** Facts that nobody supplied: what they would decide, and the command that fetches each. */
export function unknownLines(analysis: Analysis, width: number, all: boolean): readonly string[] {
  const unknowns = distinctUnknowns(analysis);
  if (unknowns.length === 0) return [];
  const head = `UNKNOWN  ${unknownSentence(unknowns)}:`;
  const shown = all ? unknowns : unknowns.slice(0, shownFacts);
  const facts = shown.map((item) => visible(item.fact));
  const commands = shown.map((item) => visible(item.collect));
  const more = unknowns.length - shown.length;
  const rest = more === 0 ? [] : [`${" ".repeat(9)}+${count(more)} more facts (--all)`];
  const factWidth = Math.max(...facts.map(widthOf));
  const commandWidth = Math.max(...commands.map(widthOf));
  const start = widthOf(head) + 2;
  if (start + factWidth + 3 + commandWidth <= width) {
    return [
      ...facts.map(
        (fact, index) =>
          `${index === 0 ? `${head}  ` : " ".repeat(start)}${padEnd(fact, factWidth)}   ${commands[index] ?? ""}`,
      ),
      ...rest,
    ];
  }
  // Commands stand below each other where most lines allow it; a long one does not break the others.
  const fits = facts.map((fact, index) => 12 + widthOf(fact) + widthOf(commands[index] ?? "") <= width);
  const column = Math.max(
    0,
    ...facts.filter((_, index) => fits[index] === true && commandFits(commands[index])).map(widthOf),
  );
  function commandFits(command = ""): boolean {
    return 12 + widthOf(command) + 48 <= width;
  }
  return [
    ...wrap(head, width),
    ...facts.flatMap((fact, index) => {
      const command = commands[index] ?? "";
      const padded = 12 + Math.max(column, widthOf(fact)) + widthOf(command) <= width ? column : 0;
      return fits[index] === true
        ? [`${" ".repeat(9)}${padEnd(fact, padded)}   ${command}`]
        : [
            ...wrap(fact, width - 9).map((line) => " ".repeat(9) + line),
            ...wrap(command, width - 11).map((line) => " ".repeat(11) + line),
          ];
    }),
    ...rest,
  ];
}

/** `2 facts would decide 1 case and confirm 3` */
export function unknownSentence(unknowns: readonly Unknown[]): string {
  const decides = new Set(unknowns.flatMap((item) => item.decides));
  const confirms = new Set(unknowns.flatMap((item) => item.confirms).filter((id) => !decides.has(id)));
  const facts = counted(unknowns.length, "fact");
  if (decides.size === 0 && confirms.size === 0)
    return `${facts} ${unknowns.length === 1 ? "is" : "are"} missing and would decide no case`;
  if (decides.size === 0) return `${facts} would confirm ${counted(confirms.size, "case")}`;
  return `${facts} would decide ${counted(decides.size, "case")}${confirms.size === 0 ? "" : ` and confirm ${count(confirms.size)}`}`;
}

/** Documents with a rejection, counted against all that were supplied. */
export function rejectedSentence(analysis: Analysis): string {
  const files = new Set(analysis.rejected.map((item) => item.document));
  const all = new Set([...analysis.inputs.map((input) => input.document), ...files]);
  return `${count(files.size)} of ${counted(all.size, "file")}`;
}

/** `trail-2.json line 88,214: ends in the middle of a record; 88,213 records were used` */
export function rejectionText(item: Rejection): string {
  const place = [
    item.line === undefined ? "" : ` line ${count(item.line)}`,
    item.column === undefined ? "" : ` column ${count(item.column)}`,
    item.pointer === undefined || item.pointer === "" ? "" : ` ${item.pointer}`,
    item.line === undefined && item.offset !== undefined ? ` byte ${count(item.offset)}` : "",
  ].join("");
  const used = item.used === undefined ? "" : `; ${counted(item.used, "record was", "records were")} used`;
  const hint = item.hint === undefined ? "" : `; ${item.hint}`;
  return visible(`${item.document}${place}: ${item.reason}${used}${hint}`);
}

export function rejectedLines(analysis: Analysis, width: number, all: boolean): readonly string[] {
  const { rejected } = analysis;
  if (rejected.length === 0) return [];
  const shown = all ? rejected : rejected.slice(0, shownRejections);
  const more = rejected.length - shown.length;
  const [first = "", ...others] = shown.map(rejectionText);
  const indent = " ".repeat(9);
  const flow = (text: string): readonly string[] => wrap(text, width - 9).map((line) => indent + line);
  return [
    ...wrap(`REJECTED ${rejectedSentence(analysis)}: ${first}`, width - 9).map((line, index) =>
      index === 0 ? line : indent + line,
    ),
    ...others.flatMap(flow),
    ...(more === 0 ? [] : [`${indent}+${count(more)} more (--all)`]),
  ];
}

/** What to type next: only commands that exist, with ids of this very table. */
export function nextLine(analysis: Analysis, width: number): readonly string[] {
  const [first] = analysis.cases;
  const given = analysis.inputs.some((input) => input.role === "findings");
  const comesBack = analysis.cases.some(({ recreation }) => recreation.verdict === "possible");
  const steps = [
    ...(first === undefined ? [] : [`remit explain ${first.id}`]),
    ...(comesBack && analysis.inputs.some((input) => input.role === "estate") ? ["remit cut --all"] : []),
    ...(first === undefined && !given ? ["remit analyze … --findings prowler.ocsf.json"] : []),
    "remit analyze … --format html --out report.html",
  ];
  const line = `NEXT     ${steps.join("      ")}`;
  return line.length <= width
    ? [line]
    : [`NEXT     ${steps[0] ?? ""}`, ...steps.slice(1).map((step) => `         ${step}`)];
}

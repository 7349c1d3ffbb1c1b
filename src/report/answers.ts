import { hopText, type HopWords } from "./hop-text.js";
import { placesOf } from "./place.js";
import { shortName, withoutArns } from "./short-name.js";
import { padEnd, widthOf, wrap } from "./text-width.js";
import { visible } from "./visible-text.js";
import { count, counted } from "./wording.js";
import type { Evidence, MissingFact } from "../core/estate/index.js";

/** The parts of `remit.who-can/1` and its kin that people read; the documents hold more. */
interface StepView {
  readonly from: string;
  readonly to: string;
  readonly via: string;
  readonly condition?: string;
  readonly assumption?: string;
  readonly evidence: readonly Evidence[];
}

interface EntryView {
  readonly label: string;
  readonly band: number;
}

export interface HolderView {
  readonly name: string;
  readonly path: readonly StepView[];
  readonly grants: readonly Evidence[];
  readonly conditions: readonly { readonly text: string }[];
  readonly entries: readonly EntryView[];
  readonly missing: readonly MissingFact[];
}

export interface WhoCanView {
  readonly action: string;
  readonly resource: string;
  readonly can: readonly HolderView[];
  readonly unknown: readonly HolderView[];
  readonly more: number;
  readonly almost: readonly { readonly name: string; readonly by: string; readonly evidence?: Evidence }[];
  readonly missing: readonly MissingFact[];
}

const widest = 160;
const clamp = (width: number): number => Math.max(60, Math.min(widest, width));

/** First the sentence with the counts, then a row per identity with its path, its condition and its statement. */
export function renderWhoCan(answer: WhoCanView, width: number): string {
  const { can, unknown, almost, more } = answer;
  const conditional = can.filter(
    (holder) => holder.conditions.length > 0 || holder.path.some((step) => step.condition !== undefined),
  ).length;
  const parts = [
    `${count(can.length - conditional)} can`,
    `${count(conditional)} only if`,
    `${count(unknown.length)} unknown`,
    `${count(almost.length)} almost, stopped by something`,
  ];
  const lines = [
    `${answer.action} on ${shortName(answer.resource)}: ${parts.join(" · ")}`,
    ...(can.length + unknown.length === 0
      ? ["", "nobody in this estate can, beyond the account root and organisation management"]
      : []),
    ...section(
      "CAN",
      can.flatMap((holder) => holderLines(holder, width)),
    ),
    ...section(
      "UNKNOWN",
      unknown.flatMap((holder) => holderLines(holder, width)),
    ),
    ...(more === 0 ? [] : [`+${count(more)} more identities (--all)`]),
    ...section(
      "ALMOST",
      almost.flatMap((miss) =>
        row([miss.name, withoutArns(miss.by)], miss.evidence === undefined ? [] : [miss.evidence], width),
      ),
    ),
    ...missingLines(answer.missing),
  ];
  return finish(lines);
}

function holderLines(holder: HolderView, width: number): readonly string[] {
  const [entry] = holder.entries;
  const conditions = [
    ...holder.conditions.map((item) => item.text),
    ...holder.path.flatMap((step) => step.condition ?? []),
  ];
  const how =
    holder.path.length === 0
      ? "has the right itself"
      : holder.path.map((step) => `${stepWords(step)} ${shortName(step.to)}`).join(", ");
  const text = [
    withoutArns(how),
    ...(conditions.length === 0 ? [] : [`only if ${withoutArns(conditions.join(" and "))}`]),
    ...holder.path.flatMap((step) =>
      step.assumption === undefined ? [] : [`assumes ${withoutArns(step.assumption)}`],
    ),
    ...(entry === undefined ? ["no way in is known"] : [`starts from ${withoutArns(entry.label)}`]),
    ...(holder.missing.length === 0
      ? []
      : [`missing: ${[...new Set(holder.missing.map((fact) => fact.fact))].join(", ")}`]),
  ].join(" · ");
  return row([holder.name, text], [...holder.path.flatMap((step) => step.evidence), ...holder.grants], width);
}

/** `assume-role` becomes `may become`; a published way keeps its id, so that it can be looked up. */
const stepWords = (step: StepView): string =>
  step.via === "assume-role" ? "becomes" : `by ${step.via} becomes`;

export interface ReachView {
  readonly name: string;
  readonly tier: number;
  readonly tierBecause: string;
  readonly becomes: readonly {
    readonly name: string;
    readonly verdict: true | "unknown";
    readonly path: readonly StepView[];
  }[];
  readonly administers: readonly {
    readonly name: string;
    readonly through: string;
    readonly verdict: true | "unknown";
  }[];
  readonly privileges: readonly {
    readonly action: string;
    readonly through: string;
    readonly evidence: Evidence;
  }[];
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly access: "read" | "change";
    readonly through: string;
    readonly action: string;
    readonly verdict: true | "unknown";
  }[];
  readonly more: number;
  readonly entries: readonly EntryView[];
}

export function renderReach(answer: ReachView, width: number): string {
  const doubt = (verdict: true | "unknown"): string => (verdict === true ? "" : " · unknown");
  const lines = [
    `${visible(answer.name)}: tier ${answer.tier}, ${answer.tierBecause} · becomes ${count(answer.becomes.length)} · touches ${counted(answer.resources.length + answer.more, "resource right")}`,
    ...section(
      "STARTS FROM",
      answer.entries.flatMap((entry) => row([withoutArns(entry.label), `band ${entry.band}`], [], width)),
    ),
    ...section(
      "ADMINISTERS",
      answer.administers.flatMap((item) =>
        row([item.name, `through ${shortName(item.through)}${doubt(item.verdict)}`], [], width),
      ),
    ),
    ...section(
      "BECOMES",
      answer.becomes.flatMap((item) =>
        row(
          [
            item.name,
            item.path.map((step) => `${stepWords(step)} ${shortName(step.to)}`).join(", ") +
              doubt(item.verdict),
          ],
          item.path.flatMap((step) => step.evidence),
          width,
        ),
      ),
    ),
    ...section(
      "MAY MANAGE",
      answer.privileges.flatMap((item) =>
        row([item.action, `as ${shortName(item.through)}`], [item.evidence], width),
      ),
    ),
    ...section(
      "TOUCHES",
      answer.resources.flatMap((item) =>
        row(
          [
            `${item.kind} ${item.name}`,
            `${item.access} by ${item.action} as ${shortName(item.through)}${doubt(item.verdict)}`,
          ],
          [],
          width,
        ),
      ),
    ),
    ...(answer.more === 0 ? [] : [`+${count(answer.more)} more (--all)`]),
  ];
  return finish(lines);
}

type HopView = HopWords & { readonly evidence: readonly Evidence[] };

export interface RecreateView {
  readonly resource: string;
  readonly weakness: string;
  readonly verdict: string;
  readonly words: string;
  readonly paths: readonly {
    readonly because: string;
    readonly band: number;
    readonly kind: string;
    readonly certainty: string;
    readonly governed: boolean;
    readonly colluding: boolean;
    readonly credential?: string;
    readonly condition?: string;
    readonly unchecked?: string;
    readonly recurrenceHop: number;
    readonly hops: readonly HopView[];
  }[];
  readonly morePaths: number;
  readonly missing: readonly (MissingFact & { readonly ifTrue: string; readonly ifFalse: string })[];
  readonly sharedCauses: readonly { readonly title: string; readonly members: readonly string[] }[];
  readonly floor: readonly string[];
  readonly stopped: readonly { readonly who: string; readonly by: string }[];
  readonly checked: readonly string[];
  readonly certificate?: {
    readonly atoms: readonly {
      readonly atom: string;
      readonly candidates: number;
      readonly blockedBy: readonly string[];
    }[];
  };
}

export function renderRecreate(answer: RecreateView, width: number): string {
  const lines = [
    `${shortName(answer.resource)} · ${visible(answer.weakness)}: ${answer.words} (${answer.verdict}) · ${counted(answer.paths.length + answer.morePaths, "route")}`,
    ...answer.paths.flatMap((path, index) => [
      "",
      `ROUTE ${index + 1}  ${withoutArns(path.because)} · ${path.kind} · band ${path.band} · ${path.certainty}${path.governed ? " · governed" : ""}${path.colluding ? " · only two actors together" : ""}`,
      ...path.hops.flatMap((hop, position) =>
        row(
          [
            `${position + 1}`,
            `${hopText(hop)}${position === path.recurrenceHop ? "  ↻ brings it back" : ""}`,
          ],
          hop.evidence,
          width,
          4,
        ),
      ),
      ...(path.condition === undefined ? [] : [`    conditional: ${withoutArns(path.condition)}`]),
      ...(path.unchecked === undefined
        ? []
        : [`    not checked by the second evaluator: ${withoutArns(visible(path.unchecked))}`]),
    ]),
    ...(answer.morePaths === 0 ? [] : [`+${counted(answer.morePaths, "route")} beyond the limit`]),
    ...section(
      "WOULD COME BACK if",
      answer.missing.flatMap((fact) => [
        `  ${visible(fact.fact)}: if it allows → ${fact.ifTrue}; if it denies → ${fact.ifFalse}`,
        `    $ ${visible(fact.collect)}`,
      ]),
    ),
    "",
    ...field("CHECKED", answer.checked, width),
    ...field(
      "STOPPED",
      answer.stopped.slice(0, 3).map((item) => `${shortName(item.who)}: ${withoutArns(item.by)}`),
      width,
    ),
    ...field(
      "SHARED",
      answer.sharedCauses.map((cause) => `${cause.title} (${cause.members.length})`),
      width,
    ),
    ...(answer.certificate?.atoms ?? []).flatMap((atom) =>
      field("BLOCKED", [`${atom.atom}: ${counted(atom.candidates, "candidate")}`, ...atom.blockedBy], width),
    ),
    ...field("FLOOR", answer.floor, width),
  ];
  return finish(lines);
}

const field = (label: string, parts: readonly string[], width: number): readonly string[] =>
  parts.length === 0
    ? []
    : wrap(`${padEnd(label, 9)}${withoutArns(parts.join(" · "))}`, clamp(width) - 9).map((line, index) =>
        index === 0 ? line : " ".repeat(9) + line,
      );

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ["", title, ...lines];

/** Name, words, and below them where it stands. */
function row(
  cells: readonly [string, string],
  evidence: readonly Evidence[],
  width: number,
  first = 28,
): readonly string[] {
  const name = visible(cells[0]);
  const lead = `  ${padEnd(name, first)}${widthOf(name) >= first ? "  " : ""}`;
  const indent = " ".repeat(first + 2);
  const [head = "", ...rest] = wrap(visible(cells[1]), clamp(width) - widthOf(lead));
  return [
    lead + head,
    ...rest.map((line) => indent + line),
    ...placesOf(evidence).map((place) => `${indent}${place}`),
  ];
}

const missingLines = (missing: readonly MissingFact[]): readonly string[] =>
  missing.length === 0
    ? []
    : ["", "MISSING", ...missing.map((fact) => `  ${visible(fact.fact)}   ${visible(fact.collect)}`)];

const finish = (lines: readonly string[]): string => `${lines.map((line) => line.trimEnd()).join("\n")}\n`;

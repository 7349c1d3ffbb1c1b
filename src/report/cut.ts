import { placesOf } from "./place.js";
import { shortName, withoutArns } from "./short-name.js";
import { padEnd, wrap } from "./text-width.js";
import { visible } from "./visible-text.js";
import { count, counted, dayOf } from "./wording.js";
import type { Evidence } from "../core/estate/index.js";

/** The parts of `remit.cut/1` that people read. */
export interface CutView {
  readonly cases: readonly { readonly id: string; readonly title: string }[];
  readonly before: string;
  readonly after: string;
  readonly basis: readonly string[];
  readonly changes: readonly CutChangeView[];
  readonly owners: readonly {
    readonly role: string;
    readonly names: readonly string[];
    readonly changes: readonly number[];
  }[];
  readonly exact: boolean;
  readonly cost: number;
  readonly bound: number;
  readonly inexact: readonly string[];
  readonly derivations: number;
  readonly considered: number;
  readonly breaks: readonly BrokenView[];
  readonly options: readonly {
    readonly fix: string;
    readonly title: string;
    readonly owner: string;
    readonly chosen: boolean;
  }[];
  readonly uncut: readonly { readonly because: string }[];
  readonly left: readonly { readonly because: string; readonly missing: readonly string[] }[];
  readonly cannotPromise: readonly { readonly fact: string; readonly collect: string }[];
  readonly orderReckoned: boolean;
  readonly order: readonly {
    readonly change: number;
    readonly ends: readonly string[];
    readonly total: number;
  }[];
}

export interface CutChangeView {
  readonly title: string;
  readonly owner: {
    readonly names: readonly string[];
    readonly inferred: boolean;
    readonly authority: string;
  };
  readonly use: string;
  readonly interim: boolean;
  readonly interimBecause?: string;
  readonly closes: number;
  readonly breaks: readonly BrokenView[];
  readonly diff: string;
  readonly commands: readonly string[];
  readonly terraform: string;
}

interface BrokenView {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly at?: string;
  readonly evidence?: Evidence;
}

export interface CutTextOptions {
  readonly width: number;
  /** Diffs and Terraform too. */
  readonly verbose: boolean;
}

const clamp = (width: number): number => Math.max(60, Math.min(160, width));

/** First what is ended and whether that is proven to be the least, then the changes by owner, then what is not promised. */
export function renderCut(cut: CutView, { width, verbose }: CutTextOptions): string {
  const columns = clamp(width);
  const lines = [...headOf(cut).flatMap((text) => wrap(text, columns))];
  if (cut.changes.length === 0 && cut.uncut.length === 0)
    lines.push("", "nothing has to be changed: nobody ungoverned can bring it back");
  for (const { role, names, changes } of cut.owners) {
    lines.push("", `${role}  ${namesText(names, cut.changes[changes[0] ?? 0]?.owner.inferred ?? true)}`);
    for (const index of changes) {
      const change = cut.changes[index];
      if (change !== undefined) lines.push(...changeLines(change, index, columns, verbose));
    }
  }
  lines.push(...orderLines(cut, columns));
  lines.push(...notes(cut).flatMap(([name, texts]) => field(name, texts, columns)));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

export function headOf(cut: CutView): readonly string[] {
  const [only, ...others] = cut.cases;
  const what =
    only === undefined
      ? "no case"
      : others.length === 0
        ? `${only.id}  ${withoutArns(visible(only.title))}`
        : `${counted(cut.cases.length, "case")}: ${cut.cases.map(({ id }) => id).join(", ")}`;
  const least =
    cut.uncut.length > 0
      ? `${counted(cut.uncut.length, "way")} that nothing weighed would end`
      : cut.exact
        ? "the least of all changes weighed, proven"
        : `not proven to be the least (cost ${count(cut.cost)}, none below ${count(cut.bound)}: ${cut.inexact.join("; ")})`;
  return [
    what,
    `${counted(cut.changes.length, "change")}, ${counted(cut.owners.length, "owner")}: ${wordOf(cut.before, [])} → ${wordOf(cut.after, cut.basis)} · ${least} · ${counted(cut.derivations, "way")} broken, ${counted(cut.considered, "change")} weighed`,
  ];
}

/** The words of first-minute.md for a verdict. */
const wordOf = (verdict: string, basis: readonly string[]): string =>
  verdict === "possible"
    ? "yes"
    : verdict === "none"
      ? "cannot"
      : verdict === "governed"
        ? basis.includes("expected")
          ? "only admins"
          : "governed"
        : "unknown";

const namesText = (names: readonly string[], inferred: boolean): string =>
  names.length === 0
    ? "(nobody found)"
    : names.map((name) => `${inferred ? "~" : ""}${visible(name)}`).join(", ");

function changeLines(
  change: CutChangeView,
  index: number,
  width: number,
  verbose: boolean,
): readonly string[] {
  const marks = [
    change.interim ? `interim: ${change.interimBecause ?? ""}` : "durable",
    change.use === "used" ? "in use" : change.use === "unused" ? "not used" : "use unknown",
    `breaks ${counted(change.closes, "way")}`,
    ...(change.owner.authority === "unknown" ? [] : [`the first named ${change.owner.authority} make it`]),
  ];
  const indent = "      ";
  const text = wrap(`${visible(change.title)}   ${marks.join(" · ")}`, width - 6);
  const block = (content: string): readonly string[] =>
    content === "" ? [] : content.split("\n").map((line) => `${indent}${visible(line)}`);
  return [
    `  ${padEnd(String(index + 1), 4)}${text[0] ?? ""}`,
    ...text.slice(1).map((line) => indent + line),
    ...change.breaks.map((item) => `${indent}ends ${brokenText(item)}`),
    ...change.commands.map((line) => `${indent}$ ${visible(line)}`),
    ...(!verbose && change.commands.length === 0 ? block(change.terraform) : []),
    ...(verbose ? [...block(change.diff), ...block(change.terraform)] : []),
  ];
}

export const brokenText = ({ principal, action, resource, at, evidence }: BrokenView): string =>
  `${action} of ${shortName(principal)}${resource === "*" ? "" : ` on ${shortName(resource)}`}${at === undefined ? "" : `, used ${dayOf(at)}`}${evidence === undefined ? "" : `   ${placesOf([evidence]).join(" ")}`}`;

function orderLines(cut: CutView, width: number): readonly string[] {
  if (cut.order.length === 0) return [];
  return [
    "",
    `ORDER  those first that end most cases (greedy: another order of as many is not promised to end fewer${cut.orderReckoned ? "; reckoned, not asked one by one" : ""})`,
    ...cut.order.flatMap(({ change, ends, total }) =>
      wrap(
        `change ${String(change + 1)} ends ${ends.length === 0 ? "none yet" : ends.join(", ")}   ${String(total)} of ${String(cut.cases.length)}`,
        width - 7,
      ).map((line) => `       ${line}`),
    ),
  ];
}

/** What is broken, what else would do, what stays open. */
export function notes(cut: CutView): readonly (readonly [string, readonly string[]])[] {
  const others = cut.options.filter(({ chosen }) => !chosen);
  return [
    [
      "ENDS",
      [
        ...(cut.changes.length === 0
          ? []
          : cut.breaks.length === 0
            ? ["no right that is known to be used"]
            : [`${counted(cut.breaks.length, "right")} in use, named above`]),
        ...cut.changes.flatMap(({ use, breaks }, index) =>
          use === "used" && breaks.length === 0
            ? [`change ${String(index + 1)} takes something that is in use: whoever uses it moves first`]
            : [],
        ),
      ],
    ],
    ["INSTEAD", others.map(({ fix, title, owner }) => `${fix}: ${title} (${owner})`)],
    ["UNCUT", cut.uncut.map(({ because }) => because)],
    ["LEFT", cut.left.map(({ because, missing }) => `${because}, if ${missing.join("; ")}`)],
    ["UNKNOWN", cut.cannotPromise.map(({ fact, collect }) => `${fact}: ${collect}`)],
  ];
}

const field = (name: string, texts: readonly string[], width: number): readonly string[] =>
  texts.length === 0
    ? []
    : [
        "",
        ...texts.flatMap((text, index) =>
          wrap(withoutArns(visible(text)), width - 9).map(
            (line, row) => `${padEnd(index === 0 && row === 0 ? name : "", 9)}${line}`,
          ),
        ),
      ];

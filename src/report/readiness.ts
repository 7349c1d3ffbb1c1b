import { duties, type Readiness, type ReadinessCell, type ReadinessGap } from "../core/decision/index.js";
import { identityLines } from "./identity-lives.js";
import { cutEnd, padEnd, widthOf, wrap } from "./text-width.js";
import { visible } from "./visible-text.js";
import { count, counted } from "./wording.js";

export interface ReadinessView extends Readiness {
  readonly rejected: readonly { readonly document: string }[];
}

/** `●` proven, `○` named, `?` not confirmed, `✗` gap, `·` not asked for at this tier. */
export const markOf = (cell: ReadinessCell): string =>
  ({ can: "●", named: "○", open: "?", gap: "✗", "-": "·" })[cell.state];

const rowLimit = 40;
const gapLimit = 30;

/** First the sentence with the figure, then the matrix, then the gaps with the line that closes each. */
export function renderReadiness(view: ReadinessView, width: number, all: boolean): string {
  const room = Math.max(60, Math.min(width, 160));
  const lines = [
    ...wrap(sentenceOf(view), room),
    ...(view.workloads.length === 0
      ? ["", "no workload is known: name them in the catalogue (`workloads`), or state them in the estate"]
      : ["", ...matrix(view, room, all), "", ...wrap(legend, room)]),
    ...gapLines(view.gaps, room, all),
    ...identityLines(view, room, all),
  ];
  return `${lines.map((line) => visible(line).trimEnd()).join("\n")}\n`;
}

/** `62 % of 31 duties are covered: 3 workloads, 12 gaps; nobody answers for 7`. */
export function sentenceOf({ coverage, workloads, gaps, diffuse }: Readiness): string {
  if (coverage.required === 0) return `${counted(workloads.length, "workload")}, no duty to cover`;
  const share = `${String(Math.floor(coverage.share * 100))} % of ${count(coverage.required)} duties are covered`;
  return [
    `${share}: ${counted(workloads.length, "workload")}, ${counted(gaps.length, "gap")}`,
    ...(diffuse.nobody === 0 ? [] : [`nobody answers for ${count(diffuse.nobody)}`]),
    ...(coverage.unproven === 0 ? [] : [`${count(coverage.unproven)} named, not proven able`]),
  ].join("; ");
}

const legend =
  "● named and proven able · ○ named · ? likely, not confirmed · ✗ gap · a dot: not asked for at this tier";

function matrix({ workloads }: Readiness, width: number, all: boolean): readonly string[] {
  const shown = all ? workloads : workloads.slice(0, rowLimit);
  const wide = width >= 118;
  const heads = duties.map((duty) => (wide ? duty.title : duty.title.slice(0, 3)));
  const cell = (text: string, index: number): string =>
    padEnd(text, widthOf(heads[index] ?? "") + (wide ? 1 : 1));
  const fixed = heads.reduce((sum, head) => sum + widthOf(head) + 1, 0);
  const name = Math.max(
    12,
    Math.min(width - fixed - 4, Math.max(8, ...shown.map((row) => widthOf(row.name)))),
  );
  return [
    `${padEnd("WORKLOAD", name)} T  ${heads.map(cell).join("")}`,
    ...shown.map((row) => {
      const tier = `${String(row.tier)}${row.tierIfUnknown > row.tier ? "+" : ""}`;
      return `${padEnd(cutEnd(row.name, name), name)} ${padEnd(tier, 2)} ${row.cells.map((each, index) => cell(markOf(each), index)).join("")}`;
    }),
    ...(shown.length < workloads.length
      ? [`+${count(workloads.length - shown.length)} more workloads (--all)`]
      : []),
  ];
}

function gapLines(gaps: readonly ReadinessGap[], width: number, all: boolean): readonly string[] {
  if (gaps.length === 0) return ["", "no gap"];
  const shown = all ? gaps : gaps.slice(0, gapLimit);
  return [
    "",
    "GAPS",
    ...shown.flatMap((gap) => {
      const [first = "", ...rest] = wrap(gap.text, width - 2);
      return [
        `✗ ${first}`,
        ...rest.map((line) => `  ${line}`),
        ...wrap(`→ ${gap.fix}`, width - 4).map((line) => `    ${line}`),
      ];
    }),
    ...(shown.length < gaps.length ? [`+${count(gaps.length - shown.length)} more gaps (--all)`] : []),
  ];
}

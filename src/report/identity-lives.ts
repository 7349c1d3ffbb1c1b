import {
  citedText,
  lifeStages,
  type IdentityLife,
  type LifeStage,
  type Readiness,
} from "../core/decision/index.js";
import { cutEnd, padEnd, widthOf, wrap } from "./text-width.js";
import { count, counted } from "./wording.js";

const rowLimit = 20;

const words: Readonly<Record<IdentityLife["state"], string>> = {
  unknown: "not known",
  created: "created",
  "in-use": "in use",
  rotated: "rotated",
  reviewed: "reviewed",
  offboarded: "offboarded",
};

export const stateWords = ({ state }: IdentityLife): string => words[state];
export const stageHeads: readonly string[] = lifeStages.map((stage) => words[stage]);

/** `2026-11-20`, `yes` where it is proven and undated, `–` where nothing shows it. */
export function stepText({ steps }: IdentityLife, stage: LifeStage): string {
  const step = steps.find((each) => each.stage === stage);
  return step === undefined ? "–" : (step.at?.slice(0, 10) ?? "yes");
}

/** `7 identities of workloads: 1 created, 4 in use, 2 reviewed`. */
export function livesSentence({ identities, moreIdentities }: Readiness): string {
  const parts = (["unknown", ...lifeStages] as const).flatMap((state) => {
    const found = identities.filter((life) => life.state === state).length;
    return found === 0 ? [] : [`${count(found)} ${words[state]}`];
  });
  const all = counted(
    identities.length + moreIdentities,
    "identity of a workload",
    "identities of workloads",
  );
  return `${all}: ${parts.join(", ")}${moreIdentities === 0 ? "" : `, ${count(moreIdentities)} not listed`}`;
}

/** The life of each identity that is nobody's person, least far first (R53). */
export function identityLines(view: Readiness, width: number, all: boolean): readonly string[] {
  const { identities, compared } = view;
  if (identities.length === 0) return [];
  const shown = all ? identities : identities.slice(0, rowLimit);
  const heads = ["NOW", ...stageHeads.map((head) => head.toUpperCase()), "OWNER"];
  const rows = shown.map((life) => [
    stateWords(life),
    ...lifeStages.map((stage) => stepText(life, stage)),
    life.owner ?? "nobody named",
  ]);
  const widths = heads.map(
    (head, at) => Math.max(widthOf(head), ...rows.map((row) => widthOf(row[at] ?? ""))) + 2,
  );
  const rest = widths.reduce((sum, each) => sum + each, 0);
  const longest = Math.max(8, ...shown.map(({ name }) => widthOf(name)));
  const name = Math.max(12, Math.min(longest, width - rest - 2));
  const line = (first: string, cells: readonly string[]): string =>
    `${padEnd(cutEnd(first, name), name)}  ${cells.map((cell, at) => padEnd(cell, widths[at] ?? 0)).join("")}`;
  return [
    "",
    ...wrap(livesSentence(view), width),
    "",
    line("IDENTITY", heads),
    ...shown.map((life, at) => line(life.name, rows[at] ?? [])),
    ...(shown.length < identities.length
      ? [`+${count(identities.length - shown.length)} more identities (--all)`]
      : []),
    ...wrap(citedText(compared), width),
  ];
}

import {
  citedText,
  duties,
  lifeStages,
  type Readiness,
  type ReadinessCell,
  type WorkloadReadiness,
} from "../../core/decision/index.js";
import { livesSentence, stageHeads, stateWords, stepText } from "../identity-lives.js";
import { markOf, sentenceOf } from "../readiness.js";
import { count } from "../wording.js";
import { content, isolated } from "./markup.js";
import { style as shared } from "./style.js";
import { stylePolicy } from "./style-policy.js";

/** Workloads drawn in the page; how many more there are is said. */
const rowLimit = 2_000;
const gapLimit = 1_000;

/** Each state by sign, words and ground: none is told by colour alone (WCAG 1.4.1). */
const style = `${shared}
.heat td.cell{text-align:center;padding:8px 6px;border-left:1px solid var(--line)}
.heat th.duty{text-align:center;padding:12px 6px 8px}
.heat tbody th{border-top:1px solid var(--line);padding:12px;font-size:13px;color:var(--text);white-space:normal}
.heat .can{color:var(--good)}
.heat .named{color:var(--text-2)}
.heat .open{color:var(--yes-t);background:var(--mark)}
.heat .gap-cell{color:var(--out-t);background:var(--out-f);font-weight:600}
.heat .none{color:var(--text-3)}
.heat .who{display:block;font-size:11px;line-height:14px;color:var(--text-2);overflow-wrap:anywhere;max-width:96px;margin:0 auto}
.scroll{overflow-x:auto}
.fixline{font:12px/18px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--sunken);border-radius:4px;padding:4px 8px;display:block;overflow-wrap:anywhere;margin-top:4px}
`;

const words: Readonly<Record<ReadinessCell["state"], string>> = {
  can: "named and proven able",
  named: "named",
  open: "likely, not confirmed",
  gap: "gap",
  "-": "not asked for at this tier",
};
const classes: Readonly<Record<ReadinessCell["state"], string>> = {
  can: "can",
  named: "named",
  open: "open",
  gap: "gap-cell",
  "-": "none",
};

/** The matrix as one file that fetches nothing and runs nothing. */
export function renderReadinessHtml(view: Readiness & { readonly generatedAt: string }): string {
  const policy = stylePolicy(style);
  const rows = view.workloads.slice(0, rowLimit);
  const left = view.workloads.length - rows.length;
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    "<title>Readiness · remit</title>",
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    '<div class="wrap">',
    `<header><h1>${content(sentenceOf(view))}</h1><p class="lead">${content(`as of ${view.generatedAt.slice(0, 16).replace("T", " ")} UTC`)}</p></header>`,
    '<main id="readiness">',
    rows.length === 0
      ? '<p class="note">No workload is known: name them in the catalogue, or state them in the estate.</p>'
      : matrix(rows),
    ...(left > 0
      ? [`<p class="note">${content(`${count(left)} more workloads are in the JSON document`)}</p>`]
      : []),
    `<p class="note">${content(
      Object.entries(words)
        .map(
          ([state, text]) => `${markOf({ duty: "patch", state: state as ReadinessCell["state"] })} ${text}`,
        )
        .join(" · "),
    )}</p>`,
    gaps(view),
    identities(view),
    "</main>",
    "</div>",
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function matrix(rows: readonly WorkloadReadiness[]): string {
  const heads = duties.map((duty) => `<th scope="col" class="duty">${content(duty.title)}</th>`).join("");
  return [
    '<div class="panel scroll" tabindex="0" role="region" aria-label="workloads and duties">',
    `<table class="heat"><thead><tr><th scope="col">Workload</th><th scope="col">Tier</th>${heads}</tr></thead>`,
    "<tbody>",
    ...rows.map(rowMarkup),
    "</tbody></table></div>",
  ].join("\n");
}

function rowMarkup(row: WorkloadReadiness): string {
  const tier = `${String(row.tier)}${row.tierIfUnknown > row.tier ? "+" : ""}`;
  const why = row.tierBecause.length === 0 ? "" : ` title="${content(row.tierBecause.join("; "))}"`;
  return `<tr><th scope="row">${isolated(row.name)}</th><td${why}>${tier}</td>${row.cells.map(cellMarkup).join("")}</tr>`;
}

function cellMarkup(cell: ReadinessCell): string {
  const who =
    cell.who === undefined || cell.who === "" ? "" : `<span class="who">${isolated(cell.who)}</span>`;
  const able =
    cell.authority === undefined ? "" : `; ${cell.authority.verdict}: ${cell.authority.proof[0] ?? ""}`;
  const title = `${words[cell.state]}${cell.via === undefined ? "" : `, ${cell.via}`}${able}`;
  return `<td class="cell ${classes[cell.state]}" title="${content(title)}"><span aria-label="${content(words[cell.state])}" role="img">${markOf(cell)}</span>${who}</td>`;
}

function gaps({ gaps: all }: Readiness): string {
  if (all.length === 0) return "";
  const shown = all.slice(0, gapLimit);
  return [
    '<section class="part"><h2>Gaps</h2>',
    '<div class="panel"><table><thead><tr><th scope="col">What</th><th scope="col">Rows</th></tr></thead><tbody>',
    ...shown.map(
      (gap) =>
        `<tr><td>${isolated(gap.text)}<span class="fixline">${content(gap.fix)}</span></td><td class="role">${content(gap.rows.join(" "))}</td></tr>`,
    ),
    "</tbody></table></div>",
    ...(shown.length < all.length
      ? [
          `<p class="note">${content(`${count(all.length - shown.length)} more gaps are in the JSON document`)}</p>`,
        ]
      : []),
    "</section>",
  ].join("\n");
}

/** R53, and beside it the figure that it is compared with, never without its source (R90). */
function identities(view: Readiness): string {
  if (view.identities.length === 0) return "";
  const shown = view.identities.slice(0, rowLimit);
  const heads = ["Identity", "Now", ...stageHeads, "Owner"];
  const left = view.identities.length - shown.length;
  return [
    `<section class="part"><h2>Identities of workloads</h2><p class="note">${content(livesSentence(view))}</p>`,
    '<div class="panel scroll" tabindex="0" role="region" aria-label="life of identities"><table><thead><tr>',
    ...heads.map((head) => `<th scope="col">${content(head)}</th>`),
    "</tr></thead><tbody>",
    ...shown.map((life) => {
      const cells = lifeStages.map((stage) => {
        const why = life.steps.find((step) => step.stage === stage)?.text ?? "nothing shows it";
        return `<td title="${content(why)}">${content(stepText(life, stage))}</td>`;
      });
      return `<tr><th scope="row">${isolated(life.name)}</th><td>${content(stateWords(life))}</td>${cells.join("")}<td>${isolated(life.owner ?? "nobody named")}</td></tr>`;
    }),
    "</tbody></table></div>",
    ...(left > 0 ? [`<p class="note">${content(`${count(left)} more are in the JSON document`)}</p>`] : []),
    `<p class="note">${content(citedText(view.compared))}</p>`,
    "</section>",
  ].join("\n");
}

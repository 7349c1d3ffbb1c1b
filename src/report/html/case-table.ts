import type { CaseRow } from "../case-row.js";
import { anchor, badge, content, isolated } from "./markup.js";

/** Rows of the first page, as a table that keeps its roles where a narrow screen shows it as cards. */
export function caseTable(rows: readonly CaseRow[], caption: string): string {
  const heads = ["Case", "Exposed", "Comes back", "Because", "Contain", "Fix lead", "Tier", "Due"];
  const classes = ["", "", "", "", "col-contain", "col-lead", "col-tier", "col-due"];
  const head = heads.map(
    (name, index) => `<th role="columnheader" scope="col" class="${classes[index] ?? ""}">${name}</th>`,
  );
  return [
    `<table class="cases" role="table" aria-label="${content(caption)}">`,
    `<thead role="rowgroup"><tr role="row">${head.join("")}</tr></thead>`,
    `<tbody role="rowgroup">`,
    ...rows.map(rowMarkup),
    "</tbody></table>",
  ].join("\n");
}

function rowMarkup(row: CaseRow): string {
  const { kind, name, weakness, more } = row.subject;
  const weak =
    weakness === ""
      ? ""
      : ` <span class="weak">· ${content(weakness)}${more === 0 ? "" : ` +${more}`}</span>`;
  return [
    '<tr role="row">',
    `<td role="cell" class="id"><a href="#${anchor(row.id)}">${content(row.id)}</a></td>`,
    `<td role="cell" class="exposed">${kind === "" ? "" : `${content(kind)} `}${isolated(name)}${weak}</td>`,
    `<td role="cell" class="words">${badge(row.comesBack)}</td>`,
    `<td role="cell" class="because">${isolated(row.because)}</td>`,
    `<td role="cell" class="role col-contain">${content(row.contain)}</td>`,
    `<td role="cell" class="col-lead">${isolated(row.fixLead)}</td>`,
    `<td role="cell" class="tier col-tier">${content(row.tier)}</td>`,
    `<td role="cell" class="due col-due">${content(row.due)}</td>`,
    "</tr>",
  ].join("");
}

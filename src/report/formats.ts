import type { Analysis } from "../core/decision/index.js";
import { renderHtml } from "./html/index.js";
import { renderJson } from "./json.js";
import { renderMarkdown } from "./markdown.js";
import type { Reasons } from "./owner-reasons.js";
import { renderTable, type TableOptions } from "./table.js";

export interface FormatOptions extends TableOptions {
  readonly verbose: boolean;
  /** Why the owners of a case are its owners: for Markdown and HTML. */
  readonly reasons?: Reasons;
}

type Render = (analysis: Analysis, options: FormatOptions) => string;

/** One line per format. */
const formats = {
  table: renderTable,
  json: renderJson,
  markdown: renderMarkdown,
  html: renderHtml,
} as const satisfies Readonly<Record<string, Render>>;

export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as readonly FormatName[];

/** Named in the interface, not written yet. */
export const laterFormats: readonly string[] = ["sarif", "ocsf"];

export const renderFormat = (name: FormatName, analysis: Analysis, options: FormatOptions): string =>
  formats[name](analysis, options);

export { renderExplain, type ExplainOptions } from "./explain.js";
export { renderJson } from "./json.js";
export { renderMarkdown, renderPageMarkdown, type MarkdownOptions } from "./markdown.js";
export { pageOf, type Page, type PageBlock, type PageLine, type PageSource } from "./page.js";
export { renderTable, type TableOptions } from "./table.js";
export { visible } from "./visible-text.js";
export { renderFormat, formatNames, laterFormats, type FormatName } from "./formats.js";
export { renderReach, renderRecreate, renderWhoCan } from "./answers.js";
export { renderHtml, type HtmlOptions } from "./html/index.js";

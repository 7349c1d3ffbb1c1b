export { renderFlawHtml } from "./flaw-page.js";
export { renderReadinessHtml } from "./readiness-page.js";
export { renderCaseHtml, renderHtml, type HtmlOptions } from "./document.js";

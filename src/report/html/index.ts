export { renderFlawHtml } from "./flaw-page.js";
export { renderReadinessHtml } from "./readiness-page.js";
export { renderHtml, type HtmlOptions } from "./document.js";

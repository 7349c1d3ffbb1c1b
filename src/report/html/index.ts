export { renderHtml, type HtmlOptions } from "./document.js";

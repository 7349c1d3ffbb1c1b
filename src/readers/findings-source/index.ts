export { sourceLimits, type SourceLimits } from "./limits.js";
export { openParts, type Part } from "./open-parts.js";
export { tableLayout, type TableLayout } from "./table-layout.js";
export { readTableRows, type TableEnd, type TableRow } from "./table-rows.js";

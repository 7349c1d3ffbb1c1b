export { packageFile } from "./package-file.js";
export { loadReferenceData } from "./reference-data.js";
export type { EscalationFact, ReferenceData } from "./reference-data.js";

export { loadReferenceData } from "./reference-data.js";
export type { EscalationFact, ReferenceData } from "./reference-data.js";

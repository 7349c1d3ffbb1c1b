export { analysisSchema } from "./analysis.js";
export {
  reachSchema,
  recreateSchema,
  weaknessListSchema,
  whoCanSchema,
  type ReachDocument,
  type RecreateDocument,
  type WhoCanDocument,
} from "./answers.js";
export { baselineGaps, gateSchema } from "./gate.js";
export { readinessSchema, type ReadinessDocument } from "./readiness.js";
export { whatIfSchema } from "./what-if.js";
export { evidenceCheckSchema, evidenceSchema, validateEvidence } from "./evidence.js";
export { draftSchema, type DraftDocument } from "./draft.js";
export { flawSchema } from "./flaw.js";
export { playbookSchema } from "./playbook.js";
export { renderSchema } from "./json-schema.js";
export { proofCheckSchema, proofSchema, validateProof, type ProofCheckDocument } from "./proof.js";
export { cutSchema, type CutDocument } from "./cut.js";
export type { Plain, Same } from "./same-type.js";
export {
  backupSchema,
  dbSchema,
  ledgerCheckSchema,
  type BackupDocument,
  type DbDocument,
  type LedgerCheckDocument,
} from "./transfer.js";
export {
  caseLifeSchema,
  casesSchema,
  importSchema,
  moveSchema,
  tokensSchema,
  erasureSchema,
  webhooksSchema,
  type ImportDocument,
  type MoveDocument,
} from "./case-life.js";

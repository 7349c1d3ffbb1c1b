export type { Citation, RawDocument } from "./raw-document.js";
export type {
  ClaimedEvidence,
  ClaimedHop,
  ClaimedPath,
  ClaimedQuestion,
  HopResult,
  Outcome,
} from "./claim.js";
export { checkPath, type PathResult } from "./check-path.js";
export { readDirectory } from "./read-directory.js";
export type { Directory } from "./directory.js";
export { policyAt, type Policy } from "./policy.js";
export { judge } from "./judge.js";
export type { Question, Ruling, Setting } from "./ruling.js";
export { weaknessRules, type WeaknessRule } from "./formulas.js";
export type { Certificate, Proof, ProofHop, ProofPath, ProofQuestion } from "./proof.js";
export { checkAgainst, makeProof, textOf, type ClaimedCase } from "./make-proof.js";
export { checkProof, type ProofFault } from "./check-proof.js";
export { broken, proofText, sealed } from "./seal.js";
export { rcpServices } from "./rcp-services.js";
export { contained } from "./containment.js";
export { certify } from "./certify.js";

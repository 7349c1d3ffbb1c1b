export { problemKinds, problemSchema, type Problem, type ProblemCode } from "./problem.js";
export { commandSchema, type PersonCommand } from "./commands.js";
export {
  actOnCaseRoute,
  caseSorts,
  comesBack,
  getCase,
  getCaseEvents,
  getCaseFacets,
  listCases,
  planes,
  type CaseFacets,
  type CaseLine,
} from "./cases.js";
export { caseEvidence, casePlaybook, caseReport, explainCase } from "./case-papers.js";
export { cutAll, draftCatalogue, explainOwners, whatIf, workloadPlaybook } from "./estate-questions.js";
export {
  checkCatalogue,
  getCatalogueVersion,
  listCatalogueVersions,
  listSuggestions,
  type CatalogueCheck,
  type Suggestion,
} from "./catalogue.js";
export { getDocumentExcerpt, type DocumentExcerpt } from "./documents.js";
export {
  getFindingsSummary,
  getImport,
  listFindingEvents,
  listFindings,
  listImports,
  type FindingLine,
  type FindingsSummary,
  type ImportDetail,
  type ImportLine,
} from "./findings.js";
export { getMeasures, type Measures } from "./measures.js";
export {
  compare,
  cutCase,
  flaw,
  getAnalysis,
  listSnapshots,
  type Snapshot,
  reach,
  readiness,
  readinessTrend,
  recreate,
  whatIfCase,
  whoCan,
  type CaseWhatIf,
  type Diff,
} from "./questions.js";
export {
  getRemit,
  listIncidents,
  whoCanAct,
  type AwaitedAnswer,
  type Incident,
  type MyDuty,
  type MyRemit,
  type WhoCanAct,
} from "./remit.js";
export { search, searchKinds, type Found } from "./search.js";
export { getSummary, type Summary } from "./summary.js";
export { getCatalogue, importDocuments, putCatalogue, type ImportResult } from "./imports.js";
export {
  addSourceRoute,
  addWebhookRoute,
  listDeliveriesRoute,
  listSourcesRoute,
  listWebhooksRoute,
  receiveWebhookRoute,
  removeSourceRoute,
  removeWebhookRoute,
  resumeWebhookRoute,
} from "./webhooks.js";
export { liveEvents } from "./events.js";
export { ledgerHead } from "./ledger.js";
export { erasePersonRoute, type Erasure } from "./people.js";
export { listReads } from "./reads.js";
export { authMethods, getSession, signIn, signOut, type SignedIn } from "./session.js";
export { issueToken, listTokens, revokeToken, scopeSchema, whoAmI, type Scope } from "./tokens.js";

export { analyzeFiles, type AnalyzeOptions } from "./analyze-files.js";
export { askReach, askRecreate, askWhoCan, type Answer, type AskOptions } from "./ask.js";
export { inputFiles } from "./input-files.js";
export { loadInputs, type InputOptions, type LoadedInputs } from "./load-inputs.js";
export { askFlaw } from "./flaw.js";
export { gateOfFiles, gateOfReadiness, type GatePolicy } from "./gate.js";
export { createOwnerTrace, type OwnerTrace } from "./owner-trace.js";
export { draftOfFiles, type CatalogueDraft } from "./init.js";
export { readinessOfFiles } from "./readiness.js";
export { askWhatIf, type WhatIfAnswer, type WhatIfOptions } from "./what-if.js";
export { versionText } from "./version.js";
export { inputSchema, type InputName } from "./input-schemas.js";
export { checkProofFile, type ProofCheck, type ProofCheckAnswer, type ValidateProof } from "./check-proof.js";
export { proveCase, type MadeProof } from "./proof.js";
export { playbookOfCase, playbookOfWorkload, unknownWorkload } from "./playbook.js";
export {
  catalogueExcerpt,
  manifestName,
  manifestOf,
  type CatalogueExcerpt,
  type EvidenceManifest,
} from "./evidence.js";
export { writeFolder } from "./evidence-files.js";
export {
  verifyEvidence,
  type EvidenceAnswer,
  type EvidenceCheck,
  type ValidateManifest,
} from "./verify-evidence.js";
export { casesToCut, cutFiles, type CutOptions } from "./cut.js";
export { actOnCase, type ActRequest } from "./installation/act-on-case.js";
export { analyseInProcess, type AnalyseDocuments } from "./installation/analyse-documents.js";
export { caseEvents, viewCase, type CaseView } from "./installation/case-view.js";
export { caseFacets, findCases } from "./lists/find-cases.js";
export { sweepClocks, type Swept } from "./clocks/sweep-clocks.js";
export { endedBetween, followCatalogue } from "./jobs/follow-catalogue.js";
export { applyRetention, defaultRetention, readRetention, type Retention } from "./jobs/retention.js";
export { analyseWhatCame } from "./jobs/analyse-what-came.js";
export { resumeWebhook } from "./webhooks/pause.js";
export { addSource, addWebhook, listSources, listWebhooks } from "./webhooks/webhooks.js";
export { receiveWebhook, sourceKinds, type SourceKind } from "./webhooks/receive-webhook.js";
export { createReach, wrongAllowance, wrongTarget, type Reach } from "../connectors/index.js";
export type { JobSettings } from "./jobs/job-handlers.js";
export { startJobs } from "./jobs/start-jobs.js";
export { createLiveFeed, type LiveFeed } from "./events/live-feed.js";
export { heardOf, heardText, type Heard, type LiveEvent } from "./events/live-event.js";
export {
  catalogueEditors,
  defaultSessionLimits,
  isThere,
  peopleToBe,
  recogniseSession,
  signInAs,
  signInByLogin,
  signInWithToken,
  viewSession,
  type BegunSession,
  type LoginRefusal,
  type RecognisedSession,
  type SessionLimits,
} from "./access/sessions.js";
export { operatorName } from "./access/member.js";
export { openRoutes, routeActions, type ActionGroup, type RouteAction } from "./access/actions.js";
export {
  createAuthorizer,
  isPolicyFault,
  type Authorizer,
  type CaseAttributes,
  type Judged,
  type PolicyContext,
  type PolicyText,
} from "./access/authorizer.js";
export { cedarSchema } from "./access/cedar-schema.js";
export type { Looker } from "./access/sight.js";
export type { OwnQuestion } from "./asking/own-things.js";
export { currentPrincipal, policyAttributes, type Viewer } from "./access/viewer.js";
export { readsWithNames } from "./access/reads.js";
export { erasePerson, type Erased } from "./people/erase-person.js";
export { readPolicyFiles, shippedPolicies } from "./access/policy-files.js";
export type { Principal } from "./access/principal.js";
export { isVisible, type CaseVisibility } from "../store/index.js";
export { storedCatalogue } from "./installation/catalogue.js";
export { takeTurns, type Installation } from "./installation/installation.js";
export { reanalyse, type Reanalysed } from "./installation/reanalyse.js";
export { takeInCatalogue, takeInDocuments } from "./installation/take-in.js";
export { issueTokenFor, knowsPerson, tokensWithNames } from "./installation/tokens.js";
export { holderOfHome, isStoreFault } from "../store/index.js";
export { exampleClock, takeInExample } from "./installation/example.js";
export { latestAnalysis } from "./installation/latest-analysis.js";
export { installationOver, openInstallation } from "./installation/open-installation.js";
export type { InstallationPlace } from "./installation/place.js";
export { backupFolder, backupInstallation, restoreInstallation } from "./installation/backup.js";
export { inSpan } from "./span.js";
export { rotateKey } from "./installation/rotate-key.js";
export { exportInstallation, importInstallation, verifyLedgerOf } from "./installation/transfer.js";
export type { ArchiveReport } from "../store/index.js";
export { isAskError, type AskFault } from "./asking/question-process.js";
export { readWatched } from "./watched-exposures.js";
export { serveAnalyses } from "./analyst/serve-analyses.js";
export type { HeldRequest } from "./analyst/request.js";
export { serveQuestions } from "./asking/serve-questions.js";
export type { Asked, HeldInputs, Question } from "./asking/question.js";
export { findAnything } from "./asking/find-anything.js";
export { namesFiles } from "./asking/names-files.js";
export { compareStored } from "./lists/compare-analyses.js";
export { storedAnalyses } from "./lists/snapshots.js";
export { summaryFor } from "./lists/summary.js";
export { decidedCase, storedPlaybook } from "./lists/case-papers.js";
export { storedExcerpt } from "./excerpts/stored-excerpt.js";
export { catalogueVersions, checkedCatalogue } from "./lists/catalogue-versions.js";
export type { Suggestions } from "./asking/suggestions.js";
export { findFindings, findingEvents, findingsSummary } from "./imports/find-findings.js";
export { importLines, importView } from "./imports/import-report.js";
export type { ImportResult } from "./imports/import-result.js";
export { followImport, runImports, type ImportState } from "./imports/run-imports.js";
export { takeUpload, type SentDocument } from "./imports/take-upload.js";
export { readinessTrendOf, keepReadinessPoint } from "./lists/readiness-trend.js";
export { measuresBetween } from "./lists/measures.js";
export { liveIncidents } from "./remit/incidents.js";
export { myRemit } from "./remit/my-remit.js";
export { whoCanActIn } from "./remit/who-can-act.js";

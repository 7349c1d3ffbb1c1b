export { renderExplain, type ExplainOptions } from "./explain.js";
export { renderJson } from "./json.js";
export { renderMarkdown, renderPageMarkdown, type MarkdownOptions } from "./markdown.js";
export type { PageBlock, PageLine, PageSource } from "./page-block.js";
export { pageOf, type Page } from "./page.js";
export { renderTable, type TableOptions } from "./table.js";
export { rejectionText } from "./table-blocks.js";
export { visible } from "./visible-text.js";
export { renderFormat, formatNames, laterFormats, type FormatName } from "./formats.js";
export { renderReach, renderRecreate, renderWhoCan } from "./answers.js";
export {
  renderCaseHtml,
  renderFlawHtml,
  renderHtml,
  renderReadinessHtml,
  type HtmlOptions,
} from "./html/index.js";
export { renderGate, renderGateSarif, renderGateSummary } from "./gate.js";
export { renderDraft } from "./draft-yaml.js";
export { renderDraftSummary } from "./draft.js";
export { renderReadiness } from "./readiness.js";
export { renderWhatIf, renderWhatIfMarkdown } from "./what-if.js";
export { renderProofCheck } from "./proof-check.js";
export { renderCut, type CutTextOptions, type CutView } from "./cut.js";
export { renderPlaybook } from "./playbook.js";
export { renderEvidence, renderEvidenceCheck } from "./evidence.js";
export { renderFlaw } from "./flaw.js";
export { renderFlawMarkdown } from "./flaw-markdown.js";
export { renderCutMarkdown } from "./cut-markdown.js";
export { renderBackup, renderLedgerCheck, renderTransfer } from "./transfer.js";
export { comesBackOrder } from "../core/decision/index.js";
export { byTable, type CaseLineView } from "./cases/case-line.js";
export { renderCaseList } from "./cases/case-list.js";
export { renderCaseLife } from "./cases/case-life.js";
export type { CaseLifeView } from "./cases/case-life-view.js";
export { renderMove } from "./cases/move.js";
export { renderImport } from "./cases/import.js";
export { renderErasure } from "./cases/erasure.js";
export { renderWebhooks } from "./cases/webhooks.js";
export { renderTokens } from "./cases/tokens.js";
export { drawingOf } from "./drawing.js";
export { hopText, namesIn } from "./hop-text.js";
export { bestNamed, fixLead, nobody, ownerName } from "./owner.js";
export { estateFolder, placeOf } from "./place.js";
export { shortName, withoutArns } from "./short-name.js";
export { kindName } from "./subject.js";
export { count, counted, dueText, minuteOf } from "./wording.js";
export { eventWords } from "./cases/case-words.js";

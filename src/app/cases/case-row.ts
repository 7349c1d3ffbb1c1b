import { due, nextDueAt, type CasePolicy, type CaseState } from "../../core/cases/index.js";
import type { Case } from "../../core/decision/index.js";
import type { CaseListing, CaseRow } from "../../store/index.js";
import { caseListingOf } from "./case-listing.js";

/** What is kept beside the stream of a case: its state, and the decision that is in force. */
export interface CaseRecord {
  readonly state: CaseState;
  readonly decided: Case;
}

const severities = ["unknown", "informational", "low", "medium", "high", "critical"] as const;

/** The row that lists show and filter. */
export function caseRowOf({ state, decided }: CaseRecord, policy: CasePolicy): CaseRow {
  const [first] = decided.exposures;
  const running = state.clocks
    .flatMap(({ due, doneAt }) => (due === null || doneAt !== undefined ? [] : [due]))
    .sort();
  const wakeAt = wakeAtOf(state, state.at, policy);
  const lead = state.work.find(({ track }) => track === "contain");
  const shown = {
    ...(lead?.person === undefined ? {} : { owner: lead.person }),
    ...(first?.account === undefined ? {} : { account: first.account }),
    ...(running[0] === undefined || state.status === "closed" ? {} : { dueAt: running[0] }),
  };
  return {
    id: state.id,
    sequence: state.sequence,
    kind: decided.kind,
    state: state.status,
    open: state.status !== "closed",
    title: decided.title,
    severity: severities.indexOf(decided.severity),
    tier: decided.tier,
    level: state.level,
    verdict: decided.recreation.verdict,
    lead: decided.lead,
    ...shown,
    ...(wakeAt === undefined ? {} : { wakeAt }),
    updatedAt: state.at,
    accessPathKey: decided.accessPathKey,
    document: JSON.stringify({ state, decided } satisfies CaseRecord),
    listing: caseListingOf(state, decided, shown),
  };
}

/** When a case has to be looked at because of time alone: at once where something is due already; undefined: never. */
export const wakeAtOf = (state: CaseState, now: string, policy: CasePolicy): string | undefined =>
  due(state, now, policy).length > 0 ? now : nextDueAt(state, now, policy);

export const caseRecordOf = (row: Pick<CaseRow, "document">): CaseRecord =>
  JSON.parse(row.document) as CaseRecord;

/** What lists show of a row that was written without it. */
export function listingOfRow(row: CaseRow): CaseListing {
  const { state, decided } = caseRecordOf(row);
  return caseListingOf(state, decided, row);
}

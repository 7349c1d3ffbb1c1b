import type { Analysis, Case, PlaybookDocument } from "../../core/decision/index.js";
import { caseRecordOf } from "../cases/case-row.js";
import type { Installation } from "../installation/installation.js";
import { latestAnalysis } from "../installation/latest-analysis.js";
import { playbookOfCase } from "../playbook.js";

/** A case with the analysis that its decision in force is from. */
export interface DecidedCase {
  readonly item: Case;
  readonly analysis: Analysis;
}

/** Undefined where there is no such case, or the analysis that decided it is no longer stored. */
export async function decidedCase(installation: Installation, id: string): Promise<DecidedCase | undefined> {
  const { store } = installation;
  const row = await store.cases.find(id);
  if (row === undefined) return undefined;
  const { state, decided } = caseRecordOf(row);
  const latest = await latestAnalysis(installation);
  if (latest?.generatedAt === state.plan.decidedAt) return { item: decided, analysis: latest };
  const { analysis: digest } = state.plan;
  if ((await store.documents.find(digest)) === undefined) return undefined;
  const text = Buffer.from(await store.documents.bytes(digest)).toString("utf8");
  return { item: decided, analysis: JSON.parse(text) as Analysis };
}

export async function storedPlaybook(
  installation: Installation,
  id: string,
): Promise<PlaybookDocument | undefined> {
  const found = await decidedCase(installation, id);
  return found === undefined ? undefined : playbookOfCase(found.analysis, found.item);
}

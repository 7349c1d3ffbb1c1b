import type { CasePolicy } from "../../core/cases/index.js";
import type { Store } from "../../store/index.js";
import type { Asking } from "../asking/question.js";
import type { AnalyseDocuments } from "./analyse-documents.js";

/** What every use case of an installation works with; tests hand in their own clock and store. */
export interface Installation {
  readonly store: Store;
  readonly analyse: AnalyseDocuments;
  /** Questions to the estate, answered in a process of its own. */
  readonly asking: Asking;
  /** ISO instant. */
  readonly now: () => string;
  readonly policy: CasePolicy;
  /** Ids of imports, never given twice. */
  readonly newImportId: () => string;
  /** Folder in which documents lie, sealed, while they are being sent. */
  readonly spool: string;
  /** Analyses and what follows from them run one after the other. */
  readonly turn: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** Runs what is handed in one after the other; a failure is that of its own caller. */
export function takeTurns(): Installation["turn"] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}

import type { CaseState } from "../../core/cases/index.js";
import type { Case } from "../../core/decision/index.js";

/** A case as it is shown to one person. */
export interface CaseLifeView {
  readonly state: CaseState;
  readonly decided: Case;
  readonly you: {
    readonly roles: readonly string[];
    readonly authorities: readonly string[];
    readonly commander: boolean;
  };
}

/** A line under its label; continued lines stand under the text. */
export interface LabelledLine {
  readonly label: string;
  readonly text: string;
}

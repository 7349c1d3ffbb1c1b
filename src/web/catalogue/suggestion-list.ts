import type { Suggestion } from "../../api/index.js";

/** What `remit init` would propose over the documents of the installation. */
export interface SuggestionList {
  readonly items: readonly Suggestion[];
  readonly more: number;
  readonly yaml: string;
  /** They are drawn from everything, and shown to those who see all of it. */
  readonly narrowed?: true;
}

/** A question to the estate of the last analysis. Plain values: it goes to another process and back. */
export type Question =
  | { readonly kind: "who-can"; readonly action: string; readonly resource: string; readonly limit: number }
  | { readonly kind: "reach"; readonly principal: string; readonly limit: number }
  | { readonly kind: "readiness" }
  | { readonly kind: "cut"; readonly case: string }
  | {
      readonly kind: "what-if";
      readonly case: string;
      /** Indices into the changes of the cut of the case, or a change document or Terraform plan as JSON. */
      readonly change: { readonly cut: readonly number[] } | { readonly document: string };
    }
  | ({ readonly kind: "search" } & EstateSearch)
  | { readonly kind: "suggestions" }
  | { readonly kind: "check-catalogue"; readonly yaml: string };

export interface EstateSearch {
  /** Lower case; empty: everything. */
  readonly q: string;
  readonly kinds: readonly string[];
  readonly olderThanDays?: number;
  readonly unusedForDays?: number;
  /** Per kind. */
  readonly limit: number;
}

export type Answered =
  | { readonly kind: "answer"; readonly document: unknown }
  /** The question has no answer: lower case, quoting what was typed, saying what to do. */
  | { readonly kind: "bad-question"; readonly detail: string }
  | { readonly kind: "no-case" }
  | { readonly kind: "nothing-readable" };

/** Where the documents lie and of when the answers are; read once. */
export interface HeldInputs {
  readonly estate: readonly string[];
  readonly findings: readonly string[];
  readonly catalogue?: string;
  /** ISO instant: of the analysis whose cases are asked about. */
  readonly now: string;
}

/** To the process that holds the estate. */
export interface Asked {
  readonly id: number;
  readonly question: Question;
}

/** From it. */
export type Said =
  | { readonly kind: "ready" }
  | { readonly kind: "answered"; readonly id: number; readonly answer: Answered }
  /** A fault of ours: the process goes on. */
  | { readonly kind: "failed"; readonly id: number; readonly message: string };

import type { OwnQuestion } from "./own-things.js";

/** A question to the estate of the last analysis. Plain values: it goes to another process and back. */
export type Question =
  | ({
      readonly kind: "who-can";
      readonly action: string;
      readonly resource: string;
      readonly limit: number;
    } & Narrowed)
  | ({ readonly kind: "reach"; readonly principal: string; readonly limit: number } & Narrowed)
  | ({ readonly kind: "recreate"; readonly resource: string; readonly weakness: string } & Narrowed)
  | { readonly kind: "flaw"; readonly id: string }
  | ({ readonly kind: "readiness" } & Narrowed)
  /** Of one case; without one: of every case that comes back. */
  | { readonly kind: "cut"; readonly case?: string }
  | {
      readonly kind: "what-if";
      readonly case: string;
      /** Indices into the changes of the cut of the case, or a change document or Terraform plan as JSON. */
      readonly change: { readonly cut: readonly number[] } | { readonly document: string };
    }
  /** A change document or Terraform plan as JSON, over everything. */
  | { readonly kind: "what-if-all"; readonly document: string }
  | ({ readonly kind: "playbook"; readonly workload: string } & Narrowed)
  | { readonly kind: "draft" }
  /** Why the owners of these cases are their owners. */
  | { readonly kind: "owner-reasons"; readonly cases: readonly string[] }
  | ({ readonly kind: "search" } & EstateSearch & Narrowed)
  /** Who is on call for each team; `at`: ISO instant. */
  | { readonly kind: "on-call"; readonly at: string }
  | { readonly kind: "suggestions" }
  | { readonly kind: "check-catalogue"; readonly yaml: string };

/** Of whom it is asked for: absent: of everything. */
export interface Narrowed {
  readonly own?: OwnQuestion;
}

export interface EstateSearch {
  /** Lower case; empty: everything. */
  readonly q: string;
  readonly kinds: readonly string[];
  readonly olderThanDays?: number;
  readonly unusedForDays?: number;
  /** Per kind. */
  readonly limit: number;
}

/** Somebody of the catalogue has the shift of a team. */
export interface OnCall {
  readonly team: string;
  readonly person: string;
  readonly name: string;
  readonly until: string;
  readonly level: number;
  readonly schedule: string;
}

export type Answered =
  | { readonly kind: "answer"; readonly document: unknown }
  /** The question has no answer: lower case, quoting what was typed, saying what to do. */
  | { readonly kind: "bad-question"; readonly detail: string }
  | { readonly kind: "no-case" }
  /** There is no such thing, or it is not theirs: which of both is not said. */
  | { readonly kind: "not-theirs"; readonly detail: string }
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

export interface BundledFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The bundle, or why there is none. */
export type Bundle =
  | { readonly kind: "bundle"; readonly files: readonly BundledFile[] }
  /** The last analysis shows no such case. */
  | { readonly kind: "no-case" };

/** Questions to the estate of the last analysis, answered by a process that holds it. */
export interface Asking {
  /** Undefined where nothing was analysed yet. Rejects with an AskError. */
  ask(question: Question): Promise<Answered | undefined>;
  /** Whether the estate is read; begins to read it where it is not. */
  warm(): Promise<boolean>;
  /** What `remit evidence CASE` writes, one at a time. */
  evidence(id: string): Promise<Bundle>;
  end(): void;
}

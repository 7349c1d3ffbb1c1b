import type { Evidence } from "../estate/index.js";
import type { OwnershipHint } from "./ownership-hint.js";
import type { OwnerProblem } from "./owner-problem.js";
import type { Role } from "./role.js";

/** A named owner, how we know, and whether they technically can. */
export interface Answerable {
  readonly role: Role;
  readonly person?: string;
  readonly team?: string;
  /** `catalogue`, `tag Owner`, `CODEOWNERS of infra/exports`, `created it (audit log)` … */
  readonly via: string;
  /** 0 to 1; 1 only for a catalogue entry that resolves. */
  readonly confidence: number;
  readonly inferred: boolean;
  readonly evidence: readonly Evidence[];
  readonly authority: { readonly verdict: "can" | "cannot" | "unknown"; readonly proof: readonly string[] };
}

/** What an owner would have to do, asked of the access engine. */
export interface Duty {
  readonly action: string;
  readonly resource: string;
}

/** Whom a question of ownership is about. Ids as in the estate. */
export interface OwnershipScope {
  readonly accounts: readonly string[];
  readonly resources: readonly string[];
  /** Identities on the path, starter first. */
  readonly principals: readonly string[];
  readonly workloads: readonly string[];
  /** Files that define the setting, with their repository. */
  readonly files: readonly { readonly repository?: string; readonly file: string }[];
  readonly credentials: readonly string[];
  /** Ids of third parties of the catalogue that are known to be part of it: outsiders on a path are no identities of ours. */
  readonly thirdParties?: readonly string[];
  /** Whom the tools name beside the findings about the resources. */
  readonly hints?: readonly OwnershipHint[];
}

export interface OwnerAnswer {
  /** Best first; empty when nobody was found. */
  readonly answerables: readonly Answerable[];
  /** In words, why nobody, or what is wrong with who was found. */
  readonly gap?: string;
  /** The same, one by one and by kind. */
  readonly problems: readonly OwnerProblem[];
  /** A proposal that waits for an answer: whom to ask, and who is answerable meanwhile (ownership.md 6b). */
  readonly ask?: {
    readonly who: readonly string[];
    readonly until?: { readonly who: string; readonly via: string };
  };
  /** Statements that stop them, where everybody who is named technically cannot: a ban before a limit. */
  readonly stoppedBy?: readonly Evidence[];
}

/** Finds who answers for a role in a scope; catalogue first, else inferred (ownership.md 6b). */
export interface OwnerFinder {
  owners(role: Role, scope: OwnershipScope, duty?: Duty): OwnerAnswer;
  /** Whether the role exists at all for this scope: a secrets team, a WLID owner (decision-rules.md C: "none: IDGOV and a gap"). Unknown without a catalogue counts as existing. */
  exists(role: Role, scope: OwnershipScope): boolean;
}

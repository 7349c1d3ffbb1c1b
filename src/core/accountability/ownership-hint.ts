import type { Evidence } from "../estate/index.js";

/**
 * Whom the output of a tool names beside a finding: what its tags say, and what the tool itself says of projects,
 * assignments, contacts and authors. Evidence for ownership, never ownership itself.
 */
export interface OwnershipHint {
  readonly kind:
    | "tag"
    | "creator-tag"
    | "committer"
    | "project-owner"
    | "security-champion"
    | "governance"
    | "contact"
    | "assignee"
    | "project"
    | "author";
  /** As the tool writes it. */
  readonly who: string;
  /** The key of a tag, the project, what a contact is for, the due date. */
  readonly about?: string;
  readonly tool: string;
  /** ISO instant: of the finding, of a committer when they changed it. */
  readonly observedAt?: string;
  readonly evidence: Evidence;
}

import type { Origin } from "./provenance.js";

/**
 * What was collected, so that absence can be told from ignorance. Scope is an account id, a resource id or a
 * repository, as noted.
 */
export type CoverageTopic =
  | "iam" // account: users, groups, roles, policies, complete
  | "access-keys" // account: every access key is known
  | "console" // account: passwords and MFA of users
  | "root-credentials" // account
  | "organization" // account: its place in an organisation (or that it has none) is known
  | "scp" // account: every SCP on its chain is known, with content
  | "rcp" // account
  | "org-s3-policy" // account
  | "declarative-policies" // account
  | "resource-policy" // resource
  | "inventory" // `ACCOUNT/KIND`: every resource of that kind is listed
  | "repository" // repository: branch protection, environments, reviewers
  | "audit-log"; // account

export interface CoverageFact {
  readonly topic: CoverageTopic;
  readonly scope: string;
  readonly origin: Origin;
}

export const coverageKey = (topic: CoverageTopic, scope: string): string => `${topic}|${scope}`;

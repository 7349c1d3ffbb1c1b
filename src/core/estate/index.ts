export { allOf, anyOf, notOf, type Tri } from "./tri.js";
export {
  accountId,
  accountOfArn,
  awsAccount,
  credentialId,
  parseArn,
  principalId,
  resourceId,
  type AccountId,
  type CredentialId,
  type PrincipalId,
  type ResourceId,
} from "./ids.js";
export {
  evidenceAt,
  type Evidence,
  type MissingFact,
  type Origin,
  type SourceDocument,
} from "./provenance.js";
export type {
  ConditionClause,
  ManagedPolicy,
  PatternList,
  PolicyDocument,
  PolicyUse,
  PrincipalElement,
  Statement,
} from "./policy-document.js";
export {
  decodePolicy,
  parsePolicyDocument,
  policyLimits,
  type DecodedPolicy,
  type ParsedPolicy,
  type PolicyProblem,
} from "./parse-policy.js";
export type { Principal, PrincipalKind } from "./principal.js";
export type { Credential, CredentialCopy, CredentialKind } from "./credential.js";
export type {
  Account,
  Organization,
  OrganizationNode,
  OrganizationPolicy,
  OrganizationPolicyType,
} from "./account.js";
export type { JsonValue, PropertyFact, Resource } from "./resource.js";
export { resourceProperties, type ResourceKind } from "./resource-properties.js";
export type { Consent, Definition, Grant, Link, LinkKind, Pipeline, Trust, Workload } from "./workload.js";
export type {
  AuditEvent,
  Closure,
  CodeOwnersFile,
  Guardrail,
  IdentityProvider,
  Incident,
  PermissionSet,
  PermissionSetAssignment,
  StatedExposure,
} from "./event.js";
export type {
  DirectoryPerson,
  DirectoryTeam,
  OnCallService,
  OnCallShift,
  OwnershipStatement,
} from "./directory.js";
export { coverageKey, type CoverageFact, type CoverageTopic } from "./coverage.js";
export { createEstate, emptyFacts, type Estate, type EstateFacts } from "./estate.js";
export type { Rejection } from "./rejection.js";

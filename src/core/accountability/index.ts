export { roles, type Role } from "./role.js";
export type {
  AuthorityGrant,
  AuthorityKind,
  Catalogue,
  CatalogueAccount,
  CataloguePolicy,
  IntendedExposure,
  OwnDeadline,
  Person,
  PlaneOwner,
  RuleOverride,
  Team,
  ThirdParty,
  WorkloadEntry,
  WorkloadIdentityEntry,
} from "./catalogue.js";
export type { Answerable, Duty, OwnerAnswer, OwnerFinder, OwnershipScope } from "./answerable.js";
export { defaultPolicy, emptyCatalogue, policyFrom, withPolicy, type PolicySwitches } from "./policy.js";
export { intendedFor, type Intention } from "./intended.js";
export type { OwnerProblem, OwnerProblemKind } from "./owner-problem.js";
export { stillHolds } from "./until.js";
export { rankOf, type Rank } from "./scope-rank.js";
export { holderResolver, isActive, onCallNow, type HolderResolver, type OnCallNow } from "./holder.js";
export { departuresOf, withDepartures, type Departure } from "./departures.js";
export { createOwnerFinder, type ExplainingOwnerFinder, type OwnerFinderInput } from "./owner-finder.js";
export type { OwnershipHint } from "./ownership-hint.js";
export { ownerTags } from "./tag-evidence.js";
export type { OwnerExplanation } from "./explain-owner.js";
export { indexPatterns } from "./pattern-index.js";
export { matchingWorkloads, type MatchingWorkloads, type WorkloadQuestion } from "./workload-match.js";
export { codeOwnersOf } from "./code-evidence.js";
export { ownersOf, type PathOwnership } from "./codeowners.js";
export {
  draftCatalogue,
  draftSource,
  type DraftAccount,
  type DraftCatalogue,
  type DraftIdentity,
  type DraftPerson,
  type DraftTeam,
  type DraftThirdParty,
  type DraftWorkload,
  type Proposal,
  type Reason,
} from "./draft/index.js";

export { roles, type Role } from "./role.js";
export type {
  AuthorityGrant,
  AuthorityKind,
  Catalogue,
  CatalogueAccount,
  CataloguePolicy,
  IntendedExposure,
  Person,
  PlaneOwner,
  RuleOverride,
  Team,
  ThirdParty,
  WorkloadEntry,
  WorkloadIdentityEntry,
} from "./catalogue.js";
export type { Answerable, Duty, OwnerAnswer, OwnerFinder, OwnershipScope } from "./answerable.js";

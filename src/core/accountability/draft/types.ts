import type { AuthorityKind } from "../catalogue.js";
import type { Role } from "../role.js";

/** Why a line of a draft says what it says, as one line of text. */
export interface Reason {
  /** `tag owner (0.75): data-platform`. */
  readonly text: string;
  /** `infra/terraform.tfstate /resources/3`. */
  readonly place?: string;
}

/** Somebody whom evidence names for a duty. */
export interface Proposal {
  /** Id of a person or team of the same draft. */
  readonly holder: string;
  /** 0 to 1, two digits (ownership.md 6b). */
  readonly confidence: number;
  /** At 0.60 or more, and not too close to another: written as a line, else only as a comment. */
  readonly written: boolean;
  readonly reasons: readonly Reason[];
}

export interface DraftPerson {
  readonly id: string;
  readonly name?: string;
  readonly active: boolean;
  readonly leftAt?: string;
  readonly manager?: string;
  readonly principals: readonly string[];
  /** Which document states the person: the kind of it. */
  readonly source: string;
  readonly reasons: readonly Reason[];
  readonly gaps: readonly string[];
}

export interface DraftTeam {
  readonly id: string;
  /** Roles that were found for it somewhere: without a scope they would be everywhere, so they are not written. */
  readonly roles: readonly Role[];
  readonly members: readonly string[];
  readonly reasons: readonly Reason[];
  readonly gaps: readonly string[];
}

export interface DraftAccount {
  readonly id: string;
  readonly name?: string;
  readonly runtimeAuthority: readonly Proposal[];
  readonly gaps: readonly string[];
}

export interface DraftWorkload {
  readonly id: string;
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly repositories: readonly string[];
  readonly build: readonly Proposal[];
  readonly runtime: readonly Proposal[];
  readonly workloadIdentity: readonly Proposal[];
  readonly reasons: readonly Reason[];
  readonly gaps: readonly string[];
}

export interface DraftIdentity {
  readonly principal: string;
  readonly proof: "oidc" | "held";
  readonly owner: readonly Proposal[];
  readonly reasons: readonly Reason[];
  readonly gaps: readonly string[];
}

export interface DraftThirdParty {
  readonly id: string;
  readonly accounts: readonly string[];
  readonly reasons: readonly Reason[];
  readonly gaps: readonly string[];
}

/** What documents say of who answers for what, for people to confirm. Nothing in it is attested. */
export interface DraftCatalogue {
  readonly people: readonly DraftPerson[];
  readonly teams: readonly DraftTeam[];
  readonly accounts: readonly DraftAccount[];
  readonly workloads: readonly DraftWorkload[];
  readonly workloadIdentities: readonly DraftIdentity[];
  readonly thirdParties: readonly DraftThirdParty[];
  /** Authorities that no document can show: they are given by people. */
  readonly authorities: readonly AuthorityKind[];
  /** What was left out because there is too much of it. */
  readonly cut: readonly string[];
}

/** `source` of an entry that was drafted: as long as it stands, the entry is likely and not attested. */
export const draftSource = "remit-init";

import type { Origin } from "./provenance.js";
import type { Tri } from "./tri.js";

/** A person as a directory (SCIM, HR list, Backstage, PagerDuty) knows them. */
export interface DirectoryPerson {
  /** Unique in its document: mail address where there is one, else the user name. Lower case. */
  readonly id: string;
  readonly name?: string;
  /** Everything else by which a document may name them: other mails, user names, ids of the directory. Lower case. */
  readonly aliases: readonly string[];
  /** False: left, suspended or removed. Unknown where the directory does not say. */
  readonly active: Tri;
  /** ISO date. */
  readonly leftAt?: string;
  /** Id or alias of the manager, as written, lower case. */
  readonly manager?: string;
  readonly origin: Origin;
}

/** A group of people. */
export interface DirectoryTeam {
  /** Short name, lower case; unique in its document. */
  readonly id: string;
  readonly name?: string;
  readonly aliases: readonly string[];
  /** Ids or aliases of people, as written, lower case. */
  readonly members: readonly string[];
  /** False where members may stand in another document (Backstage `memberOf`), so that none here means little. */
  readonly membersListed: boolean;
  readonly parent?: string;
  readonly origin: Origin;
}

/** A document that says who owns something (ownership.md 6a). What the catalogue says stands above all of them. */
export interface OwnershipStatement {
  /** `registry`: an inventory of software; `annotation`: on the thing itself; `namespace`: of the room it stands in. */
  readonly kind: "registry" | "annotation" | "namespace";
  /** ARN or id of a resource or identity, `workload:ID`, `repository:OWNER/NAME`. */
  readonly subject: string;
  /** As written. */
  readonly owner: string;
  /** Where the document says which it is; else the name has to tell. */
  readonly ownerKind?: "person" | "team";
  /** In words: `Backstage component etl`. */
  readonly source: string;
  /** ISO 8601; absent: from the document's own date. */
  readonly observedAt?: string;
  readonly origin: Origin;
}

/** Calls about a service go to an escalation policy or schedule. Names in lower case. */
export interface OnCallService {
  readonly service: string;
  readonly calls: string;
  readonly origin: Origin;
}

/** Somebody answers for a service from a time to a time. On call is not accountable: it says who answers now. */
export interface OnCallShift {
  readonly schedule: string;
  /** What the schedule stands for, where a document binds it: names of services and teams, lower case. */
  readonly covers: readonly string[];
  /** Name, mail or id, as written. */
  readonly person: string;
  /** ISO instants, `until` not included. */
  readonly from: string;
  readonly until: string;
  /** 1 is called first. */
  readonly level: number;
  readonly origin: Origin;
}

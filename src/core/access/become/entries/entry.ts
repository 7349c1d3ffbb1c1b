import type { AccountId, Evidence, MissingFact, PrincipalId } from "../../../estate/index.js";
import type { Band, Certainty, Entry, PathKind } from "../../become.js";
import type { BecomeModel } from "../model.js";

export interface EntryParts {
  readonly model: BecomeModel;
  readonly isAdministrator: (principal: PrincipalId) => true | "unknown" | false;
  /** The identity can change its own trust or rights, which no gate may allow (recreation.md 3). */
  readonly changesItself: (principal: PrincipalId) => boolean;
}

export type EntryDraft = {
  readonly kind: PathKind;
  readonly band: Band;
  readonly label: string;
  readonly starter: string;
  readonly certainty?: Certainty;
  readonly verdict?: true | "unknown";
  readonly missing?: readonly MissingFact[];
  readonly evidence?: readonly (Evidence | undefined)[];
} & Partial<Pick<Entry, "credential" | "assumption" | "hint" | "sanction">>;

export function entry(principal: PrincipalId, draft: EntryDraft): Entry {
  const { certainty, verdict, missing, evidence, ...rest } = draft;
  return {
    ...rest,
    principal,
    rawBand: draft.band,
    certainty: certainty ?? (draft.assumption === undefined ? "certain" : "conditional"),
    verdict: verdict ?? true,
    missing: missing ?? [],
    evidence: (evidence ?? []).flatMap((item) => item ?? []),
  };
}

/** A person: expected administration when administrator-equivalent, else a standing right like any other. */
export function personBand({ isAdministrator }: EntryParts, principal: PrincipalId): Band {
  return isAdministrator(principal) === true ? 3 : 2;
}

export const digitsOf = (account: AccountId | string): string => account.replace(/^aws:/, "");

export const iamMissing = (account: AccountId): MissingFact => ({
  key: `iam|${account}`,
  fact: `identities of account ${digitsOf(account)}`,
  collect: "aws iam get-account-authorization-details",
});

const day = 86_400_000;

/**
 * Days of the calendar (UTC) from an instant to `now`: ages change at midnight and stand still in between, so that answers
 * of the same day say the same.
 */
export const daysBetween = (from: string | undefined, now: string): number | undefined => {
  if (from === undefined) return undefined;
  const days = dayOf(now) - dayOf(from);
  return Number.isFinite(days) ? Math.max(days, 0) : undefined;
};

const dayOf = (instant: string): number => Math.floor(Date.parse(instant) / day);

import { awsAccount } from "../../core/estate/index.js";
import { isRecord, listOf, type Draft, type JsonRecord, type Place } from "../drafting/index.js";

type Read = (value: JsonRecord, draft: Draft) => void;
/** One kind of answer: how it is known and how it is read. */
export interface Shape {
  readonly matches: (value: JsonRecord) => boolean;
  readonly read: Read;
}

/** Whether `member` is a list of records that all hold `mark`. */
export const ofItems =
  (member: string, mark: string) =>
  (value: JsonRecord): boolean => {
    const items = value[member];
    return Array.isArray(items) && listOf(items).every((item) => isRecord(item) && mark in item);
  };

/** Calls `read` with each record of a list and its place. */
export function each(
  value: JsonRecord,
  member: string,
  draft: Draft,
  read: (item: JsonRecord, place: Place) => void,
): void {
  listOf(value[member]).forEach((item, index) => {
    if (isRecord(item)) read(item, draft.root.at(member, index));
  });
}

export const placeHint =
  "put account and Region into the path, e.g. `222222222222/eu-west-1/security-groups.json`";

/** An EC2 ARN; the listing states neither account nor Region for every kind. Rejects when one stays open. */
export function ec2Arn(
  draft: Draft,
  place: Place,
  type: string,
  id: string,
  owner?: string,
  zone?: string,
): string | undefined {
  const region = zone?.replace(/[a-z]$/, "") ?? draft.context.regionHint;
  const account = type === "snapshot" || type === "image" ? "" : (owner ?? draft.context.accountHint);
  if (region !== undefined && account !== undefined) return `arn:aws:ec2:${region}:${account}:${type}/${id}`;
  draft.reject(place, `the ${region === undefined ? "Region" : "account"} of \`${id}\` is not stated`, {
    hint: placeHint,
  });
  return undefined;
}

/** The owner of a thing whose ARN names no account. */
export const owned = (owner: string | undefined): { account?: ReturnType<typeof awsAccount> } =>
  owner !== undefined && /^\d{12}$/.test(owner) ? { account: awsAccount(owner) } : {};

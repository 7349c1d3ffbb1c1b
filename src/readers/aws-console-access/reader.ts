import { accountOfArn, awsAccount, credentialId, parseArn, principalId } from "../../core/estate/index.js";
import type { AccountId, Principal, Tri } from "../../core/estate/index.js";
import { errorAnswer } from "../aws-error/index.js";
import { nameOfArn } from "../aws-iam/identity.js";
import { userOfPath, userScope } from "../aws-iam/user-of-path.js";
import { draftReading, type Draft, type Place } from "../drafting/index.js";
import type { EstateReader, EstateReading, Listing } from "../estate-reader.js";
import { isObject, member, objects, text, timeOf, type JsonObject } from "../json-value.js";

export const consoleAccessKind = "aws-console-access";

/**
 * Whether a user can sign in to the console, and with a second factor: `iam get-login-profile` (or its error that
 * there is none), `iam list-mfa-devices`, `iam list-virtual-mfa-devices`.
 */
export const consoleAccessReader: EstateReader = {
  kind: consoleAccessKind,
  title: "console access",
  recognises: ({ value }) =>
    isObject(member(value, "LoginProfile")) ||
    Array.isArray(member(value, "MFADevices")) ||
    Array.isArray(member(value, "VirtualMFADevices")) ||
    noPassword(value) !== undefined,
  read({ value }, context): EstateReading {
    const draft = draftReading(context);
    const listings: Listing[] = [];
    const profile = member(value, "LoginProfile");
    if (isObject(profile)) readProfile(profile, draft, listings);
    else if (Array.isArray(member(value, "MFADevices"))) readDevices(value, draft, listings);
    else if (Array.isArray(member(value, "VirtualMFADevices"))) readVirtual(value, draft);
    else readNoPassword(value, draft, listings);
    return { ...draft.reading(), listings };
  },
};

/** The error's own text names the user: `Login Profile for User NAME cannot be found.` */
function noPassword(value: unknown): { readonly user: string | undefined } | undefined {
  const answer = errorAnswer(value);
  if (answer === undefined || !answer.code.startsWith("NoSuchEntity")) return undefined;
  const user = /^Login Profile for User (\S+) cannot be found/i.exec(answer.message)?.[1];
  return user !== undefined || answer.operation === "GetLoginProfile" ? { user } : undefined;
}

function readProfile(profile: JsonObject, draft: Draft, listings: Listing[]): void {
  draft.count("loginProfiles");
  const place = draft.root.at("LoginProfile");
  const user = text(profile, "UserName") ?? userOfPath(draft.context.source.path, "login-profile");
  const holder = userId(user, draft, place);
  if (holder === undefined) return;
  const createdAt = timeOf(member(profile, "CreateDate"));
  addConsole(draft, holder, { password: true, mfa: "unknown" }, place);
  draft.add("credentials", {
    id: credentialId(`aws:password/${holder.arn}`),
    kind: "password",
    holder: principalId(holder.arn),
    status: "active",
    ...(createdAt === undefined ? {} : { createdAt }),
    autoRotated: "unknown",
    copies: [],
    consumers: [],
    origin: place.origin,
  });
  listings.push(listing(holder, "/password"));
}

function readNoPassword(value: unknown, draft: Draft, listings: Listing[]): void {
  draft.count("errors");
  const place = draft.root.at("Error");
  const user = noPassword(value)?.user ?? userOfPath(draft.context.source.path, "login-profile");
  const holder = userId(user, draft, place);
  if (holder === undefined) return;
  addConsole(draft, holder, { password: false, mfa: "unknown" }, place);
  listings.push(listing(holder, "/password"));
}

function readDevices(value: unknown, draft: Draft, listings: Listing[]): void {
  const devices = objects(member(value, "MFADevices"));
  draft.count("mfaDevices", devices.length);
  const place = draft.root.at("MFADevices");
  const names = new Set(devices.flatMap((item) => text(item, "UserName") ?? []));
  const fromPath = userOfPath(draft.context.source.path, "mfa-devices");
  const user = names.size === 1 ? [...names][0] : names.size === 0 ? fromPath : undefined;
  const more = member(value, "IsTruncated") === true;
  for (const name of names) {
    const holder = userId(name, draft, place);
    if (holder !== undefined) addConsole(draft, holder, { password: "unknown", mfa: true }, place);
  }
  if (more) {
    draft.reject(draft.root, "the list says that more follow (`IsTruncated`)", {
      hint: "supply the next page as well",
    });
    return;
  }
  if (names.size > 1) return;
  const holder = userId(user, draft, place);
  if (holder === undefined) return;
  if (devices.length === 0) addConsole(draft, holder, { password: "unknown", mfa: false }, place);
  listings.push(listing(holder, "/mfa"));
}

/** A user who is not in the list may have a hardware device or a passkey: absence says nothing. */
function readVirtual(value: unknown, draft: Draft): void {
  for (const [index, device] of objects(member(value, "VirtualMFADevices")).entries()) {
    draft.count("mfaDevices");
    const place = draft.root.at("VirtualMFADevices", index);
    const arn = text(member(device, "User"), "Arn");
    if (arn === undefined || timeOf(member(device, "EnableDate")) === undefined) continue;
    const account = accountOfArn(arn);
    if (account === undefined || parseArn(arn)?.service !== "iam") {
      draft.reject(place, `\`${arn.slice(0, 120)}\` is not the ARN of a user`);
      continue;
    }
    if (arn.endsWith(":root"))
      draft
        .resource(account, { kind: "aws:account", account, name: account.slice("aws:".length) }, place)
        .set("root.mfa", true, place);
    else addConsole(draft, { arn, account, name: nameOfArn(arn) }, { password: "unknown", mfa: true }, place);
  }
}

interface Holder {
  readonly arn: string;
  readonly account: AccountId;
  readonly name: string;
}

/** IAM names the user without account and path; merging finds the user of that name. */
function userId(name: string | undefined, draft: Draft, place: Place): Holder | undefined {
  const hint =
    "put user and account in the path, e.g. `222222222222/mfa-devices-NAME.json`, `222222222222/login-profile-NAME.json`";
  if (name === undefined) {
    draft.reject(place, "the answer does not name its user", { hint });
    return undefined;
  }
  const digits = draft.context.accountHint;
  if (digits === undefined) {
    draft.reject(place, `the account of user \`${name.slice(0, 64)}\` is not stated`, { hint });
    return undefined;
  }
  return { arn: `arn:aws:iam::${digits}:user/${name}`, account: awsAccount(digits), name };
}

const listing = (holder: Holder, part: string): Listing => ({
  topic: "console",
  scope: userScope(holder.account.slice("aws:".length), holder.name) + part,
  extent: "whole",
});

function addConsole(
  draft: Draft,
  { arn, account, name }: Holder,
  state: { readonly password: Tri; readonly mfa: Tri },
  place: Place,
): void {
  const principal: Principal = {
    id: principalId(arn),
    kind: "user",
    provider: "aws",
    account,
    name,
    tags: {},
    inline: [],
    attached: [],
    groups: [],
    console: { ...state, origin: place.origin },
    instanceProfiles: [],
    origin: place.origin,
  };
  draft.add("principals", principal);
}

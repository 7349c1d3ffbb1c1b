import {
  evidenceAt,
  resourceId,
  type Credential,
  type MissingFact,
  type Principal,
} from "../../../estate/index.js";
import type { Entry } from "../../become.js";
import { daysBetween, digitsOf, entry, personBand, type EntryParts } from "./entry.js";

const words: Partial<Record<Credential["kind"], string>> = {
  "access-key": "static key",
  "ssh-key": "SSH key",
  "service-specific": "service password",
  "hmac-key": "HMAC key",
  "storage-key": "storage key",
  "client-secret": "client secret",
  "service-account-key": "service account key",
  "personal-access-token": "access token",
  "oauth-grant": "OAuth grant",
  "database-password": "database password",
  certificate: "certificate",
  sas: "SAS token",
  session: "session",
  password: "password",
};

/** `AKIA…Q7ZD`: enough to find it, never the whole of what stands in other tools. */
function shortName(credential: Credential): string {
  const name = credential.id.slice(credential.id.lastIndexOf("/") + 1);
  return /^A[A-Z0-9]{15,}$/.test(name) ? `${name.slice(0, 4)}…${name.slice(-4)}` : name;
}

export const hasExpired = ({ expiresAt }: Pick<Credential, "expiresAt">, now: string): boolean =>
  expiresAt !== undefined && expiresAt < now;

/** Keys and other standing secrets of an identity. Inactive, expired and deleted ones let nobody in. */
export function secretEntries(parts: EntryParts, principal: Principal): readonly Entry[] {
  const { model } = parts;
  const found: Entry[] = [];
  for (const credential of model.estate.credentialsOf(principal.id)) {
    if (credential.kind === "password" && principal.console !== undefined) continue;
    if (credential.status !== "active" && credential.status !== "unknown") continue;
    if (hasExpired(credential, model.policy.now)) continue;
    const days = daysBetween(credential.createdAt, model.policy.now);
    const leaked = credential.copies.find(
      ({ readableBy }) => readableBy === "leaked" || readableBy === "public",
    );
    const what = words[credential.kind] ?? credential.kind;
    const age = days === undefined ? "" : `, ${days} days`;
    const copy =
      leaked === undefined
        ? ""
        : leaked.readableBy === "public"
          ? `, public in ${leaked.place}`
          : `, leaked in ${leaked.place}`;
    const missing: MissingFact[] =
      credential.status === "unknown"
        ? [
            {
              key: `credential-status|${credential.id}`,
              fact: `whether ${what} ${shortName(credential)} is active`,
              collect: "aws iam list-access-keys",
            },
          ]
        : [];
    found.push(
      entry(principal.id, {
        kind: "standing-credential",
        band: leaked === undefined ? 2 : 1,
        label: `${what} ${shortName(credential)}, ${credential.status === "active" ? "active" : "status unknown"}${age}${copy}`,
        starter: credential.id,
        credential: credential.id,
        verdict: missing.length === 0 ? true : "unknown",
        missing,
        evidence: [
          evidenceAt(
            credential.origin,
            `${what} ${shortName(credential)} of ${principal.name}: ${credential.status}${credential.lastUsedAt === undefined ? "" : `, last used ${credential.lastUsedAt}`}`,
          ),
          leaked === undefined ? undefined : evidenceAt(leaked.origin, `copy in ${leaked.place}`),
        ],
      }),
    );
  }
  return found;
}

/** An IAM user: its keys, and its console password with or without a second factor (recreation.md 3). */
export function userEntries(parts: EntryParts, user: Principal): readonly Entry[] {
  const { estate } = parts.model;
  const found = [...secretEntries(parts, user)];
  const account = user.account;
  if (
    account !== undefined &&
    !estate.covers("access-keys", account) &&
    !estate.credentialsOf(user.id).some(({ kind }) => kind === "access-key")
  ) {
    found.push(
      entry(user.id, {
        kind: "standing-credential",
        band: 2,
        label: "perhaps a static key",
        starter: user.id,
        verdict: "unknown",
        missing: [
          {
            key: `access-keys|${account}`,
            fact: `access keys of account ${digitsOf(account)}`,
            collect: "aws iam get-credential-report",
          },
        ],
      }),
    );
  }
  const console = user.console;
  const consoleMissing: MissingFact | undefined =
    account === undefined
      ? undefined
      : {
          key: `console|${account}`,
          fact: `console passwords and second factors of account ${digitsOf(account)}`,
          collect: "aws iam get-credential-report",
        };
  const evidence =
    console === undefined
      ? []
      : [
          evidenceAt(
            console.origin,
            `password ${String(console.password)}, second factor ${String(console.mfa)}`,
          ),
        ];
  // The password itself was revoked, whatever the console facts of before said.
  const passwords = estate.credentialsOf(user.id).filter(({ kind }) => kind === "password");
  if (passwords.length > 0 && passwords.every(({ status }) => status === "deleted")) return found;
  if (console?.password === false) return found;
  if (console === undefined && (account === undefined || estate.covers("console", account))) return found;
  if (console?.password !== true || console.mfa === "unknown") {
    found.push(
      entry(user.id, {
        kind: "human",
        band: 2,
        label:
          console?.password === true
            ? "console password, second factor not known"
            : "perhaps a console password",
        starter: user.id,
        verdict: "unknown",
        missing: consoleMissing === undefined ? [] : [consoleMissing],
        evidence,
      }),
    );
  } else if (console.mfa) {
    found.push(
      entry(user.id, {
        kind: "human",
        band: personBand(parts, user.id),
        label: "console password with second factor",
        starter: user.id,
        evidence,
      }),
    );
  } else {
    found.push(
      entry(user.id, {
        kind: "standing-credential",
        band: 2,
        label: "console password without second factor",
        starter: user.id,
        evidence,
      }),
    );
  }
  return found;
}

/** The account root: floor without key and with MFA; else band 2; not collected: unknown (recreation.md 3). */
export function rootEntries(parts: EntryParts, root: Pick<Principal, "id" | "account">): readonly Entry[] {
  const { estate } = parts.model;
  const { account } = root;
  if (account === undefined) return [];
  const properties = estate.resource(resourceId(account))?.properties;
  const key = properties?.get("root.accessKeyActive");
  const mfa = properties?.get("root.mfa");
  const keys = estate.credentialsOf(root.id).filter(({ kind }) => kind === "access-key");
  const standing = keys.find(({ status }) => status === "active");
  // The report names no key; where its keys are listed and all deleted, it has none.
  const revoked = keys.length > 0 && keys.every(({ status }) => status === "deleted");
  const missing = {
    key: `root-credentials|${account}`,
    fact: `root key and second factor of account ${digitsOf(account)}`,
    collect: "aws iam get-credential-report",
  };
  const make = (label: string, verdict: true | "unknown", origin: typeof key): Entry =>
    entry(root.id, {
      kind: "root",
      band: 2,
      label,
      starter: root.id,
      verdict,
      missing: verdict === true ? [] : [missing],
      evidence: [origin === undefined ? undefined : evidenceAt(origin.origin, label)],
      ...(standing === undefined ? {} : { credential: standing.id }),
    });
  if ((key?.value === true && !revoked) || standing !== undefined)
    return [make("root access key, active", true, key)];
  if (mfa?.value === false) return [make("root without second factor", true, mfa)];
  if (key === undefined || mfa === undefined)
    return [make("root, its key and second factor not known", "unknown", undefined)];
  return [];
}

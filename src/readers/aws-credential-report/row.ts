import { credentialId, principalId, resourceId } from "../../core/estate/index.js";
import type {
  AccountId,
  Credential,
  JsonValue,
  Origin,
  Principal,
  PropertyFact,
  Resource,
  Tri,
} from "../../core/estate/index.js";
import { nameOfArn, pathOfArn } from "../aws-iam/identity.js";
import type { CsvRow } from "../csv.js";
import { timeOf } from "../json-value.js";

export interface RowFacts {
  readonly principal: Principal;
  readonly credentials: readonly Credential[];
  /** From the root row: what is known about the root user stands on the account. */
  readonly account?: Resource;
}

/**
 * One row of the credential report (IAM User Guide, "Getting credential reports for your AWS account"). Values
 * `N/A`, `no_information` and `not_supported` mean that there is no such fact, never that it is false.
 */
export function readRow(row: CsvRow, account: AccountId, origin: Origin): RowFacts {
  const arn = row.values["arn"] ?? "";
  const isRoot = arn.endsWith(":root");
  const column = (name: string): string => row.values[name] ?? "";
  const keys = ([1, 2] as const).flatMap((slot) => readKey(slot, arn, column, origin));
  const lastUsedAt = timeOf(column("password_last_used"));
  // `not_supported` for the root user, whose password an organisation may have removed.
  const password: Tri = triOf(column("password_enabled"));
  const createdAt = timeOf(column("user_creation_time"));
  const principal: Principal = {
    id: principalId(arn),
    kind: isRoot ? "root" : "user",
    provider: "aws",
    account,
    name: isRoot ? "root" : nameOfArn(arn),
    ...(isRoot ? {} : { path: pathOfArn(arn) }),
    ...(createdAt === undefined ? {} : { createdAt }),
    tags: {},
    inline: [],
    attached: [],
    groups: [],
    console: {
      password,
      mfa: triOf(column("mfa_active")),
      ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
      origin,
    },
    instanceProfiles: [],
    origin,
  };
  return {
    principal,
    credentials: [
      ...keys,
      ...readPassword(arn, isRoot, column, origin),
      ...readCertificates(arn, column, origin),
    ],
    ...(isRoot ? { account: rootFacts(account, column, lastUsedAt, origin) } : {}),
  };
}

type Column = (name: string) => string;

/** A key slot that holds nothing says `false` and `N/A`; one that holds an inactive key says when it was made. */
function readKey(slot: 1 | 2, arn: string, column: Column, origin: Origin): readonly Credential[] {
  const active = triOf(column(`access_key_${slot}_active`));
  // Created or last changed in status: the report does not tell which.
  const rotatedAt = timeOf(column(`access_key_${slot}_last_rotated`));
  const lastUsedAt = timeOf(column(`access_key_${slot}_last_used_date`));
  if (active !== true && rotatedAt === undefined && lastUsedAt === undefined) return [];
  // The root row of old accounts carries the account's birthday for a slot that never held a key.
  const birthday = arn.endsWith(":root") && rotatedAt === timeOf(column("user_creation_time"));
  if (active !== true && birthday && lastUsedAt === undefined) return [];
  const service = column(`access_key_${slot}_last_used_service`);
  return [
    {
      id: credentialId(`aws:access-key/report/${arn}/${slot}`),
      kind: "access-key",
      holder: principalId(arn),
      status: active === true ? "active" : active === false ? "inactive" : "unknown",
      ...(rotatedAt === undefined ? {} : { createdAt: rotatedAt }),
      ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
      ...(lastUsedAt === undefined || service === "" || service === "N/A"
        ? {}
        : { lastUsedService: service }),
      ...standing,
      origin,
    },
  ];
}

const standing = { autoRotated: "unknown", copies: [], consumers: [] } as const;

function readPassword(arn: string, isRoot: boolean, column: Column, origin: Origin): readonly Credential[] {
  const enabled = triOf(column("password_enabled"));
  if (enabled === false || (enabled === "unknown" && !isRoot)) return [];
  const createdAt = timeOf(column("password_last_changed"));
  const lastUsedAt = timeOf(column("password_last_used"));
  return [
    {
      id: credentialId(`aws:password/${arn}`),
      kind: "password",
      holder: principalId(arn),
      status: enabled === true ? "active" : "unknown",
      ...(createdAt === undefined ? {} : { createdAt }),
      ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
      ...standing,
      origin,
    },
  ];
}

function readCertificates(arn: string, column: Column, origin: Origin): readonly Credential[] {
  return ([1, 2] as const).flatMap((slot): Credential[] => {
    const active = triOf(column(`cert_${slot}_active`));
    const createdAt = timeOf(column(`cert_${slot}_last_rotated`));
    if (active !== true && createdAt === undefined) return [];
    const status = active === true ? "active" : active === false ? "inactive" : "unknown";
    return [
      {
        id: credentialId(`aws:certificate/report/${arn}/${slot}`),
        kind: "certificate",
        holder: principalId(arn),
        status,
        ...(createdAt === undefined ? {} : { createdAt }),
        ...standing,
        origin,
      },
    ];
  });
}

function rootFacts(
  account: AccountId,
  column: Column,
  lastUsedAt: string | undefined,
  origin: Origin,
): Resource {
  const properties = new Map<string, PropertyFact>();
  const state = (name: string, value: JsonValue): unknown => properties.set(name, { value, origin });
  const keys = [triOf(column("access_key_1_active")), triOf(column("access_key_2_active"))];
  if (keys.includes(true)) state("root.accessKeyActive", true);
  else if (!keys.includes("unknown")) state("root.accessKeyActive", false);
  const mfa = triOf(column("mfa_active"));
  if (mfa !== "unknown") state("root.mfa", mfa);
  const used = [
    lastUsedAt,
    timeOf(column("access_key_1_last_used_date")),
    timeOf(column("access_key_2_last_used_date")),
  ];
  const latest = used
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
  if (latest !== undefined) state("root.lastUsedAt", latest);
  return {
    id: resourceId(account),
    kind: "aws:account",
    account,
    name: account.slice("aws:".length),
    properties,
    tags: {},
    origin,
  };
}

const triOf = (value: string): Tri => (value === "true" ? true : value === "false" ? false : "unknown");

import {
  accountId,
  awsAccount,
  parseArn,
  resourceId,
  type AccountId,
  type ResourceId,
} from "../estate/index.js";
import { arnOfNamed, arnTypeOfBareId, describeArn, repairArn } from "./aws-resource.js";
import type { DataQuality } from "./data-quality.js";

/** A resource as a tool names it. */
export interface NamedResource {
  readonly provider: string;
  /** ARN, ARM id, GCP name, Kubernetes uid, or a bare name. */
  readonly rawId: string;
  readonly rawType?: string | undefined;
  readonly name?: string | undefined;
  /** The account as the tool writes it: digits, subscription, project, cluster; may be redacted. */
  readonly rawAccount?: string | undefined;
  readonly region?: string | undefined;
  readonly partition?: string | undefined;
  readonly namespace?: string | undefined;
}

export interface CanonicalResource {
  readonly id: ResourceId;
  readonly kind: string;
  readonly name: string;
  readonly account?: AccountId;
  readonly region?: string;
  readonly quality: readonly DataQuality[];
}

/** `<resource_uid>`, `REDACTED`, `${account}`: a place where an id should be. */
const placeholder = /^<[^>]*>$|^\$\{[^}]*\}$|^(redacted|unknown|n\/?a)$/i;

export const isPlaceholder = (text: string): boolean => text === "" || placeholder.test(text);

/**
 * One id for one resource, however a tool spells it: ARNs of every partition, bare ids, account-level findings
 * (the account itself), ARM ids without regard to case, GCP full names. What cannot be made certain is kept
 * as it came and flagged; nothing is invented.
 */
export function canonicalResource(named: NamedResource): CanonicalResource {
  if (named.provider === "aws") return awsResource(named);
  if (named.provider === "azure") return azureResource(named);
  if (named.provider === "gcp") return gcpResource(named);
  if (named.provider === "remit") return ownResource(named);
  return otherResource(named);
}

function awsResource(named: NamedResource): CanonicalResource {
  const quality: DataQuality[] = [];
  let raw = named.rawId.trim();
  if (raw.startsWith("aws:arn:")) raw = raw.slice(4);
  const { arn, repaired } = repairArn(raw);
  if (repaired) quality.push("repaired-resource-id");
  const parsed = parseArn(arn);
  const digits = accountDigits(named.rawAccount, parseArn(raw)?.account, quality);
  const account = digits === undefined ? undefined : awsAccount(digits);
  const region = regionOf(named.region) ?? regionOf(parsed?.region);
  const place = placeOf(account, region);
  const done = (id: string, kind: string, name: string): CanonicalResource => ({
    id: resourceId(id),
    kind,
    name,
    ...place,
    quality,
  });

  // Account-level findings have no ARN, or that of the root user (pitfall 10).
  const ofAccount =
    /^AWS::::Account:(.*)$/.exec(raw)?.[1] ??
    (parsed?.service === "iam" && parsed.resource === "root" ? parsed.account : undefined) ??
    (/^\d{12}$/.test(raw) ? raw : undefined) ??
    (raw === "password_policy" ? (digits ?? "") : undefined);
  if (ofAccount !== undefined) {
    if (/^\d{12}$/.test(ofAccount)) {
      const own = awsAccount(ofAccount);
      return { id: resourceId(own), kind: "aws:account", name: ofAccount, ...place, account: own, quality };
    }
    note(quality, "redacted-account");
    return done(`aws:${ofAccount === "" ? "unknown-account" : ofAccount}`, "aws:account", ofAccount);
  }
  if (parsed !== undefined) {
    if (/[<>]/.test(arn)) note(quality, "placeholder-resource");
    const described = describeArn(arn);
    return done(arn, described?.kind ?? "aws:resource", described?.name ?? arn);
  }
  if (isPlaceholder(raw)) {
    note(quality, "placeholder-resource");
    return done(
      `aws:${digits ?? "unknown-account"}/${named.rawType ?? "resource"}/${raw}`,
      `aws:${kindWord(named.rawType)}`,
      named.name ?? raw,
    );
  }
  note(quality, "bare-resource-id");
  const partition = named.partition ?? "aws";
  const bareType = arnTypeOfBareId(raw);
  if (bareType !== undefined) {
    // EC2 ids are unique by themselves: without the account the bare id is the best identity there is.
    const owner = bareType === "snapshot" || bareType === "image" ? "" : digits;
    const complete = owner !== undefined && region !== undefined;
    const id = complete ? `arn:${partition}:ec2:${region}:${owner}:${bareType}/${raw}` : raw;
    return done(id, `ec2:${bareType}`, raw);
  }
  const built = arnOfNamed(named.rawType ?? "", raw, { partition, account: digits, region });
  if (built !== undefined) {
    const described = describeArn(built);
    return done(built, described?.kind ?? "aws:resource", described?.name ?? raw);
  }
  return done(
    `aws:${digits ?? "unknown-account"}/${region ?? "global"}/${named.rawType ?? "resource"}/${raw}`,
    `aws:${kindWord(named.rawType)}`,
    raw,
  );
}

/** Twelve digits, from the finding first, else from the ARN. Anything else is flagged and not believed. */
function accountDigits(
  stated: string | undefined,
  inArn: string | undefined,
  quality: DataQuality[],
): string | undefined {
  const valid = [stated, inArn].find((text) => text !== undefined && /^\d{12}$/.test(text));
  if (stated === undefined || stated === "") note(quality, "no-account");
  else if (!/^\d{12}$/.test(stated)) note(quality, "redacted-account");
  return valid;
}

function note(quality: DataQuality[], flag: DataQuality): void {
  if (!quality.includes(flag)) quality.push(flag);
}

const regionOf = (text: string | undefined): string | undefined =>
  text === undefined || isPlaceholder(text) || text === "global" || text === "aws-global" ? undefined : text;

/** Four literals: a literal put together from spreads gets a shape of its own from V8, which outlives it. */
function placeOf(
  account: AccountId | undefined,
  region: string | undefined,
): Pick<CanonicalResource, "account" | "region"> {
  if (account === undefined) return region === undefined ? {} : { region };
  return region === undefined ? { account } : { account, region };
}

const kindWord = (type: string | undefined): string =>
  type === undefined || type === ""
    ? "resource"
    : type
        .replace(/^Aws/, "")
        .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
        .toLowerCase();

const armKinds: Readonly<Record<string, string>> = {
  "microsoft.storage/storageaccounts": "azure:storage-account",
  "microsoft.keyvault/vaults": "azure:key-vault",
};

/** ARM ids do not distinguish case; some tools write them in capitals, with or without the last slash. */
function azureResource(named: NamedResource): CanonicalResource {
  const quality: DataQuality[] = [];
  const raw = named.rawId.trim();
  const stated = named.rawAccount?.toLowerCase();
  const arm = /^\/+[^/]/.test(raw) ? raw.toLowerCase().replace(/\/+$/, "") : undefined;
  const subscription = /^\/subscriptions\/([^/]+)/.exec(arm ?? "")?.[1] ?? stated;
  if (subscription === undefined) note(quality, "no-account");
  else if (isPlaceholder(subscription)) note(quality, "redacted-account");
  const account =
    subscription === undefined || isPlaceholder(subscription)
      ? undefined
      : accountId(`azure:${subscription}`);
  const region = regionOf(named.region);
  const place = placeOf(account, region);
  if (arm !== undefined) {
    const type =
      /\/providers\/([^/]+\/[^/]+)\/[^/]+(?:\/providers\/.*)?$/.exec(arm)?.[1] ??
      /\/providers\/([^/]+\/[^/]+)/.exec(arm)?.[1];
    const kind =
      type === undefined
        ? "azure:resource"
        : Object.hasOwn(armKinds, type)
          ? (armKinds[type] ?? type)
          : `azure:${type}`;
    const whole = /^\/subscriptions\/[^/]+$/.test(arm) && account !== undefined;
    if (whole)
      return {
        id: resourceId(account),
        kind: "azure:subscription",
        name: subscription ?? arm,
        ...place,
        quality,
      };
    return {
      id: resourceId(arm),
      kind,
      name: named.name ?? arm.slice(arm.lastIndexOf("/") + 1),
      ...place,
      quality,
    };
  }
  note(quality, isPlaceholder(raw) ? "placeholder-resource" : "bare-resource-id");
  const type = named.rawType?.toLowerCase() ?? "resource";
  return {
    id: resourceId(`azure:${subscription ?? "unknown-subscription"}/${type}/${raw.toLowerCase()}`),
    kind: `azure:${type}`,
    name: named.name ?? raw,
    ...place,
    quality,
  };
}

function gcpResource(named: NamedResource): CanonicalResource {
  const quality: DataQuality[] = [];
  const [raw, inPath] = gcpName(named);
  const project = inPath ?? named.rawAccount;
  if (project === undefined) note(quality, "no-account");
  else if (isPlaceholder(project)) note(quality, "redacted-account");
  // The number and the id of a project are two names of one thing; only an inventory can join them (pitfall 12).
  else if (/^\d+$/.test(project)) note(quality, "project-number");
  const account = project === undefined || isPlaceholder(project) ? undefined : accountId(`gcp:${project}`);
  const region = regionOf(named.region);
  const place = placeOf(account, region);
  const type = named.rawType ?? gcpTypeOf(raw) ?? "resource";
  const bucket = /bucket/i.test(type) || raw.startsWith("//storage.googleapis.com/");
  const kind = bucket
    ? "gcp:bucket"
    : /serviceaccount/i.test(type)
      ? "gcp:service-account"
      : `gcp:${type.replaceAll(" ", "-").toLowerCase()}`;
  if (isPlaceholder(raw)) note(quality, "placeholder-resource");
  else if (!raw.startsWith("//")) note(quality, "bare-resource-id");
  const id = raw.startsWith("//")
    ? raw
    : bucket && !isPlaceholder(raw)
      ? `//storage.googleapis.com/${raw.replace(/^gs:\/\//, "")}`
      : `gcp:${project ?? "unknown-project"}/${kind.slice(4)}/${raw}`;
  return {
    id: resourceId(id),
    kind,
    name: named.name ?? raw.slice(raw.lastIndexOf("/") + 1),
    ...place,
    quality,
  };
}

/**
 * The full name of a resource of Google, and the project in it. The address that its API is called by is the same
 * name (`https://www.googleapis.com/compute/v1/projects/…`). A project has a number and an id; where the name holds the
 * number and the tool tells the id, the id is used, so that tools that write either meet (pitfall 12).
 */
function gcpName(named: NamedResource): readonly [string, string | undefined] {
  const raw = named.rawId
    .trim()
    .replace(
      /^https:\/\/(?:www|([a-z]+))\.googleapis\.com\/(?:([a-z]+)\/)?(?:v\d+\w*|beta|alpha)\//,
      (_, host, path) => `//${String(host ?? path)}.googleapis.com/`,
    );
  const project = /\/projects\/([^/]+)/.exec(raw)?.[1];
  const stated = named.rawAccount;
  const byId =
    project !== undefined &&
    /^\d+$/.test(project) &&
    stated !== undefined &&
    /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(stated);
  return byId ? [raw.replace(`/projects/${project}`, `/projects/${stated}`), stated] : [raw, project];
}

/** `compute.instance` of `//compute.googleapis.com/projects/p/zones/z/instances/i`. */
function gcpTypeOf(name: string): string | undefined {
  const parts = /^\/\/([a-z]+)\.googleapis\.com\/(?:.*\/)?([a-z]+?)s?\/[^/]+$/i.exec(name);
  return parts === null ? undefined : `${parts[1] ?? ""}.${parts[2] ?? ""}`;
}

/** A resource in our own notation, by hand: the provider's id, or `KIND:NAME` (`workload:etl`). */
function ownResource(named: NamedResource): CanonicalResource {
  const raw = named.rawId.trim();
  if (/^(aws:)?arn:|^AWS::|^aws:\d{12}$|^\d{12}$/.test(raw)) {
    return awsResource({
      ...named,
      rawId: raw.replace(/^aws:(?=\d{12}$)/, ""),
      rawAccount: named.rawAccount?.replace(/^aws:/, ""),
    });
  }
  if (raw.startsWith("//")) return gcpResource(named);
  if (raw.startsWith("/subscriptions/")) return azureResource(named);
  const cut = raw.indexOf(":");
  const region = regionOf(named.region);
  return {
    id: resourceId(raw),
    kind: named.rawType ?? (cut > 0 ? raw.slice(0, cut) : "resource"),
    name: named.name ?? raw.slice(cut + 1),
    ...placeOf(named.rawAccount === undefined ? undefined : accountId(named.rawAccount), region),
    quality: [],
  };
}

/** Kubernetes and everything else: an object is told by cluster, namespace, kind and name; a uid changes with every restart. */
function otherResource(named: NamedResource): CanonicalResource {
  const quality: DataQuality[] = [];
  const cluster = named.rawAccount;
  if (cluster === undefined) note(quality, "no-account");
  else if (isPlaceholder(cluster)) note(quality, "redacted-account");
  const name = named.name ?? named.rawId;
  if (isPlaceholder(name)) note(quality, "placeholder-resource");
  const kind = `${named.provider}:${kindWord(named.rawType)}`;
  const region = regionOf(named.region);
  return {
    id: resourceId(
      `${named.provider}:${cluster ?? "unknown"}/${named.namespace ?? "-"}/${kindWord(named.rawType)}/${name}`,
    ),
    kind,
    name,
    ...(cluster === undefined || isPlaceholder(cluster)
      ? {}
      : { account: accountId(`${named.provider}:${cluster}`) }),
    ...(region === undefined ? {} : { region }),
    quality,
  };
}

import {
  accountId,
  credentialId,
  principalId,
  accountOfArn,
  parseArn,
  type CoverageTopic,
  type PolicyUse,
  type Tri,
} from "../../core/estate/index.js";
import type { Place } from "../drafting/index.js";
import { credentialKindOf, principalKindOf, providerOf, trustKindOf } from "./defaults.js";
import type { NativeList } from "./schema.js";
import type { NativeTranslators } from "./telling.js";

const aloneTopics: readonly CoverageTopic[] = [
  "organization",
  "scp",
  "rcp",
  "org-s3-policy",
  "declarative-policies",
];

type IdentityList = Extract<
  NativeList,
  | "accounts"
  | "principals"
  | "credentials"
  | "trusts"
  | "grants"
  | "consents"
  | "providers"
  | "policies"
  | "permissionSets"
  | "assignments"
>;

export const identityTranslators: Pick<NativeTranslators, IdentityList> = {
  accounts(entry, { draft, place }) {
    const id = accountId(entry.id);
    const more = "name" in entry || "organization" in entry || "provider" in entry ? entry : undefined;
    draft.add("accounts", {
      id,
      provider: more?.provider ?? entry.id.slice(0, entry.id.indexOf(":")),
      ...(more?.name === undefined ? {} : { name: more.name }),
      ...(more?.organization === undefined ? {} : { organization: more.organization }),
      origin: place.origin,
    });
    // An account that stands alone has no organisation policies: their absence is known, not missing.
    if (more?.organization === "none") for (const topic of aloneTopics) draft.cover(topic, id, place);
  },

  principals(entry, telling) {
    const { draft, place } = telling;
    const kind = entry.kind ?? principalKindOf(entry.id);
    if (kind === undefined) {
      telling.fault(`what \`${entry.id}\` is cannot be read from its id: write \`kind\``);
      return;
    }
    const inline = (entry.policies ?? []).flatMap((item, index) => {
      const use = draft.policyUse(item.document, place.at("policies", index, "document"), item.name);
      return use === undefined ? [] : [use];
    });
    let trustPolicy: PolicyUse | undefined;
    if (entry.trust !== undefined) {
      trustPolicy = draft.policyUse(entry.trust, place.at("trust"), "trust policy");
      if (trustPolicy === undefined) return;
    }
    // Inline rights that cannot be believed would look like fewer rights: the whole entry is left out.
    if (inline.length < (entry.policies ?? []).length) return;
    const id = principalId(entry.id);
    const account = entry.account === undefined ? accountOfArn(id) : accountId(entry.account);
    const ofArn = parseArn(id)?.resource;
    const path = entry.path ?? pathOf(ofArn);
    draft.add("principals", {
      id,
      kind,
      provider: entry.provider ?? providerOf(entry.id),
      ...(account === undefined ? {} : { account }),
      name: entry.name ?? (ofArn ?? entry.id).slice((ofArn ?? entry.id).lastIndexOf("/") + 1),
      ...(path === undefined ? {} : { path }),
      ...(entry.uniqueId === undefined ? {} : { uniqueId: entry.uniqueId }),
      ...(entry.createdAt === undefined ? {} : { createdAt: entry.createdAt }),
      ...(entry.lastUsedAt === undefined ? {} : { lastUsedAt: entry.lastUsedAt }),
      tags: entry.tags ?? {},
      inline,
      attached: (entry.attached ?? []).map((arn, index) => ({
        arn,
        origin: place.at("attached", index).origin,
      })),
      ...(entry.boundary === undefined
        ? {}
        : { boundary: { arn: entry.boundary, origin: place.at("boundary").origin } }),
      groups: (entry.groups ?? []).map(principalId),
      ...(trustPolicy === undefined ? {} : { trustPolicy }),
      ...(entry.console === undefined ? {} : { console: consoleOf(entry.console, place.at("console")) }),
      ...immutableOf(entry.immutable, ofArn),
      instanceProfiles: entry.instanceProfiles ?? [],
      origin: place.origin,
    });
  },

  credentials(entry, telling) {
    const { draft, place } = telling;
    const kind = entry.kind ?? credentialKindOf(entry.id);
    if (kind === undefined) {
      telling.fault(`what \`${entry.id}\` is cannot be read from its id: write \`kind\``);
      return;
    }
    const createdAt = entry.createdAt ?? entry.created;
    const expiresAt = entry.expiresAt ?? entry.expires;
    const lastUsedAt = entry.lastUsedAt ?? entry.lastUsed;
    draft.add("credentials", {
      id: credentialId(entry.id),
      kind,
      holder: principalId(entry.holder),
      status: entry.status,
      ...(createdAt === undefined ? {} : { createdAt }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
      ...(entry.lastUsedService === undefined ? {} : { lastUsedService: entry.lastUsedService }),
      autoRotated: entry.autoRotated,
      copies: entry.copies.map((copy, index) => ({
        place: copy.place,
        ...("at" in copy && copy.at !== undefined ? { at: copy.at } : {}),
        readableBy: copy.readableBy,
        origin: place.at("copies", index).origin,
      })),
      consumers: entry.consumers ?? [],
      origin: place.origin,
    });
  },

  trusts(entry, telling) {
    const kind = entry.kind ?? trustKindOf(entry.from);
    if (kind === undefined) {
      telling.fault(`who \`${entry.from}\` is cannot be read from it: write \`kind\``);
      return;
    }
    telling.draft.add("trusts", {
      id: entry.id ?? `trust:${entry.from}->${entry.to}`,
      from: entry.from.startsWith("aws:arn:") ? entry.from.slice(4) : entry.from,
      to: principalId(entry.to),
      kind,
      externalId: entry.externalId,
      ...(entry.condition === undefined ? {} : { condition: entry.condition }),
      origin: telling.place.origin,
    });
  },

  grants(entry, { draft, place, index }) {
    draft.add("grants", {
      id: entry.id ?? `grant:${entry.holder}:${index}`,
      holder: principalId(entry.holder),
      effect: entry.effect === "Deny" || entry.effect === "deny" ? "Deny" : "Allow",
      actions: [...(entry.actions ?? []), ...(entry.action ?? [])],
      resources: [...(entry.resources ?? []), ...(entry.resource ?? [])],
      ...(entry.condition === undefined ? {} : { condition: entry.condition }),
      ...(entry.inheritedFrom === undefined ? {} : { inheritedFrom: entry.inheritedFrom }),
      origin: place.origin,
    });
  },

  consents(entry, { draft, place, index }) {
    draft.add("consents", {
      id: entry.id ?? `consent:${entry.app}:${index}`,
      app: principalId(entry.app),
      scopes: entry.scopes,
      ...(entry.grantedBy === undefined ? {} : { grantedBy: entry.grantedBy }),
      ...(entry.createdAt === undefined ? {} : { createdAt: entry.createdAt }),
      origin: place.origin,
    });
  },

  providers(entry, { draft, place }) {
    const account = entry.account === undefined ? accountOfArn(entry.id) : accountId(entry.account);
    draft.add("providers", {
      id: entry.id,
      kind: entry.kind,
      ...(account === undefined ? {} : { account }),
      ...(entry.url === undefined ? {} : { url: entry.url }),
      clientIds: entry.clientIds ?? [],
      origin: place.origin,
    });
  },

  policies(entry, telling) {
    const { draft, place } = telling;
    const name = entry.name ?? entry.arn.slice(entry.arn.lastIndexOf("/") + 1);
    const given = entry.versions?.map((version, index) => ({
      ...version,
      at: place.at("versions", index, "document"),
    })) ?? [{ id: "v1", default: true, document: entry.document, at: place.at("document") }];
    const versions = given.flatMap((version) => {
      const use = draft.policyUse(version.document, version.at, name);
      return use === undefined ? [] : [{ id: version.id, isDefault: version.default, use }];
    });
    if (versions.length < given.length) return;
    if (versions.filter((version) => version.isDefault).length !== 1) {
      telling.fault("exactly one version is the default: write `default: true` on it");
      return;
    }
    const awsManaged = entry.awsManaged ?? /^arn:[a-z-]+:iam::aws:policy\//.test(entry.arn);
    draft.add("managedPolicies", { arn: entry.arn, name, awsManaged, versions });
  },

  permissionSets(entry, { draft, place }) {
    draft.add("permissionSets", {
      arn: entry.arn,
      name: entry.name,
      managed: entry.managed ?? [],
      ...(entry.sessionDuration === undefined ? {} : { sessionDuration: entry.sessionDuration }),
      origin: place.origin,
    });
  },

  assignments(entry, { draft, place }) {
    draft.add("assignments", {
      permissionSet: entry.permissionSet,
      account: accountId(entry.account),
      principalKind: entry.principalKind,
      principal: entry.principal,
      ...(entry.actor === undefined ? {} : { actor: principalId(entry.actor) }),
      origin: place.origin,
    });
  },
};

/** IAM path of an ARN resource: `role/team/etl` has `/team/`, `role/etl` has `/`. */
function pathOf(resource: string | undefined): string | undefined {
  if (resource === undefined || !resource.includes("/")) return undefined;
  return resource.slice(resource.indexOf("/"), resource.lastIndexOf("/") + 1);
}

function immutableOf(
  stated: "service-linked" | "aws-reserved" | undefined,
  resource: string | undefined,
): { immutable?: "service-linked" | "aws-reserved" } {
  if (stated !== undefined) return { immutable: stated };
  if (resource?.startsWith("role/aws-service-role/") === true) return { immutable: "service-linked" };
  if (resource?.startsWith("role/aws-reserved/") === true) return { immutable: "aws-reserved" };
  return {};
}

function consoleOf(entry: { password: Tri; mfa: Tri; lastUsedAt?: string | undefined }, place: Place) {
  return {
    password: entry.password,
    mfa: entry.mfa,
    ...(entry.lastUsedAt === undefined ? {} : { lastUsedAt: entry.lastUsedAt }),
    origin: place.origin,
  };
}

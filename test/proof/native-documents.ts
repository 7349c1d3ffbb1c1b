import type { EstateText } from "../policy-estate.js";

/** A generated estate as a `remit.estate/1` document: what the engine gets as facts, the independent check reads. */
export function nativeDocument(text: EstateText): Record<string, unknown> {
  const organization = text.organization;
  return {
    schema: "remit.estate/1",
    source: "generated",
    observedAt: "2026-11-22",
    accounts: Object.entries(text.accounts ?? {}).map(([number, member]) => ({
      id: `aws:${number}`,
      ...(member === "" ? {} : { organization: member }),
    })),
    principals: Object.entries(text.principals ?? {}).map(([id, principal]) => ({
      id,
      policies: (principal.policies ?? []).map((document, index) => ({
        name: `inline-${index}`,
        document: versioned(document),
      })),
      attached: principal.attached ?? [],
      groups: principal.groups ?? [],
      tags: principal.tags ?? {},
      ...(principal.boundary === undefined ? {} : { boundary: principal.boundary }),
      ...(principal.trust === undefined ? {} : { trust: versioned(principal.trust) }),
      ...(principal.immutable === undefined ? {} : { immutable: principal.immutable }),
    })),
    policies: Object.entries(text.managed ?? {}).map(([arn, document]) => ({
      arn,
      document: versioned(document),
    })),
    resources: Object.entries(text.resources ?? {}).map(([id, resource]) => ({
      id,
      ...(resource.account === undefined ? {} : { account: `aws:${resource.account}` }),
      ...(resource.policy === undefined
        ? {}
        : { policy: resource.policy === null ? "none" : versioned(resource.policy) }),
      ...(resource.properties === undefined ? {} : { properties: resource.properties }),
    })),
    coverage: (text.covered ?? []).map((key) => ({ topic: [key.split("|")[0]], scope: [key.split("|")[1]] })),
    ...(organization === undefined
      ? {}
      : {
          organizations: [
            {
              id: "o-test",
              ...(organization.management === undefined
                ? {}
                : { managementAccount: `aws:${organization.management}` }),
              ...(organization.enabled === undefined ? {} : { enabledPolicyTypes: organization.enabled }),
              nodes: Object.entries(organization.parents).map(([id, parent]) => ({
                id,
                kind: parent === null ? "root" : id.startsWith("ou-") ? "ou" : "account",
                ...(parent === null ? {} : { parent }),
              })),
              policies: organization.policies.map(({ id, type, targets, document }) => ({
                id: document === "full" ? "p-FullAWSAccess" : id,
                type,
                awsManaged: document === "full",
                ...(targets === undefined ? {} : { targets }),
                ...(document === undefined || document === "full" ? {} : { document: versioned(document) }),
              })),
            },
          ],
        }),
  };
}

/** Generated policies speak with variables: without a version they would be plain text. */
const versioned = <Policy extends { readonly Version?: string }>(
  policy: Policy,
): Policy & { readonly Version: string } => ({
  ...policy,
  Version: policy.Version ?? "2012-10-17",
});

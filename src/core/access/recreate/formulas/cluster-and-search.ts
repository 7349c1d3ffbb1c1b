import { evidenceAt } from "../../../estate/index.js";
import { isTrue, overlayOf, type FormulaContext } from "../context.js";
import { any, can } from "../formula.js";
import { declares, declaresPublicPolicy, publicStatementsOf } from "../policy-weakness.js";
import { weakPolicy, weakProperty } from "../weak-setting.js";
import type { WeaknessFormula } from "../weakness-formula.js";

/**
 * A cluster whose API server anyone reaches. Source: Amazon EKS User Guide, "Cluster API server endpoint": public
 * access and the ranges it admits are set by UpdateClusterConfig alone.
 */
export const eksPublicEndpoint: WeaknessFormula = {
  name: "eks-public-endpoint",
  weaknesses: ["eks.public-endpoint"],
  kinds: ["eks:cluster"],
  weak: endpointOpen,
  contain: (context) => overlayOf({ properties: [[context.id, "endpointPublicAccess", false]] }),
  restore: (context) => can("eks:UpdateClusterConfig", context.id),
  bypass: () => [],
  declares: (definition) => declares(definition, "endpointPublicAccess", true),
  elsewhere: (context) => [
    [
      "eks:CreateCluster",
      `arn:aws:eks:${context.region ?? "*"}:${context.account?.slice(4) ?? "*"}:cluster/*`,
    ],
  ],
  verbs: { "eks:UpdateClusterConfig": "may open the endpoint" },
};

/** Public, and not narrowed to some addresses. */
function endpointOpen(context: FormulaContext) {
  const open = weakProperty(context, "endpointPublicAccess", isTrue, "its API server is on the internet");
  const ranges = context.property(context.id, "publicAccessCidrs")?.value;
  const narrow = Array.isArray(ranges) && !ranges.includes("0.0.0.0/0") && !ranges.includes("::/0");
  return open.value === true && narrow ? { ...open, value: false } : open;
}

/**
 * A search domain that anyone reaches. Source: Amazon OpenSearch Service Developer Guide, "Launching your domains
 * within a VPC": a domain cannot change between VPC and public endpoint, so one inside a VPC never becomes public.
 */
export const openSearchPublic: WeaknessFormula = {
  name: "opensearch-public",
  weaknesses: ["opensearch.public"],
  kinds: ["opensearch:domain"],
  weak: (context) => weakPolicy(context, "anyone may use it"),
  contain: (context) =>
    overlayOf({ statements: publicStatementsOf(context, context.id).map((item) => item.key) }),
  restore: (context) =>
    any(can("es:UpdateDomainConfig", context.id), can("es:UpdateElasticsearchDomainConfig", context.id)),
  immutable(context: FormulaContext) {
    const vpc = context.property(context.id, "vpc");
    return vpc?.value === true
      ? {
          basis: "immutable",
          text: "a domain inside a VPC cannot get a public endpoint",
          evidence: [evidenceAt(vpc.origin, "vpc = true")],
        }
      : undefined;
  },
  bypass: () => [],
  declares: (definition) => declaresPublicPolicy(definition),
  elsewhere: (context) => [
    ["es:CreateDomain", `arn:aws:es:${context.region ?? "*"}:${context.account?.slice(4) ?? "*"}:domain/*`],
  ],
  verbs: {
    "es:UpdateDomainConfig": "may change the access policy",
    "es:UpdateElasticsearchDomainConfig": "may change the access policy",
  },
};

import {
  booleanOf,
  isRecord,
  pick,
  textOf,
  textsOf,
  type JsonRecord,
  type Place,
  type ResourceDraft,
} from "../drafting/index.js";

export function applyCluster(cluster: ResourceDraft, record: JsonRecord, place: Place): void {
  const vpc = pick(record, "resourcesVpcConfig");
  if (isRecord(vpc)) {
    cluster.set("endpointPublicAccess", booleanOf(pick(vpc, "endpointPublicAccess")), place);
    const cidrs = pick(vpc, "publicAccessCidrs");
    if (Array.isArray(cidrs)) cluster.set("publicAccessCidrs", [...textsOf(cidrs)], place);
  }
  const access = pick(record, "accessConfig");
  if (isRecord(access)) cluster.set("authenticationMode", textOf(pick(access, "authenticationMode")), place);
  const identity = pick(record, "identity");
  const oidc = isRecord(identity) ? pick(identity, "oidc") : undefined;
  const issuer = isRecord(oidc) ? textOf(pick(oidc, "issuer")) : undefined;
  cluster.set("oidcIssuer", issuer?.replace(/^https:\/\//, ""), place);
  cluster.tagList(pick(record, "tags"));
}

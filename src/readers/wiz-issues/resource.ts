import type { NamedResource } from "../../core/findings/index.js";

export interface WizResource {
  readonly platform: string | undefined;
  /** The provider's own id: ARN, ARM id, URL of Google, or Wiz's path for objects of Kubernetes. */
  readonly externalId: string | undefined;
  readonly type: string | undefined;
  readonly name: string | undefined;
  readonly subscription: string | undefined;
  readonly region: string | undefined;
}

/** `k8s/serviceaccount/CLUSTER/NAMESPACE/NAME`, and `k8s/user/CLUSTER/NAME` for what has no namespace. */
const kubernetesPath = /^k8s\/([^/]+)\/([^/]+)\/(?:([^/]+)\/)?([^/]+)$/;

/** The resource by the provider's own id, so that it is the one that other tools name. */
export function wizResource(of: WizResource): NamedResource {
  const inKubernetes = kubernetesPath.exec(of.externalId ?? "");
  if (inKubernetes !== null) {
    const [, kind, cluster, namespace, name] = inKubernetes;
    return { provider: "kubernetes", rawId: name ?? "", name, rawType: kind, rawAccount: cluster, namespace };
  }
  const shared = { rawType: of.type, name: of.name, rawAccount: of.subscription, region: of.region };
  const provider = providerOf(of);
  return { provider, rawId: of.externalId ?? of.name ?? "", ...shared };
}

function providerOf({ platform, externalId = "" }: WizResource): string {
  if (externalId.startsWith("arn:")) return "aws";
  if (/^\/subscriptions\//i.test(externalId)) return "azure";
  const stated = platform?.toLowerCase() ?? "";
  if (stated === "aws" || stated === "azure" || stated === "gcp" || stated === "kubernetes") return stated;
  return stated === "" ? "wiz" : stated.replaceAll(/[^a-z0-9]+/g, "-");
}

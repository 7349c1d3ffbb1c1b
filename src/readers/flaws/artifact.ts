import type { DataQuality, NamedResource, VulnerabilityDetail } from "../../core/findings/index.js";

export interface Artifact {
  readonly resource: NamedResource;
  readonly artifact?: VulnerabilityDetail["artifact"];
  readonly quality: readonly DataQuality[];
}

/** `registry/repo` of `registry/repo:tag@sha256:…`. */
export const imageRepository = (reference: string): string =>
  reference.replace(/@sha256:[0-9a-f]+$/i, "").replace(/:[\w][\w.-]{0,127}$/, "");

/**
 * An image is told by its repository: the next build carries the same flaw until somebody mends it. Tag and digests
 * are kept beside it.
 */
export function imageArtifact(reference: string, digests: readonly string[] = []): Artifact {
  const name = reference.trim();
  const quality: DataQuality[] = name === "" || name === "REDACTED" ? ["placeholder-resource"] : [];
  return {
    resource: own("image", imageRepository(name), name),
    artifact: { name, digests: [...new Set(digests)].sort() },
    quality,
  };
}

/** A folder, an archive, a repository: something with a name that is no image. */
export function namedArtifact(kind: string, name: string): Artifact {
  const plain = name.trim().replace(/^"(.*)"$/, "$1");
  // `.` names whatever stood there when the scanner ran.
  const unnamed = /^\.?\/?$/.test(plain);
  return {
    resource: own(kind, plain === "" ? "." : plain),
    artifact: { name: plain, digests: [] },
    quality: unnamed ? ["bare-resource-id"] : [],
  };
}

export const own = (kind: string, id: string, name = id): NamedResource => ({
  provider: "remit",
  rawId: `${kind}:${id}`,
  rawType: kind,
  name,
});

/** The name that a Deployment gives its ReplicaSets: its own, and the hash of the template (safe letters only). */
const ofDeployment = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{5,10}$/;

/**
 * An object of a cluster; `cluster` is its name or ARN where the tool knows it. A ReplicaSet that a Deployment made
 * stands for the Deployment: every change of it makes another one.
 */
export function clusterObject(
  kind: string,
  name: string,
  namespace?: string,
  cluster?: string,
): NamedResource {
  const deployment = kind === "ReplicaSet" ? ofDeployment.exec(name)?.[1] : undefined;
  const own = deployment ?? name;
  return {
    provider: "kubernetes",
    rawId: own,
    rawType: deployment === undefined ? kind : "Deployment",
    name: own,
    namespace: namespace === "" ? undefined : namespace,
    rawAccount: cluster === "" ? undefined : cluster,
  };
}

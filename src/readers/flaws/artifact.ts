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
  // `.` names whatever stood there when the scanner ran.
  const unnamed = /^"?\.?\/?"?$/.test(name.trim());
  return {
    resource: own(kind, name.trim() === "" ? "." : name.trim()),
    artifact: { name: name.trim(), digests: [] },
    quality: unnamed ? ["bare-resource-id"] : [],
  };
}

export const own = (kind: string, id: string, name = id): NamedResource => ({
  provider: "remit",
  rawId: `${kind}:${id}`,
  rawType: kind,
  name,
});

/** An object of a cluster; `cluster` is its name or ARN where the tool knows it. */
export const clusterObject = (
  kind: string,
  name: string,
  namespace?: string,
  cluster?: string,
): NamedResource => ({
  provider: "kubernetes",
  rawId: name,
  rawType: kind,
  name,
  namespace: namespace === "" ? undefined : namespace,
  rawAccount: cluster === "" ? undefined : cluster,
});

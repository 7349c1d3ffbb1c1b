import type { DataQuality, NamedResource, VulnerabilityDetail } from "../../core/findings/index.js";

export interface Artifact {
  readonly resource: NamedResource;
  readonly artifact?: VulnerabilityDetail["artifact"];
  readonly quality: readonly DataQuality[];
}

/** `registry/repo` of `registry/repo:tag@sha256:…`. */
export const imageRepository = (reference: string): string =>
  reference.replace(/@sha256:[0-9a-f]+$/i, "").replace(/:[\w][\w.-]{0,127}$/, "");

/** `222222222222.dkr.ecr.eu-west-1.amazonaws.com/team/shop` (Amazon ECR, private registries). */
const ecrHost = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(.+)$/;
/** `europe-west1-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE` (Google Artifact Registry). */
const garHost = /^([a-z0-9-]+)-docker\.pkg\.dev\/([^/]+)\/([^/]+)\/(.+)$/;

/**
 * An image is told by its repository: the next build carries the same flaw until somebody mends it. Tag and digests
 * are kept beside it. The name of a cloud's registry says which account it is in.
 */
export function imageArtifact(reference: string, digests: readonly string[] = []): Artifact {
  const name = reference.trim();
  const quality: DataQuality[] = name === "" || name === "REDACTED" ? ["placeholder-resource"] : [];
  return {
    resource: registryResource(imageRepository(name), name) ?? own("image", imageRepository(name), name),
    artifact: { name, digests: [...new Set(digests)].sort() },
    quality,
  };
}

function registryResource(repository: string, name: string): NamedResource | undefined {
  const [, account = "", region = "", path = ""] = ecrHost.exec(repository) ?? [];
  if (account !== "") {
    const partition = region.startsWith("cn-")
      ? "aws-cn"
      : region.startsWith("us-gov-")
        ? "aws-us-gov"
        : "aws";
    const arn = `arn:${partition}:ecr:${region}:${account}:repository/${path}`;
    return { provider: "aws", rawId: arn, rawAccount: account, region };
  }
  const [, location = "", project = "", registry = "", image = ""] = garHost.exec(repository) ?? [];
  if (project === "") return undefined;
  return {
    provider: "gcp",
    rawId: `//artifactregistry.googleapis.com/projects/${project}/locations/${location}/repositories/${registry}/dockerImages/${image}`,
    rawType: "image",
    name,
    rawAccount: project,
    region: location,
  };
}

/** The repository and the digest of an ARN with which Inspector names one image of ECR; undefined for other ARNs. */
export function ecrImage(arn: string): { readonly repository: string; readonly digest: string } | undefined {
  const found = /^(arn:[\w-]+:ecr:[\w-]*:\d*:repository\/.+)\/(sha256:[0-9a-f]{64})$/.exec(arn);
  return found === null ? undefined : { repository: found[1] ?? "", digest: found[2] ?? "" };
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

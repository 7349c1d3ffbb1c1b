import { parseArn } from "../../core/estate/index.js";
import { isRecord, listOf, parseJson, textOf, type JsonRecord } from "../drafting/index.js";

const bucketForm = /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/;
/** File names that say what a document is and not whose. */
const genericFile =
  /^(get-?)?(bucket-?)?(policy|acl|public-?access-?block|bpa|ownership-?controls|ownership|policy-?status)$/;
const namedFile =
  /^(?:get-)?(?:bucket-(?:policy|acl|public-access-block|ownership-controls|ownership)|public-access-block|ownership-controls)-(.+)$/;
const genericFolder =
  /^(s3|s3api|aws-s3|aws|buckets?|bucket-.*|data|documents?|estate|input|account|\d{12}|[a-z]{2}(-[a-z]+)+-\d)$/;

/** The bucket that the path names: `acme-exports/policy.json`, `bucket-policy-acme-exports.json`. */
export function bucketOfPath(path: string): string | undefined {
  const parts = path.replaceAll("\\", "/").split("/");
  const file = (parts[parts.length - 1] ?? "").replace(/\.(json|ya?ml|txt)$/i, "").toLowerCase();
  const named = namedFile.exec(file)?.[1];
  if (named !== undefined) return bucketForm.test(named) && !/^\d{12}$/.test(named) ? named : undefined;
  const folder = parts[parts.length - 2];
  if (folder === undefined || !genericFile.test(file) || genericFolder.test(folder)) return undefined;
  return bucketForm.test(folder) ? folder : undefined;
}

/** Whether the path says that a public access block belongs to the whole account. */
export function saysAccount(path: string): boolean {
  const parts = path.replaceAll("\\", "/").toLowerCase().split("/");
  const file = (parts[parts.length - 1] ?? "").replace(/\.json$/, "");
  if (/account-?(level-?)?(s3-?)?(public-?access-?block|bpa)|s3-?control/.test(file)) return true;
  if (/^(s3-?)?(public-?access-?block|bpa)-\d{12}$/.test(file)) return true;
  const folder = parts[parts.length - 2] ?? "";
  // `aws s3control` knows account level and access points only, and these have a shape of their own.
  if (parts.slice(0, -1).some((part) => /^(aws-)?s3-?control$/.test(part))) return true;
  return (
    /^(get-)?(public-?access-?block|bpa)$/.test(file) &&
    (/^\d{12}$/.test(folder) || /^(s3-?control|account)$/.test(folder))
  );
}

export interface BucketReference {
  readonly name: string;
  readonly partition: string;
}

/**
 * The one bucket that the resources of a policy name. S3 takes a bucket policy only when its resources lie in the
 * bucket itself, so one literal name settles it; wildcards, variables or two names settle nothing.
 */
export function bucketOfPolicy(policy: unknown): BucketReference | undefined {
  const document = typeof policy === "string" ? parseJson(policy) : policy;
  if (!isRecord(document)) return undefined;
  const raw = document["Statement"];
  const statements = (Array.isArray(raw) ? listOf(raw) : [raw]).filter(isRecord);
  const found = new Map<string, BucketReference>();
  for (const statement of statements) {
    for (const arn of resourcesOf(statement)) {
      const parsed = parseArn(arn);
      if (parsed?.service !== "s3" || parsed.account !== "") continue;
      const name = parsed.resource.split("/")[0] ?? "";
      if (/[*?$]/.test(name) || name === "") return undefined;
      found.set(name, { name, partition: parsed.partition });
    }
  }
  return found.size === 1 ? [...found.values()][0] : undefined;
}

function resourcesOf(statement: JsonRecord): readonly string[] {
  const value = statement["Resource"] ?? statement["NotResource"];
  if (typeof value === "string") return [value];
  return listOf(value).flatMap((item) => textOf(item) ?? []);
}

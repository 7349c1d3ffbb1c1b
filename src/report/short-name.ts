import { visible } from "./visible-text.js";

const arn = /arn:[a-z0-9-]+:[a-z0-9-]*:[a-z0-9-]*:(\d{12})?:[^\s"'`,;)]+/g;

/** `arn:aws:iam::222222222222:role/etl/etl-admin` → `etl-admin`; other ids lose their kind prefix. */
export function shortName(id: string): string {
  const key = /^(?:aws:)?(?:access-key\/)?((?:AKIA|ASIA)[A-Z0-9]{8,})$/.exec(id)?.[1];
  if (key !== undefined) return `key ${key.slice(0, 4)}…${key.slice(-4)}`;
  if (id.startsWith("arn:")) return visible(nameOfArn(id));
  const external = /^aws:(\d{12})$/.exec(id);
  if (external !== null) return `account ${external[1] ?? ""}`;
  // What runs has often the name of what it runs as: the kind tells them apart.
  if (id.startsWith("workload:")) return visible(id.replace(":", " "));
  if (id.startsWith("sso:")) return visible(`people assigned ${id.slice("sso:".length)}`);
  if (/^[\w.-]+\/[\w.-]+#./.test(id)) return visible(id.replace("#", " "));
  return visible(id.replace(/^(?:aws:)?(?:access-key|principal|user|role|service|workload)[:/]/, ""));
}

function nameOfArn(id: string): string {
  const [, , service = "", , account = "", ...rest] = id.split(":");
  const resource = rest.join(":");
  if (resource === "root") return `root of ${account}`;
  if (service === "s3") return resource;
  if (resource.includes("*")) return resource;
  const parts = resource.split(/[/:]/);
  // A session is named with its role: `role etl-admin as p.holm`.
  if (service === "sts" && parts[0] === "assumed-role")
    return `${parts[1] ?? ""} (session ${parts[2] ?? ""})`;
  return permissionSet(parts.at(-1) ?? resource);
}

/** `AWSReservedSSO_AdministratorAccess_87d3bc1e28e652f4` → `AdministratorAccess (SSO)`: the hash says nothing. */
const permissionSet = (text: string): string =>
  text.replace(/\bAWSReservedSSO_([\w+=,.@-]+?)_[0-9a-f]{16}\b/g, "$1 (SSO)");

/** A sentence for people: every ARN in it by its name (first-minute.md 1, BECAUSE: no ARNs). */
export const withoutArns = (text: string): string =>
  visible(permissionSet(text.replace(arn, (id) => nameOfArn(id))));

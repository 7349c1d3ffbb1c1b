import type { OrganizationPolicy, Rejection } from "../../core/estate/index.js";
import { readPolicy } from "../aws-iam/identity.js";
import type { EstateReading } from "../estate-reader.js";
import { text } from "../json-value.js";
import { siteOf, type EntityFiles } from "./files.js";

/**
 * SCPs and RCPs with their content. To what they are attached stands in files whose form is not published, so it
 * stays unknown, and no account's SCPs are called known because of this store.
 */
export function readOrganizationFolder(files: EntityFiles): EstateReading {
  const [folder, id] = files.place.inside.split("/");
  const metadata = files.get("metadata");
  const rejected: Rejection[] = [];
  const first =
    metadata ??
    files.get("accounts") ??
    files.get("structure") ??
    files.get("delegated-admins") ??
    files.get("policy");
  if (first === undefined) return { facts: {}, rejected, entities: {} };
  const origin = { source: first.source, pointer: "" };
  const organization = { id: files.place.owner, nodes: [], delegatedAdministrators: [], origin };
  if ((folder !== "scps" && folder !== "rcps") || id === undefined) {
    const missing = {
      key: `organization|${files.place.owner}`,
      fact: `the tree of organisation \`${files.place.owner}\` and what its policies are attached to`,
      collect: "aws organizations list-parents, list-policies and list-targets-for-policy",
    };
    return {
      facts: { organizations: [{ ...organization, policies: [] }], conflicts: [missing] },
      rejected,
      entities: { organizations: folder === "" ? 1 : 0 },
    };
  }
  const file = files.get("policy");
  const name = text(metadata?.value, "name") ?? id;
  const use = file === undefined ? undefined : readPolicy(file.value, name, siteOf(file, rejected));
  const policy: OrganizationPolicy = {
    id: text(metadata?.value, "id") ?? id,
    type: folder === "scps" ? "scp" : "rcp",
    name,
    awsManaged: text(metadata?.value, "arn")?.includes("::aws:") === true,
    ...(use === undefined ? {} : { use }),
    origin,
  };
  return {
    facts: { organizations: [{ ...organization, policies: [policy] }] },
    rejected,
    entities: { policies: 1 },
  };
}

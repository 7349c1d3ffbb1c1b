import { awsAccount, parseArn } from "../../core/estate/index.js";
import type { MissingFact, Rejection } from "../../core/estate/index.js";
import type { ParsedDocument } from "../document.js";
import type { EstateReading, EstateTreeReader } from "../estate-reader.js";
import { text } from "../json-value.js";
import { filesOf, type EntityFiles } from "./files.js";
import { readIdentityFolder, readPolicyFolder } from "./identities.js";
import { readOrganizationFolder } from "./organization.js";
import { storePlace } from "./place.js";
import { readResourceFolder } from "./resources.js";

/**
 * The store that the collector iam-collect writes: one folder per identity, policy or resource, whose
 * `metadata.json` holds the true ARN. It keeps no access keys and only the default version of a policy, so no
 * account is called complete because of it.
 */
export const iamCollectStoreReader: EstateTreeReader = {
  kind: "iam-collect-store",
  title: "iam-collect store",
  groupOf: (path) => storePlace(path)?.folder,
  read: readFolder,
};

const nothing: EstateReading = { facts: {}, rejected: [], entities: {} };

function readFolder(documents: readonly ParsedDocument[]): EstateReading {
  const files = filesOf(documents);
  if (files === undefined || files.place.scope === "index") return nothing;
  if (files.place.scope === "organization") return readOrganizationFolder(files);
  const metadata = files.get("metadata");
  const arn = text(metadata?.value, "arn") ?? text(metadata?.value, "Arn");
  const parsed = arn === undefined ? undefined : parseArn(arn);
  if (metadata === undefined || arn === undefined || parsed === undefined) return withoutArn(files);
  const reading = readEntity(files, arn, parsed.service, parsed.resource);
  const account = awsAccount(files.place.owner);
  return {
    ...reading,
    facts: {
      ...reading.facts,
      accounts: [{ id: account, provider: "aws", origin: { source: metadata.source, pointer: "" } }],
      conflicts: [
        ...(reading.facts.conflicts ?? []),
        ...(parsed.service === "iam" ? [onlyDefaults(account)] : []),
      ],
    },
  };
}

function readEntity(files: EntityFiles, arn: string, service: string, resource: string): EstateReading {
  const kind = /^(user|group|role|policy)\//.exec(resource)?.[1];
  if (service === "iam" && kind === "policy") return readPolicyFolder(files, arn);
  if (service === "iam" && (kind === "user" || kind === "group" || kind === "role"))
    return readIdentityFolder(files, arn, kind);
  return readResourceFolder(files, arn, service);
}

/** Folders of settings that stand on no resource are left alone; a policy without its ARN is a loss and said so. */
function withoutArn(files: EntityFiles): EstateReading {
  const loose = ["policy", "trust-policy", "inline-policies", "current-policy"].find(
    (name) => files.get(name) !== undefined,
  );
  const source = loose === undefined ? undefined : files.get(loose)?.source;
  if (source === undefined) return nothing;
  const rejection: Rejection = {
    document: source.path,
    reason: "the folder has no `metadata.json` with an `arn`, so what the policy stands on is not known",
    hint: "copy the whole folder of the store",
  };
  return { ...nothing, rejected: [rejection] };
}

const onlyDefaults = (account: string): MissingFact => ({
  key: `policy-versions|${account}`,
  fact: `older versions of the managed policies of \`${account}\`, its access keys and whether its list of identities is whole`,
  collect: "aws iam get-account-authorization-details and get-credential-report",
});

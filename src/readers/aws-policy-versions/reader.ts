import { awsAccount } from "../../core/estate/index.js";
import type { ManagedPolicy, Rejection } from "../../core/estate/index.js";
import { below, nameOfArn, readPolicy, refuse, type Site } from "../aws-iam/identity.js";
import type { ParsedDocument } from "../document.js";
import type { EstateReader } from "../estate-reader.js";
import { isObject, member, parseArnKind, text } from "../json-value.js";

/**
 * `iam get-policy` followed by `iam get-policy-version`, appended to one file: the second answer holds the document
 * and does not name its policy. A version alone takes its policy from the file name, `policy-version-NAME-v3.json`:
 * then it is a policy of the account (never one of AWS).
 */
export const policyVersionsReader: EstateReader = {
  kind: "aws-policy-versions",
  title: "managed policy versions",
  recognises: (document) => partsOf(document).some(({ value }) => isPolicy(value) || isVersion(value)),
  read(document, context) {
    const rejected: Rejection[] = [];
    const policies: ManagedPolicy[] = [];
    const account = (): string | undefined => context.accountHint;
    let arn: string | undefined;
    let versions = 0;
    for (const { value, pointer } of partsOf(document)) {
      const site: Site = { source: context.source, pointer, rejected };
      if (isPolicy(value)) arn = text(member(value, "Policy"), "Arn");
      else if (isVersion(value)) {
        versions += 1;
        const known = arn ?? arnOfPath(context.source.path, account);
        if (known === undefined) {
          refuse(
            site,
            "a policy version does not name its policy",
            "append it to the answer of `aws iam get-policy` of the same policy, in one file",
          );
          continue;
        }
        const policy = readVersion(value, known, site);
        if (policy !== undefined) policies.push(policy);
      }
    }
    return { facts: { managedPolicies: policies }, rejected, entities: { policyVersions: versions } };
  },
};

function partsOf({ value, format }: ParsedDocument): readonly { value: unknown; pointer: string }[] {
  return format === "json-lines" && Array.isArray(value)
    ? value.map((item: unknown, index) => ({ value: item, pointer: `/${index}` }))
    : [{ value, pointer: "" }];
}

const isPolicy = (value: unknown): boolean =>
  parseArnKind(text(member(value, "Policy"), "Arn")) === "iam:policy";

const isVersion = (value: unknown): boolean =>
  isObject(member(value, "PolicyVersion")) &&
  text(member(value, "PolicyVersion"), "VersionId") !== undefined &&
  member(member(value, "PolicyVersion"), "Document") !== undefined;

function arnOfPath(path: string, account: () => string | undefined): string | undefined {
  const file = path.slice(path.lastIndexOf("/") + 1);
  const name = /^(?:get-)?policy-version-([\w+=,.@-]+?)-v\d+\.json$/.exec(file)?.[1];
  const digits = name === undefined ? undefined : account();
  return digits === undefined
    ? undefined
    : `arn:aws:iam::${awsAccount(digits).slice("aws:".length)}:policy/${name ?? ""}`;
}

function readVersion(value: unknown, arn: string, site: Site): ManagedPolicy | undefined {
  const version = member(value, "PolicyVersion");
  const id = text(version, "VersionId") ?? "";
  const use = readPolicy(
    member(version, "Document"),
    nameOfArn(arn),
    below(site, "PolicyVersion", "Document"),
  );
  if (use === undefined) return undefined;
  return {
    arn,
    name: nameOfArn(arn),
    awsManaged: arn.split(":")[4] === "aws",
    versions: [{ id, isDefault: member(version, "IsDefaultVersion") === true, use }],
  };
}

import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { corpusPath } from "../../test/corpus.js";
import { loadEstate } from "./load-estate.js";

/** Folder of the corpus → kind that its documents are recognised as; the index of the corpus has the counts. */
const kinds: Readonly<Record<string, string>> = {
  "aws-access-analyzer": "aws-access-analyzer",
  "aws-access-keys": "aws-access-keys",
  "aws-credential-report": "aws-credential-report",
  "aws-iam-account-authorization-details": "aws-account-authorization-details",
  "aws-iam-roles": "aws-iam-roles",
  "aws-identity-center": "aws-identity-center",
  "aws-oidc-providers": "aws-identity-providers",
  "aws-organizations": "aws-organizations",
  "aws-rcp-documents": "aws-rcp-document",
  "aws-scp-documents": "aws-scp-document",
};

/** How the index calls what the readers count. */
const words: Readonly<Record<string, string>> = {
  AccessKeyMetadata: "accessKeys",
  key: "accessKeys",
  OpenIDConnectProviderList: "providers",
  provider: "providers",
  "client ids": "clientIds",
  Organization: "organizations",
  Role: "roles",
  Policy: "policies",
  OrganizationalUnits: "organizationalUnits",
  PermissionSets: "permissionSets",
};

function countsOf(cell: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const part of cell.split(",")) {
    const match = /^\s*(\d+) ([A-Za-z ]+?)(?: \(.*\))?\s*$/.exec(part);
    const word = match?.[2] ?? "";
    if (match !== null && !word.startsWith("with "))
      counts[words[word] ?? word.toLowerCase()] = Number(match[1]);
  }
  return counts;
}

/** `folder/file` → counts, from the tables of the index. */
function readIndex(): ReadonlyMap<string, Record<string, number>> {
  const rows = new Map<string, Record<string, number>>();
  let folder = "";
  for (const line of readFileSync(corpusPath("estates", "documents", "README.md"), "utf8").split("\n")) {
    folder = /^### (\S+)/.exec(line)?.[1] ?? folder;
    const cells = line.split("|").map((cell) => cell.trim());
    const file = /^`([^`]+)`$/.exec(cells[1] ?? "")?.[1];
    if (file !== undefined && cells[4] !== undefined) rows.set(`${folder}/${file}`, countsOf(cells[4]));
  }
  return rows;
}

const index = readIndex();

describe.each(Object.entries(kinds))("%s", (folder, kind) => {
  const files = readdirSync(corpusPath("estates", "documents", folder)).sort();
  it.each(files)("%s is recognised, to the entities that the index counts", async (file) => {
    const loaded = await loadEstate([corpusPath("estates", "documents", folder, file)], {
      accountHint: "111122223333",
    });
    expect(loaded.notEstate).toEqual([]);
    expect(loaded.inputs.map((input) => input.kind)).toEqual([kind]);
    const expected = index.get(`${folder}/${file}`);
    expect(expected, "the file has a row in the index").toBeDefined();
    expect(loaded.inputs[0]?.entities).toMatchObject(expected ?? {});
    const reasons = loaded.rejected.map((item) => item.reason);
    expect(
      reasons.map((reason) => reason.replace(/`[^`]{80,}`/, "`…`")),
      "rejections",
    ).toEqual(trueReasons[file] ?? []);
  });
});

/** Files of which something must be refused, with the reason that is true of them. */
const trueReasons: Readonly<Record<string, readonly string[]>> = {
  // The request names the key, the answer does not.
  "awscli-get-access-key-last-used.json": [
    "no access key id: `get-access-key-last-used` answers without the id it was asked for",
  ],
  "awscli-get-credential-report.json": ["the answer holds no `Content`, only when a report was made"],
  "c7n-report-two-keys.csv": ["the row `<root_account>` is missing, so the report is not known to be whole"],
  "awscli-doc-example.json": [
    "the export of account `aws:123456789012` is incomplete: this page says that more follow, and no last page was supplied",
  ],
  "awscli-get-role.json": ["policy `trust policy`: the policy text is not JSON: `<URL-encoded-JSON>`"],
  "list-roles-url-encoded.json": ["the list says that more follow (`IsTruncated`)"],
  "c7n-get-saml-provider.json": ["a SAML provider names neither its ARN nor its account"],
};

describe("whole accounts", () => {
  const labs = readdirSync(corpusPath("estates", "labs")).filter((name) => !name.includes("."));

  it("has 63 labs", () => expect(labs).toHaveLength(63));

  it.each(labs)("%s is read without a rejection, every entity of its document", async (lab) => {
    const { estate, inputs, rejected } = await loadEstate([corpusPath("estates", "labs", lab)]);
    expect(rejected).toEqual([]);
    const raw = JSON.parse(
      readFileSync(corpusPath("estates", "labs", lab, "gaad-111111111111.json"), "utf8"),
    );
    const details = inputs.find((input) => input.kind === "aws-account-authorization-details");
    expect(details?.entities).toEqual({
      users: raw.UserDetailList.length,
      groups: raw.GroupDetailList.length,
      roles: raw.RoleDetailList.length,
      policies: raw.Policies.length,
    });
    expect(estate.principals).toHaveLength(
      raw.UserDetailList.length + raw.GroupDetailList.length + raw.RoleDetailList.length,
    );
    expect(estate.covers("iam", "aws:111111111111")).toBe(true);
  });

  it("reads the mid-size account whole", async () => {
    const { estate, inputs, rejected } = await loadEstate([corpusPath("estates", "cloudsplaining-example")]);
    expect(rejected).toEqual([]);
    expect(inputs.map((input) => [basename(input.document), input.entities])).toEqual([
      ["gaad.json", { users: 44, groups: 5, roles: 78, policies: 84 }],
    ]);
    expect(estate.covers("iam", "aws:200611803367")).toBe(true);
    expect(estate.principals.filter((item) => item.immutable !== undefined).length).toBeGreaterThan(0);
    expect(estate.managedPolicies.filter((item) => item.awsManaged).length).toBeGreaterThan(0);
  });
});

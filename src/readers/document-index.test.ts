import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { corpusPath } from "../../test/corpus.js";
import { loadEstate } from "./load-estate.js";

/**
 * Every document of the corpus from AWS and Terraform, through the door that `remit analyze` uses: recognised as what
 * its folder says, to the entities that its row of the index counts, or refused with the reason that is true of it.
 */
const kinds: Readonly<Record<string, readonly string[]>> = {
  "aws-access-analyzer": ["aws-access-analyzer"],
  "aws-access-keys": ["aws-access-keys"],
  "aws-cloudformation": ["aws-cloudformation"],
  "aws-cloudtrail": ["aws-cloudtrail"],
  // The folder holds what runs, and the policies of functions and secrets.
  "aws-compute": ["aws-compute", "aws-resource-policies"],
  "aws-config": ["aws-config"],
  "aws-credential-report": ["aws-credential-report"],
  "aws-eks": ["aws-eks"],
  "aws-iam-account-authorization-details": ["aws-account-authorization-details"],
  "aws-iam-roles": ["aws-iam-roles"],
  "aws-identity-center": ["aws-identity-center"],
  "aws-kms": ["aws-kms"],
  "aws-oidc-providers": ["aws-identity-providers"],
  "aws-organizations": ["aws-organizations"],
  "aws-rcp-documents": ["aws-rcp-document"],
  "aws-s3": ["aws-s3"],
  "aws-scp-documents": ["aws-scp-document"],
  "terraform-plan": ["terraform-plan"],
  "terraform-state": ["terraform-state"],
};

/** Refusals that a person has compared with the file. `nothing`: no entity of it can be used. */
const refusals: Readonly<Record<string, { readonly reason: RegExp; readonly nothing?: true }>> = {
  // The request names the thing, the answer does not, and the file name says nothing either.
  "aws-access-keys/awscli-get-access-key-last-used.json": { reason: /^no access key id: / },
  "aws-cloudformation/awscli-list-stack-resources.json": { reason: /does not name its stack/ },
  "aws-compute/awscli-instance-profile-associations.json": {
    reason: /^the Region of `i-\w+` is not stated$/,
  },
  "aws-kms/c7n-key-policy-after-removal.json": { reason: /does not name its key/, nothing: true },
  "aws-kms/c7n-key-policy-condition-keys.json": { reason: /does not name its key/, nothing: true },
  "aws-kms/c7n-key-policy-cross-account.json": { reason: /does not name its key/, nothing: true },
  "aws-kms/c7n-key-policy-default-root.json": { reason: /does not name its key/, nothing: true },
  "aws-kms/c7n-list-grants-empty.json": { reason: /does not name its key/ },
  "aws-s3/awscli-get-bucket-acl.json": { reason: /does not name its bucket/, nothing: true },
  "aws-s3/c7n-bucket-acl-1.json": { reason: /does not name its bucket/, nothing: true },
  "aws-s3/c7n-bucket-acl-2.json": { reason: /does not name its bucket/, nothing: true },
  "aws-s3/c7n-bucket-acl-3.json": { reason: /does not name its bucket/, nothing: true },
  "aws-s3/c7n-access-point-policy.json": { reason: /account and Region of access point/, nothing: true },
  // Bucket and account level have one shape.
  "aws-s3/awscli-get-public-access-block.json": {
    reason: /neither its bucket nor its account/,
    nothing: true,
  },
  // The file holds a principal outside the grammar; a Deny that cannot be read spoils its document.
  "aws-s3/c7n-bucket-policy-4.json": { reason: /`Principal` must be/, nothing: true },
  "aws-credential-report/awscli-get-credential-report.json": { reason: /holds no `Content`/ },
  "aws-credential-report/c7n-report-two-keys.csv": { reason: /^the row `<root_account>` is missing/ },
  "aws-iam-account-authorization-details/awscli-doc-example.json": {
    reason: /more follow, and no last page/,
  },
  "aws-iam-roles/awscli-get-role.json": { reason: /the policy text is not JSON: `<URL-encoded-JSON>`/ },
  "aws-iam-roles/list-roles-url-encoded.json": { reason: /more follow/ },
  "aws-oidc-providers/c7n-get-saml-provider.json": { reason: /names neither its ARN nor its account/ },
  "aws-config/lambda-go-config-event.json": { reason: /no configuration item/ },
  "aws-eks/aws-auth-configmap-broken.yaml": { reason: /`mapRoles` is no text/ },
  "aws-eks/aws-auth-configmap-lower-case-top-keys.yaml": { reason: /grants nothing/, nothing: true },
  "terraform-state/inframap-invalid-version.tfstate": {
    reason: /state version `2` is not supported/,
    nothing: true,
  },
};

/** How the index calls what the readers count, where they differ by more than case. */
const words: Readonly<Record<string, string>> = {
  accesskeymetadata: "accesskeys",
  key: "accesskeys",
  openidconnectproviderlist: "providers",
  provider: "providers",
  "client ids": "clientids",
  organization: "organizations",
  role: "roles",
  policy: "policies",
  event: "events",
  function: "functions",
  entry: "entries",
  association: "associations",
  cluster: "clusters",
  error: "errors",
  iaminstanceprofileassociations: "associations",
  stackresourcesummaries: "resources",
  "statements in the policy string": "statements",
  plan: "resource_changes",
  configuration: "configurations",
};

/** What the row says about the file beside its entities. */
const notEntities = /^(?:format|state v|terraform|UTF-16|with |Instances$)/;

/** `2 users, 1 groups`, `mapRoles: 1`, `3 events: A, B`, `error: CODE` as counts by lower-case name. */
function countsOf(cell: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (word: string, count: number): void => {
    const name = word.toLowerCase();
    counts.set(words[name] ?? name, count);
  };
  if (/^error: /.test(cell)) add("error", 1);
  else
    for (const part of cell.split(",").map((item) => item.trim())) {
      const [, count, word] = /^(\d+) ([A-Za-z_ ]+?)(?:: .*| \(.*\))?$/.exec(part) ?? [];
      const [, name, number] = /^(\w+): (\d+)$/.exec(part) ?? [];
      if (word !== undefined && !notEntities.test(word)) add(word, Number(count));
      if (name !== undefined) add(name, Number(number));
    }
  return counts;
}

function readIndex(): ReadonlyMap<string, string> {
  const rows = new Map<string, string>();
  let folder = "";
  for (const line of readFileSync(corpusPath("estates", "documents", "README.md"), "utf8").split("\n")) {
    folder = /^### (\S+)/.exec(line)?.[1] ?? folder;
    const cells = line.split("|").map((cell) => cell.trim());
    const file = /^`([^`]+)`$/.exec(cells[1] ?? "")?.[1];
    if (file !== undefined && cells[4] !== undefined) rows.set(`${folder}/${file}`, cells[4]);
  }
  return rows;
}

const index = readIndex();
const top = corpusPath("estates", "documents");
const folders = readdirSync(top).filter((name) => /^(?:aws|terraform)-/.test(name));
const files = folders.flatMap((folder) =>
  readdirSync(corpusPath("estates", "documents", folder)).map((file) => ({
    folder,
    file,
    path: `${folder}/${file}`,
  })),
);

describe("the documents of the corpus", () => {
  it("every folder from AWS and Terraform has its kind here, and every file a row of the index", () => {
    expect(Object.keys(kinds).sort()).toEqual([...folders].sort());
    expect(files.filter((item) => !index.has(item.path))).toEqual([]);
    const rows = [...index.keys()].filter((path) => /^(?:aws|terraform)-/.test(path)).sort();
    expect(rows).toEqual(files.map((item) => item.path).sort());
  });

  it("every refusal is of a file that exists", () => {
    const paths = new Set(files.map((item) => item.path));
    expect(Object.keys(refusals).filter((path) => !paths.has(path))).toEqual([]);
  });

  it.each(files)("$path", async ({ folder, file, path }) => {
    const loaded = await loadEstate([corpusPath("estates", "documents", folder, file)], {
      accountHint: "111122223333",
    });
    expect(loaded.notEstate).toEqual([]);
    expect(loaded.inputs).toHaveLength(1);
    expect(kinds[folder]).toContain(loaded.inputs[0]?.kind);
    const refusal = refusals[path];
    const reasons = [...new Set(loaded.rejected.map((item) => item.reason))];
    if (refusal === undefined) expect(reasons).toEqual([]);
    else {
      expect(reasons.length).toBeGreaterThan(0);
      for (const reason of reasons) expect(reason).toMatch(refusal.reason);
    }
    if (refusal?.nothing === true) return;
    const expected = countsOf(index.get(path) ?? "");
    expect(expected.size, "the index counts something").toBeGreaterThan(0);
    // `1 document` counts what was recognised.
    if (expected.has("document")) expect(loaded.inputs).toHaveLength(expected.get("document") ?? 0);
    const found = Object.entries(loaded.inputs[0]?.entities ?? {}).map(([name, count]) => [
      name.toLowerCase(),
      count,
    ]);
    expect(Object.fromEntries(found)).toMatchObject(
      Object.fromEntries([...expected].filter(([name]) => name !== "document")),
    );
  });
});

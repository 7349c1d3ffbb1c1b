import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { corpusPath } from "../../../test/corpus.js";
import type { Definition, Link } from "../../core/estate/index.js";
import type { EstateReader } from "../estate-reader.js";
import { readDocument } from "../read-document.js";
import {
  placeDefinitions,
  sourceBlocks,
  terraformPlanReader,
  terraformSourceReader,
  terraformStateReader,
} from "./index.js";

function definitions(reader: EstateReader, value: unknown, accountHint?: string): readonly Definition[] {
  const source = { path: "x", digest: "0", kind: reader.kind };
  const document = { source, format: "json" as const, value, text: "" };
  expect(reader.recognises(document)).toBe(true);
  return (
    reader.read(document, { source, ...(accountHint === undefined ? {} : { accountHint }) }).facts
      .definitions ?? []
  );
}

function corpus(reader: EstateReader, folder: string, file: string): readonly Definition[] {
  const read = readDocument({
    path: file,
    bytes: readFileSync(corpusPath("estates", "documents", folder, file)),
  });
  if (read.kind === "rejected") throw new Error(read.rejection.reason);
  return definitions(reader, read.document.value);
}

const find = (items: readonly Definition[], address: string): Definition | undefined =>
  items.find((item) => item.address === address);

describe("Terraform state", () => {
  test("a public bucket policy in a state is a definition that sets it again (drift)", () => {
    const found = corpus(terraformStateReader, "terraform-state", "driftctl-aws-s3-full.tfstate");
    const policy = find(found, "aws_s3_bucket_policy.bucket_policy");
    expect(policy).toMatchObject({ target: "arn:aws:s3:::bucket-martin-test-drift", status: "applied" });
    expect(policy?.declares.get("policy")).toMatchObject({
      Statement: [{ Principal: "*", Effect: "Allow" }],
    });
    expect(find(found, "aws_s3_bucket.bucket")?.declares.get("acl.publicGrants")).toEqual([]);
  });

  test("instances keep their index in the address; secrets are not kept, but that a copy lies there is", () => {
    const file = corpusPath(
      "estates",
      "documents",
      "terraform-state",
      "driftctl-aws-iam-access-keys.tfstate",
    );
    const value = JSON.parse(readFileSync(file, "utf8")) as unknown;
    const source = { path: "prod.tfstate", digest: "0", kind: "terraform-state" };
    const { facts } = terraformStateReader.read({ source, format: "json", value, text: "" }, { source });
    expect(facts.definitions?.[0]?.address).toBe("aws_iam_access_key.key[0]");
    expect([...(facts.definitions?.[0]?.declares.keys() ?? [])].sort()).toEqual(["status", "user"]);
    expect(facts.links?.[0]).toMatchObject({ kind: "secret-copy", from: "terraform state prod.tfstate" });
  });

  test("an instance marked as sensitive loses that attribute only", () => {
    const attributes = {
      arn: "arn:aws:kms:eu-west-1:222222222222:key/k",
      policy: '{"Statement":[]}',
      is_enabled: true,
    };
    const instance = { attributes, sensitive_attributes: [[{ type: "get_attr", value: "policy" }]] };
    const resources = [{ mode: "managed", type: "aws_kms_key", name: "k", instances: [instance] }];
    const [found] = definitions(terraformStateReader, { version: 4, terraform_version: "1.9.0", resources });
    expect(found?.target).toBe(attributes.arn);
    expect(found?.declares.has("policy")).toBe(false);
  });

  test("yor tags give file and repository", () => {
    const tags = { git_file: "infra/main.tf", git_org: "acme", git_repo: "infra" };
    const resources = [
      { mode: "managed", type: "aws_sqs_queue", name: "q", instances: [{ attributes: { tags } }] },
    ];
    const [found] = definitions(terraformStateReader, { version: 4, terraform_version: "1.9.0", resources });
    expect(found).toMatchObject({ file: "infra/main.tf", repository: "acme/infra" });
  });
});

describe("Terraform plan", () => {
  test("format 0.1: open ingress, public ACL and secrets in variables by name only", () => {
    const found = corpus(terraformPlanReader, "terraform-plan", "checkov-aws-large.json");
    expect(find(found, "aws_security_group.web-node")?.declares.get("ingress")).toMatchObject([
      { fromPort: 22, toPort: 22, cidrs: ["0.0.0.0/0"] },
      { fromPort: 80 },
    ]);
    expect(find(found, "aws_s3_bucket.data")).toMatchObject({
      target: "arn:aws:s3:::123456789123-acme-corp-data",
      status: "planned",
    });
    expect(find(found, "aws_s3_bucket.data")?.declares.get("acl.publicGrants")).toEqual(["AllUsers:READ"]);
    const environment = find(found, "aws_lambda_function.analysis_lambda")?.declares.get(
      "environmentSecrets",
    );
    expect(environment).toEqual(["access_key", "secret_key"]);
  });

  test("a name known only after apply is taken from the resource it refers to", () => {
    const change = (address: string, type: string, after: object, unknown: object): object => ({
      address,
      type,
      mode: "managed",
      change: { actions: ["create"], after, after_unknown: unknown },
    });
    const plan = {
      format_version: "1.2",
      resource_changes: [
        change("module.a.aws_s3_bucket.b", "aws_s3_bucket", { bucket: "acme-exports" }, {}),
        change(
          "module.a.aws_s3_bucket_public_access_block.b",
          "aws_s3_bucket_public_access_block",
          { block_public_acls: true },
          { bucket: true },
        ),
      ],
      configuration: {
        root_module: {
          module_calls: {
            a: {
              module: {
                resources: [
                  {
                    address: "aws_s3_bucket_public_access_block.b",
                    expressions: { bucket: { references: ["aws_s3_bucket.b.id", "aws_s3_bucket.b"] } },
                  },
                ],
              },
            },
          },
        },
      },
    };
    const block = definitions(terraformPlanReader, plan)[1];
    expect(block?.target).toBe("arn:aws:s3:::acme-exports");
    expect(block?.declares.get("publicAccessBlock.BlockPublicPolicy")).toBe(false);
  });

  test("what a plan removes is destroyed, what it leaves alone is applied", () => {
    const of = (actions: readonly string[]): string | undefined =>
      definitions(terraformPlanReader, {
        format_version: "1.0",
        resource_changes: [{ address: "a.b", type: "a", change: { actions, before: {}, after: {} } }],
      })[0]?.status;
    expect([of(["delete"]), of(["no-op"]), of(["delete", "create"]), of(["read"])]).toEqual([
      "destroyed",
      "applied",
      "planned",
      undefined,
    ]);
  });
});

describe("lines of source files", () => {
  const text = `# resource "aws_s3_bucket" "comment" {
locals { a = "resource \\"aws_s3_bucket\\" \\"text\\" {" }
resource "aws_s3_bucket" "b" {
  policy = <<EOF
resource "aws_s3_bucket" "heredoc" {
EOF
}
/* resource "x" "y" {} */
module "exports" {
  source = "./modules/exports"
}
resource "aws_s3_bucket_policy" "p" {}
`;

  test("blocks in comments, strings and here-documents are none", () => {
    expect(sourceBlocks(text).map(({ body: _body, ...block }) => block)).toEqual([
      { kind: "resource", address: "aws_s3_bucket.b", line: 3 },
      { kind: "module", address: "module.exports", line: 9, source: "./modules/exports" },
      { kind: "resource", address: "aws_s3_bucket_policy.p", line: 12 },
    ]);
  });

  function links(files: Readonly<Record<string, string>>): readonly Link[] {
    return Object.entries(files).flatMap(([path, content]) => {
      const source = { path, digest: "0", kind: "terraform-source" };
      return (
        terraformSourceReader.read({ source, format: "text", value: undefined, text: content }, { source })
          .facts.links ?? []
      );
    });
  }

  function place(address: string, files: Readonly<Record<string, string>>): string {
    const origin = { source: { path: "s", digest: "0", kind: "terraform-state" } };
    const definition: Definition = {
      tool: "terraform",
      address,
      resourceType: "x",
      status: "applied",
      declares: new Map(),
      tags: {},
      origin,
    };
    const [placed] = placeDefinitions([definition], links(files));
    return `${placed?.file ?? "-"}:${placed?.line ?? "-"}`;
  }

  const files = {
    "infra/main.tf": text,
    "infra/modules/exports/main.tf": 'resource "aws_s3_bucket" "this" {}\nresource "aws_s3_bucket" "b" {}\n',
  };

  test("a definition gets file and line by its address and module path", () => {
    expect(place("aws_s3_bucket.b", files)).toBe("infra/main.tf:3");
    expect(place('module.exports["x"].aws_s3_bucket.b[0]', files)).toBe("infra/modules/exports/main.tf:2");
  });

  test("a block that need not be the one is not taken", () => {
    expect(place("aws_s3_bucket.this", files)).toBe("-:-");
    expect(place("module.other.aws_s3_bucket.this", files)).toBe("-:-");
    expect(place("aws_s3_bucket.b", { "a/main.tf": text, "b/main.tf": text })).toBe("-:-");
  });
});

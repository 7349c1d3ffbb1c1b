import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Definition } from "../../core/estate/index.js";
import { loadEstate } from "../load-estate.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-terraform-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** `day`: the date of the file in November 2026. */
function save(name: string, content: unknown, day = 1): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  const at = new Date(`2026-11-${String(day).padStart(2, "0")}T00:00:00Z`);
  utimesSync(path, at, at);
}

async function definitions(): Promise<readonly Definition[]> {
  const { estate, rejected } = await loadEstate([folder]);
  expect(rejected).toEqual([]);
  return estate.definitions;
}

const policy = (sid: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: sid, Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme/*" },
    ],
  });
const state = (...resources: object[]): object => ({ version: 4, terraform_version: "1.9.0", resources });
const resource = (type: string, attributes: object, more: object = {}): object => ({
  mode: "managed",
  type,
  name: "this",
  instances: [{ attributes }],
  ...more,
});
const plan = (...changes: object[]): object => ({ format_version: "1.2", resource_changes: changes });
const change = (address: string, type: string, content: object): object => ({
  address,
  type,
  mode: "managed",
  change: content,
});
const sidOf = (item: Definition): unknown =>
  (item.declares.get("policy") as { Statement: { Sid: string }[] } | undefined)?.Statement[0]?.Sid;

describe("a Terraform workspace", () => {
  it("a policy that is known only at apply time stands until then as it was", async () => {
    save(
      "plan.json",
      plan(
        change("aws_s3_bucket_policy.this", "aws_s3_bucket_policy", {
          actions: ["update"],
          before: { bucket: "acme", policy: policy("old") },
          after: { bucket: "acme" },
          after_unknown: { policy: true },
        }),
      ),
    );
    const found = await definitions();
    expect(found.map((item) => [item.status, item.target, sidOf(item)])).toEqual([
      ["applied", "arn:aws:s3:::acme", "old"],
      ["planned", "arn:aws:s3:::acme", undefined],
    ]);
    expect(found[0]?.origin.pointer).toBe("/resource_changes/0/change/before");
  });

  it("a public access block that only switches one flag off declares all four, as the provider applies them", async () => {
    save(
      "a.tfstate",
      state(resource("aws_s3_bucket_public_access_block", { bucket: "acme", block_public_policy: false })),
    );
    const [found] = await definitions();
    expect(Object.fromEntries(found?.declares ?? [])).toEqual({
      "publicAccessBlock.BlockPublicAcls": false,
      "publicAccessBlock.IgnorePublicAcls": false,
      "publicAccessBlock.BlockPublicPolicy": false,
      "publicAccessBlock.RestrictPublicBuckets": false,
    });
  });

  it("a pulled state of several modules: each resource under the address of its module, with the line of its source", async () => {
    save(
      "infra/state.json",
      state(
        resource("aws_s3_bucket_policy", { bucket: "a", policy: policy("a") }, { module: "module.a" }),
        resource(
          "aws_s3_bucket_policy",
          { bucket: "b", policy: policy("b") },
          { module: 'module.a.module.b["x"]' },
        ),
        resource("aws_s3_bucket_policy", { bucket: "c", policy: policy("c") }, { module: "module.registry" }),
      ),
    );
    save(
      "infra/main.tf",
      'module "a" {\n  source = "./a"\n}\n\nmodule "registry" {\n  source = "terraform-aws-modules/s3-bucket/aws"\n}\n',
    );
    save(
      "infra/a/main.tf",
      '\nmodule "b" {\n  source = "./b"\n}\nresource "aws_s3_bucket_policy" "this" {}\n',
    );
    save("infra/a/b/main.tf", '\n\nresource "aws_s3_bucket_policy" "this" {}\n');
    const found = await definitions();
    expect(found.map((item) => [item.address, item.file?.slice(folder.length + 1), item.line])).toEqual([
      ["module.a.aws_s3_bucket_policy.this", "infra/a/main.tf", 5],
      ['module.a.module.b["x"].aws_s3_bucket_policy.this', "infra/a/b/main.tf", 3],
      // The source of a registry module is not here: the line that calls it is.
      ["module.registry.aws_s3_bucket_policy.this", "infra/main.tf", 5],
    ]);
  });

  it.each([
    [2, ["new"]],
    // A plan that is older than the state says what was planned once.
    [30, ["old"]],
    [20, ["old", "new"]],
  ])(
    "a state of day %i and a plan of day 20: what stands is what the later one says",
    async (day, expected) => {
      save(
        "terraform.tfstate",
        state(resource("aws_s3_bucket_policy", { bucket: "acme", policy: policy("old") })),
        day,
      );
      const same = { bucket: "acme", policy: policy("new") };
      const noop = { actions: ["no-op"], before: same, after: same, after_unknown: {} };
      save("z-plan.json", plan(change("aws_s3_bucket_policy.this", "aws_s3_bucket_policy", noop)), 20);
      expect((await definitions()).map(sidOf)).toEqual(expected);
    },
  );
});

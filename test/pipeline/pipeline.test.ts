import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RecreateDocument } from "../../src/contract/index.js";
import type { Analysis } from "../../src/core/decision/index.js";
import { runRemit } from "../run-remit.js";
import {
  account,
  bucket,
  buckets,
  closedCode,
  dataCode,
  estateFolder,
  identities,
  narrowedCode,
  publicCode,
  role,
  state,
} from "./estate-folder.js";

let folder: ReturnType<typeof estateFolder>;
beforeEach(() => {
  folder = estateFolder();
  folder.save(`${account}/account-authorization-details.json`, identities("acme/infra"));
  folder.save(`${account}/s3.json`, buckets(false));
  folder.save("repos/acme/infra/CODEOWNERS", "* @acme/cloud-platform\n/exports/ @acme/data-platform\n");
  folder.save("repos/acme/infra/exports/terraform.tfstate", state(true));
  folder.save("repos/acme/infra/exports/main.tf", publicCode);
});
afterEach(() => {
  folder.done();
});

async function recreate(): Promise<RecreateDocument> {
  const question = ["--resource", `arn:aws:s3:::${bucket}`, "--weakness", "s3.public"];
  const ran = await runRemit(["recreate", ...question, "--estate", folder.path, "--format", "json"]);
  expect(ran.err).toContain("exit 0");
  return JSON.parse(ran.out) as RecreateDocument;
}
const drift = async () => (await recreate()).paths.find((path) => path.leg === "drift");
const main = () => `${folder.path}/repos/acme/infra/exports/main.tf`;

describe("a public bucket that Terraform defines and somebody closed by hand", () => {
  it("comes back by itself: file and line, who applies it, and who owns the file", async () => {
    const path = await drift();
    expect(path).toMatchObject({
      kind: "pipeline",
      band: 0,
      verdict: true,
      because: `Terraform sets it: ${main()}:14`,
      code: {
        tool: "terraform",
        address: "aws_s3_bucket_policy.exports",
        file: main(),
        line: 14,
        repository: "acme/infra",
        identity: role("terraform-apply"),
        owners: ["@acme/data-platform"],
      },
    });
    expect(path?.hops.map(({ from, to }) => [from, to])).toEqual([
      ["acme/infra", role("terraform-apply")],
      [role("terraform-apply"), `arn:aws:s3:::${bucket}`],
    ]);
    // The first line of evidence opens at the block that has to change.
    expect(path?.hops[1]?.evidence[0]).toMatchObject({ document: main(), line: 14 });
    expect(path?.hops[0]?.evidence[0]?.pointer).toContain("/AssumeRolePolicyDocument");
  });

  it("is a case with an owner without any finding and without a catalogue", async () => {
    folder.save(`${account}/s3.json`, buckets(true));
    const ran = await runRemit(["analyze", "--estate", folder.path, "--format", "json"]);
    const { cases } = JSON.parse(ran.out) as Analysis;
    const found = cases.find((item) => item.exposures.some((one) => one.weakness === "s3.public"));
    expect(found?.recreation.words).toBe("yes, by itself");
    const [item] = found?.fix.filter(({ row }) => row === 7) ?? [];
    expect(item).toMatchObject({ accountable: "APP" });
    expect(item?.answerable[0]).toMatchObject({ team: "@acme/data-platform" });
  });

  it("is a case although it is closed now and no tool reports it", async () => {
    const ran = await runRemit(["analyze", "--estate", folder.path, "--format", "json"]);
    const { cases } = JSON.parse(ran.out) as Analysis;
    const found = cases.find((item) => item.exposures.some((one) => one.weakness === "s3.public"));
    expect(found?.exposures[0]?.state).toBe("fixed");
    expect(found?.recreation.because).toBe(`Terraform sets it: ${main()}:14`);
    folder.save("repos/acme/infra/exports/main.tf", closedCode);
    const after = await runRemit(["analyze", "--estate", folder.path, "--format", "json"]);
    expect((JSON.parse(after.out) as Analysis).cases).toEqual([]);
  });

  it.each([
    ["the block is gone from the code", closedCode],
    ["the policy in the code names its reader", narrowedCode],
    ["the policy document in the code names its reader", dataCode("AWS", `arn:aws:iam::${account}:root`)],
  ])("after a merged change that was not applied yet (%s) it does not", async (_, code) => {
    folder.save("repos/acme/infra/exports/main.tf", code);
    expect(await drift()).toBeUndefined();
  });

  it.each([
    ["a policy document that lets everybody in", dataCode("*", "*")],
    [
      "a policy that only a run knows",
      publicCode.replace(/policy = jsonencode[\s\S]*$/, "policy = var.policy\n}\n"),
    ],
  ])("%s in the code still comes back", async (_, code) => {
    folder.save("repos/acme/infra/exports/main.tf", code);
    expect(await drift()).toMatchObject({ verdict: true, code: { line: 14 } });
  });

  it("after the apply it does not, with or without the sources", async () => {
    folder.save("repos/acme/infra/exports/terraform.tfstate", state(false));
    folder.save("repos/acme/infra/exports/main.tf", closedCode);
    expect(await drift()).toBeUndefined();
  });

  it("code that was made public and not applied yet comes as well", async () => {
    folder.save("repos/acme/infra/exports/terraform.tfstate", {
      ...state(true),
      resources: (
        JSON.parse(JSON.stringify(state(true).valueOf())) as {
          resources: { type: string; instances: { attributes: { policy?: string } }[] }[];
        }
      ).resources.map((item) =>
        item.type === "aws_s3_bucket_policy"
          ? {
              ...item,
              instances: [
                { attributes: { bucket, policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) } },
              ],
            }
          : item,
      ),
    });
    expect(await drift()).toMatchObject({ verdict: true, code: { line: 14 } });
  });

  it("a part of the sources never proves that a block is gone", async () => {
    folder.save("repos/acme/infra/exports/main.tf", closedCode);
    const parts = ["main.tf", "terraform.tfstate"].map(
      (name) => `${folder.path}/repos/acme/infra/exports/${name}`,
    );
    const question = ["--resource", `arn:aws:s3:::${bucket}`, "--weakness", "s3.public", "--format", "json"];
    const ran = await runRemit(["recreate", ...question, "--estate", `${folder.path}/${account}`, ...parts]);
    const { paths } = JSON.parse(ran.out) as RecreateDocument;
    expect(paths.some((path) => path.leg === "drift")).toBe(true);
  });

  it("a file beside it in Terraform's JSON syntax is not read, so nothing is known to be gone", async () => {
    folder.save("repos/acme/infra/exports/main.tf", closedCode);
    folder.save("repos/acme/infra/exports/policy.tf.json", { resource: {} });
    const ran = await runRemit([
      ...["recreate", "--resource", `arn:aws:s3:::${bucket}`, "--weakness", "s3.public"],
      ...["--estate", folder.path, "--format", "json"],
    ]);
    const { paths } = JSON.parse(ran.out) as RecreateDocument;
    expect(paths.some((path) => path.leg === "drift")).toBe(true);
  });

  it("the workflow that applies the folder is the pipeline, with the role that it takes", async () => {
    folder.save(
      "repos/acme/infra/.github/workflows/apply.yml",
      [
        "name: apply",
        "on: { push: { branches: [main] } }",
        "jobs:",
        "  apply:",
        "    runs-on: ubuntu-latest",
        "    defaults: { run: { working-directory: exports } }",
        "    steps:",
        "      - uses: actions/checkout@v4",
        "      - uses: aws-actions/configure-aws-credentials@v4",
        `        with: { role-to-assume: "${role("terraform-apply")}", aws-region: eu-west-1 }`,
        "      - run: terraform init && terraform apply -auto-approve",
        "        env: { TF_VAR_token: '${{ secrets.DEPLOY_TOKEN }}' }",
      ].join("\n"),
    );
    folder.save(
      "repos/acme/infra/.github/workflows/lint.yml",
      "on: pull_request\njobs: { lint: { runs-on: x, steps: [{ run: terraform fmt }] } }\n",
    );
    // What else lies there says nothing of the estate and is no fault.
    folder.save("repos/acme/infra/.github/dependabot.yml", "version: 2\nupdates: []\n");
    const path = await drift();
    expect(path?.code).toMatchObject({
      repository: "acme/infra",
      pipeline: "acme/infra#.github/workflows/apply.yml",
      identity: role("terraform-apply"),
      owners: ["@acme/data-platform"],
    });
    expect(path?.hops[0]).toMatchObject({ from: "acme/infra#.github/workflows/apply.yml" });
    expect(path?.hops[0]?.evidence[0]?.document).toContain("apply.yml");
  });

  it("who applies it is also known from the audit log, with the key that was used", async () => {
    folder.save("repos/acme/infra/exports/terraform.tfstate", state(true));
    folder.save("trail.json", {
      Records: [
        {
          eventVersion: "1.09",
          eventID: "1",
          eventTime: "2026-11-01T03:00:00Z",
          eventName: "PutBucketPolicy",
          eventSource: "s3.amazonaws.com",
          awsRegion: "eu-west-1",
          recipientAccountId: account,
          userAgent: "APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io)",
          userIdentity: {
            type: "IAMUser",
            arn: `arn:aws:iam::${account}:user/ci-terraform`,
            accountId: account,
            accessKeyId: "AKIAEXAMPLE000000001",
            userName: "ci-terraform",
          },
          requestParameters: { bucketName: bucket },
        },
      ],
    });
    expect(await drift()).toMatchObject({
      credential: "aws:access-key/AKIAEXAMPLE000000001",
      code: { identity: `arn:aws:iam::${account}:user/ci-terraform` },
    });
  });
});

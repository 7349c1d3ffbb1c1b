import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { principalId, resourceId } from "../../core/estate/index.js";
import { loadEstate } from "../load-estate.js";
import { storePlace } from "./place.js";

const fixture = fileURLToPath(new URL("../../../test/fixtures/iam-collect", import.meta.url));
const account = "111122223333";

describe("a store in the layout of iam-collect", () => {
  it("gives identities, policies and resources by the ARNs of their metadata, whatever the case of the path", async () => {
    const { estate, inputs, rejected, notEstate } = await loadEstate([fixture]);
    expect(rejected).toEqual([]);
    expect(notEstate).toEqual([]);
    expect(new Set(inputs.map((input) => input.kind))).toEqual(new Set(["iam-collect-store"]));
    const ana = estate.principal(principalId(`arn:aws:iam::${account}:user/People/Ana`));
    expect(ana).toMatchObject({
      path: "/People/",
      boundary: { arn: `arn:aws:iam::${account}:policy/Edge` },
      groups: [`arn:aws:iam::${account}:group/Dev`],
    });
    expect(ana?.inline[0]?.origin.pointer).toBe("/0/PolicyDocument");
    const deploy = estate.principal(principalId(`arn:aws:iam::${account}:role/Deploy`));
    expect(deploy?.trustPolicy?.document.statements[0]?.principal?.aws).toEqual([
      `arn:aws:iam::${account}:user/People/Ana`,
    ]);
    expect(deploy?.tags).toEqual({ team: "platform" });
    expect(estate.managedPolicies).toMatchObject([
      { arn: `arn:aws:iam::${account}:policy/Edge`, versions: [{ id: "v2", isDefault: true }] },
    ]);
    const bucket = estate.resource(resourceId("arn:aws:s3:::acme-exports"));
    expect(bucket?.account, "a bucket's ARN names no account; its place does").toBe(`aws:${account}`);
    expect(bucket?.properties.get("publicAccessBlock.BlockPublicPolicy")?.value).toBe(false);
    expect(estate.covers("resource-policy", "arn:aws:s3:::acme-exports")).toBe(true);
    expect(
      estate.resource(resourceId(`arn:aws:kms:eu-central-1:${account}:key/0000-1111`))?.policies?.size,
    ).toBe(1);
    expect(estate.organizations[0]?.policies.map((policy) => [policy.name, policy.targets])).toEqual([
      ["guard", undefined],
    ]);
  });

  it("is never called complete: older versions, keys and attachments are named as unknown", async () => {
    const { estate } = await loadEstate([fixture]);
    for (const topic of ["iam", "access-keys", "scp", "organization"] as const)
      expect(estate.covers(topic, `aws:${account}`)).toBe(false);
    expect(estate.conflicts.map((item) => item.key)).toEqual([
      `organization|o-exampleorg1`,
      `policy-versions|aws:${account}`,
    ]);
  });

  it("a policy whose metadata is missing is refused with its place", async () => {
    const folder = mkdtempSync(join(tmpdir(), "remit-store-"));
    try {
      cpSync(fixture, folder, { recursive: true });
      const role = join(folder, "aws/aws/accounts", account, "iam/role/deploy");
      rmSync(join(role, "metadata.json"));
      writeFileSync(join(role, "tags.json"), "{");
      const { estate, rejected } = await loadEstate([folder]);
      expect(rejected.map((item) => item.document.split("/").at(-1))).toEqual([
        "tags.json",
        "trust-policy.json",
      ]);
      expect(estate.principals.map((item) => item.name)).toEqual(["Dev", "Ana"]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("only paths of the layout belong to a store", () => {
    expect(storePlace(`x/aws/aws-us-gov/accounts/${account}/iam/role/r/metadata.json`)).toMatchObject({
      partition: "aws-us-gov",
      owner: account,
      inside: "iam/role/r",
      file: "metadata",
    });
    for (const path of [
      `aws/${account}/gaad.json`,
      "aws/aws/accounts/12/iam/x/metadata.json",
      "estate/aws/x.json",
    ])
      expect(storePlace(path)).toBeUndefined();
  });
});

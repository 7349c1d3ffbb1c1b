import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { buildCheckReference, type RawChecks, type RawControls } from "./check-reference.js";
import {
  classOverrides,
  controlWeaknesses,
  formerProwlerChecks,
  plainSettings,
  prowlerWeaknesses,
} from "./check-table.js";
import { failingTitle } from "./check-title.js";
import { classByWords, judgeCheck } from "./check-weakness.js";
import { weaknesses } from "./weakness-registry.js";
import { weaknessClasses, weaknessTitle } from "./weakness.js";

const data = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../data/${name}.json`, import.meta.url), "utf8"));
const reference = buildCheckReference(
  data("prowler-checks") as RawChecks,
  data("securityhub-controls") as RawControls,
);
const words = (text: string): number => text.split(" ").length;

describe("the registry", () => {
  it("has unique ids, known classes and titles of at most five words", () => {
    expect(new Set(weaknesses.map((each) => each.id)).size).toBe(weaknesses.length);
    for (const weakness of weaknesses) {
      expect(weaknessClasses).toContain(weakness.class);
      expect(words(weakness.title)).toBeLessThanOrEqual(5);
      expect(weakness.id).toMatch(/^[a-z0-9]+(\.[a-z0-9-]+)+$/);
    }
  });

  it("gives the ports in the title", () => {
    const ingress = weaknesses.find((each) => each.id === "ec2.open-ingress")!;
    expect(
      ["tcp/22", "tcp/20,21", "all", "high-risk", ""].map((part) => weaknessTitle(ingress, part)),
    ).toEqual([
      "port 22 open",
      "ports 20,21 open",
      "all ports open",
      "high-risk ports open",
      "ports open to internet",
    ]);
  });
});

describe("the tables", () => {
  const entries = Object.entries(prowlerWeaknesses).flatMap(([provider, lists]) =>
    Object.values(lists).flatMap((list) =>
      list.split(" ").map((entry) => [provider, entry.split("=")[0]!] as const),
    ),
  );

  it("name checks that exist, or are known to have existed", () => {
    const missing = entries.filter(
      ([provider, check]) =>
        reference.prowler(provider, check) === undefined && !formerProwlerChecks.has(check),
    );
    expect(missing).toEqual([]);
    const overridden = Object.values(classOverrides).flatMap((list) => list.split(" "));
    expect(overridden.filter((check) => reference.prowler("aws", check) === undefined)).toEqual([]);
  });

  it("calls a setting what exposes nothing by itself, with a reason, and only checks that would be cases else", () => {
    const settings = Object.values(plainSettings).flatMap((list) => list.split(" "));
    expect(new Set(settings).size).toBe(settings.length);
    for (const id of settings) {
      const info = reference.prowler("aws", id);
      expect([id, info?.primaryClass]).not.toEqual([id, "configuration"]);
      expect([id, info === undefined]).toEqual([id, false]);
      expect(judgeCheck("aws", { kind: "prowler", id }, reference).weakness.class).toBe("configuration");
    }
    expect(Object.keys(plainSettings).every((reason) => words(reason) > 5)).toBe(true);
  });

  it("leaves of network and edge classes only checks that were read one by one", () => {
    const left = reference.prowlerChecks.flatMap(({ provider, id }) => {
      const { weakness } = judgeCheck(provider, { kind: "prowler", id }, reference);
      const asked = ["network-boundary", "missing-edge-control"].includes(weakness.class);
      return provider === "aws" && asked && weakness.derivedFrom !== undefined ? [id] : [];
    });
    expect(left).toEqual([
      "ec2_ami_account_block_public_access", // guard rail: what it would refuse can be set while it is off
      "ec2_ebs_snapshot_account_block_public_access",
      "ec2_transitgateway_auto_accept_vpc_attachments", // other accounts join the network
      "ecs_task_definitions_host_networking_mode_users", // a task reaches what its host reaches
      "emr_cluster_account_public_block_enabled",
      "kms_key_enclave_attestation_no_deployment_binding", // code that was not measured uses the key
      "kms_key_enclave_attestation_not_enforced",
      "kms_key_enclave_attestation_pcr_mismatch",
      "kms_key_enclave_attestation_unknown_image",
      "kms_key_enclave_debug_attestation_detected",
      "s3_bucket_shadow_resource_vulnerability", // a stranger may own the bucket that is written to
    ]);
  });

  it("name each check once", () => {
    const keys = entries.map((entry) => entry.join("/"));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    const controls = Object.values(controlWeaknesses).flatMap((list) =>
      list.split(" ").map((entry) => entry.split("=")[0]!),
    );
    expect(controls.filter((key, index) => controls.indexOf(key) !== index)).toEqual([]);
  });
});

describe("every check of the reference", () => {
  it("gets a weakness with one of nine classes and a title of at most five words", () => {
    for (const check of reference.prowlerChecks) {
      const { weakness, unknown } = judgeCheck(check.provider, { kind: "prowler", id: check.id }, reference);
      expect(unknown).toBe(false);
      expect(weaknessClasses).toContain(weakness.class);
      expect(words(weakness.title)).toBeLessThanOrEqual(5);
    }
  });

  it("is told by provider as well: the same id in two clouds is two weaknesses (fact 9)", () => {
    const id = "kms_key_not_publicly_accessible";
    const of = (provider: string): string =>
      judgeCheck(provider, { kind: "prowler", id }, reference).weakness.id;
    expect([of("aws"), of("gcp")]).toEqual(["kms.open-key", "gcp.kms_key_not_publicly_accessible"]);
  });

  it("a former id means what the present one means (pitfall 20)", () => {
    for (const check of reference.prowlerChecks) {
      for (const alias of check.aliases) {
        const of = (id: string): unknown => judgeCheck(check.provider, { kind: "prowler", id }, reference);
        expect(of(alias)).toEqual(of(check.id));
      }
    }
  });
});

describe("controls of Security Hub", () => {
  const weaknessOf = (control: string): string =>
    judgeCheck("aws", { kind: "security-hub", control }, reference).weakness.id;

  it("mean what the check of Prowler means that asks the same", () => {
    expect(["S3.2", "S3.8", "EC2.8", "RDS.2", "IAM.4", "IAM.9", "KMS.5"].map(weaknessOf)).toEqual([
      "s3.public",
      "s3.public-access-block-off",
      "ec2.imdsv1",
      "rds.public-instance",
      "iam.root-key",
      "iam.root-mfa",
      "kms.open-key",
    ]);
    expect(weaknessOf("SSM.4")).toBe("aws.ssm_documents_set_as_public");
  });

  it("that nobody knows are settings, and say that they are unknown", () => {
    const judged = judgeCheck("aws", { kind: "security-hub", control: "Nova.9" }, reference);
    expect(judged).toMatchObject({
      unknown: true,
      weakness: { id: "aws.control.Nova.9", class: "configuration" },
    });
  });
});

describe("checks that no table knows", () => {
  it.each([
    ["newservice_bucket_public_access", "public-exposure"],
    ["newservice_function_no_secrets", "credential"],
    ["newservice_launch_imdsv2_required", "metadata-credential"],
    ["newservice_role_cross_account_trust", "trust"],
    ["newservice_role_administrator_access", "identity-privilege"],
    ["newservice_distribution_waf_enabled", "missing-edge-control"],
    ["newservice_logging_enabled", "configuration"],
  ])("%s is %s by its words", (check, expected) => expect(classByWords(check)).toBe(expected));

  it.each([
    ["ec2_ebs_default_encryption_enabled", "ebs default encryption not enabled"],
    ["awslambda_function_not_publicly_accessible", "publicly accessible"],
    ["glue_etl_jobs_no_secrets_in_arguments", "secrets in arguments"],
    ["ec2_networkacl_allow_ingress_tcp_port_22", "allow ingress tcp port 22"],
    ["ec2_securitygroup_not_used", "securitygroup not used fails"],
    ["cloudwatch_cross_account_sharing_disabled", "cross account sharing enabled"],
    ["s3_bucket_default_encryption", "bucket default encryption fails"],
  ])("the title of failing %s is `%s`", (check, title) => expect(failingTitle(check)).toBe(title));
});

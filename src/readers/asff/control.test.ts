import { describe, expect, it } from "vitest";
import { loadContent } from "../../../test/formats/load.js";
import { asffControl } from "./control.js";

const cis = "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule/1.12";
const pci = "pci-dss/v/3.2.1/PCI.IAM.1";
const url = (control: string) => `https://docs.aws.amazon.com/console/securityhub/${control}/remediation`;

describe("the control of a record of Security Hub", () => {
  it.each<[string, Record<string, unknown>, string | undefined]>([
    [pci, { Compliance: { SecurityControlId: "IAM.4" } }, "IAM.4"],
    [pci, { ProductFields: { ControlId: "PCI.IAM.1", RecommendationUrl: url("IAM.4") } }, "IAM.4"],
    [pci, { Remediation: { Recommendation: { Url: url("IAM.4") } } }, "IAM.4"],
    [pci, { Remediation: { Recommendation: { Url: url("PCI.IAM.1") } } }, "PCI.IAM.1"],
    [cis, { ProductFields: { RuleId: "1.12" } }, "IAM.4"],
    ["cis-aws-foundations-benchmark/v/1.4.0/1.12", {}, "CIS.1.12"],
    ["aws-foundational-security-best-practices/v/1.0.0/EC2.2", {}, "EC2.2"],
    ["security-control/S3.8", {}, "S3.8"],
    ["my-rule", {}, undefined],
  ])("%s %j is %s", (generator, record, control) => expect(asffControl(record, generator)).toBe(control));

  it("one check that three standards ask for is one finding with three ids (pitfall 9)", async () => {
    const row = (id: string, generator: string, more: object) => ({
      Id: id,
      ProductArn: "arn:aws:securityhub:eu-west-1::product/aws/securityhub",
      GeneratorId: generator,
      AwsAccountId: "222222222222",
      Resources: [{ Type: "AwsAccount", Id: "AWS::::Account:222222222222", Region: "eu-west-1" }],
      Compliance: { Status: "FAILED" },
      UpdatedAt: "2026-11-20T10:00:00Z",
      ...more,
    });
    const { exposures, counts } = await loadContent([
      row("a", pci, { ProductFields: { ControlId: "PCI.IAM.1", RecommendationUrl: url("IAM.4") } }),
      row("b", cis, { ProductFields: { RuleId: "1.12" } }),
      row("c", "aws-foundational-security-best-practices/v/1.0.0/IAM.4", {}),
    ]);
    expect(counts.rows).toBe(3);
    expect(exposures.map((each) => each.weakness)).toEqual(["iam.root-key"]);
    expect(exposures[0]?.findings.map((each) => each.nativeIds)).toEqual([["a", "b", "c"]]);
  });
});

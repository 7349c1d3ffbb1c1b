import { expect, test } from "vitest";
import { nameOf } from "./names.js";

test.each([
  ["arn:aws:iam::111111111111:role/team/etl-admin", "etl-admin"],
  ["arn:aws:iam::999999999999:root", "account 999999999999"],
  ["arn:aws:ecs:eu-west-1:444444444444:task-definition/runner:14", "runner:14"],
  ["arn:aws:lambda:eu-west-1:444444444444:function:billing", "billing"],
  ["arn:aws:s3:::acme-exports", "acme-exports"],
  ["aws:access-key/AKIAIOSFODNN7EXAMPLE", "key AKIA…MPLE"],
  ["azure:sas/models-share", "SAS token models-share"],
  ["azure:managed-identity/build-agents", "build-agents"],
  ["/subscriptions/s/resourcegroups/r/providers/microsoft.keyvault/vaults/north-vault", "north-vault"],
  ["machine:runner/1", "runner 1"],
  ["workload:edge-firewall", "edge-firewall"],
  ["repo:acme/etl:environment:production", "repo:acme/etl:environment:production"],
  ["repository northwind/models", "repository northwind/models"],
  ["acme/infra", "acme/infra"],
  ["*", "*"],
])("people call %s %s", (id, name) => {
  expect(nameOf(id)).toBe(name);
});

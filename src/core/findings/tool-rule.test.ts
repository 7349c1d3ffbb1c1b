import { describe, expect, it } from "vitest";
import { classOfSentence, toolRule } from "./tool-rule.js";

describe("the class of what a tool's sentence says (findings.md 3.1, rules a to d)", () => {
  it.each([
    ["Publicly exposed VM with admin role", "public-exposure"],
    ["Management ports should be closed on your virtual machines", "public-exposure"],
    ["Instance metadata service v1 is enabled", "metadata-credential"],
    ["Virtual networks should be protected by Azure Firewall", "missing-edge-control"],
    ["Storage account should use a private link connection", "missing-edge-control"],
    ["Azure Defender for Key Vault should be enabled", "configuration"],
    ["Azure Virtual Machine with no endpoint protection", "configuration"],
    ["Network Watcher should be enabled", "configuration"],
    ["Diagnostic logs in Key Vault should be enabled", "configuration"],
    ["VM with end-of-life software", "vulnerability"],
    ["Machines should have vulnerability findings resolved", "vulnerability"],
    ["Access keys should be rotated", "credential"],
    ["Accounts with owner permissions should have MFA", "credential"],
    ["Azure guest user has high privileges", "trust"],
    ["AKS role/cluster role assigned permissions that contain wildcards", "identity-privilege"],
    ["Permissions of inactive identities should be revoked", "identity-privilege"],
    ["Subnets should be associated with a network security group", "network-boundary"],
    ["SSH public key should be used", undefined],
    ["Dispatch queue has no tags", undefined],
  ])("%s: %s", (sentence, expected) => expect(classOfSentence(sentence)).toBe(expected));

  it("a rule of a tool is a weakness of its own, and a setting where its words say nothing", () => {
    const rule = toolRule("wiz", { id: "A1-b2", title: "Something about tags and other things" });
    expect(rule).toMatchObject({
      kind: "rule",
      weakness: { id: "wiz.a1-b2", class: "configuration", title: "something about tags and other" },
    });
  });
});

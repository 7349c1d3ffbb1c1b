import { missing } from "../../aws/missing.js";
import { rootOf } from "../../aws/actors.js";
import { isFalse, isTrue, missingFact, overlayOf, type FormulaContext } from "../context.js";
import { all, can, fact, is, type Formula } from "../formula.js";
import { weakProperty } from "../weak-setting.js";
import type { WeaknessFormula } from "../weakness-formula.js";

/**
 * Row 10b (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html): a key of the root user, or a root user without MFA. Only the root user itself (the floor) sets either again;
 * beside it a privileged root session of the management account or of a delegated administrator of IAM may have the
 * password reset, and then whoever reads the mailbox is root (IAM User Guide, "Perform a privileged task on an AWS
 * Organizations member account"; AWS STS API Reference, AssumeRoot: not with root credentials, not for the management
 * account).
 */
export const rootCredential: WeaknessFormula = {
  name: "root-credential",
  weaknesses: ["iam.root-key", "iam.root-mfa"],
  kinds: ["aws:account"],
  weak: (context) =>
    context.question.weakness === "iam.root-key"
      ? weakProperty(context, "root.accessKeyActive", isTrue, "the root user has an access key")
      : weakProperty(context, "root.mfa", isFalse, "the root user signs in without MFA"),
  contain: (context) =>
    overlayOf({
      properties: [
        [
          context.id,
          context.question.weakness === "iam.root-key" ? "root.accessKeyActive" : "root.mfa",
          context.question.weakness !== "iam.root-key",
        ],
      ],
    }),
  restore(context) {
    const { account } = context;
    if (account === undefined)
      return is(fact("unknown", "the account is known", [], [missing.owner(context.id)]));
    return all(can("sts:AssumeRoot", rootOf(account)), centralised(context), mailbox(context));
  },
  bypass: () => [],
  declares: () => false,
  elsewhere: () => [],
  verbs: { "sts:AssumeRoot": "may open a root session" },
  excludes: (entry) => entry.kind === "root",
};

function centralised(context: FormulaContext): Formula {
  const { account, estate } = context;
  if (account === undefined) return is(fact(false, "no account"));
  if (estate.account(account)?.organization === "none")
    return is(fact(false, "the account is in an organisation"));
  const organization = estate.organizationOf(account);
  if (organization === undefined)
    return is(fact("unknown", "the account is in an organisation", [], [missing.organization(account)]));
  return is(fact(organization.managementAccount !== account, "the account is a member of an organisation"));
}

/** Who reads the mailbox of a root user is in no document of the cloud. */
function mailbox(context: FormulaContext): Formula {
  const property = context.property(context.id, "root.mailboxControlled");
  const label = "whoever resets the password reads the mailbox of the root user";
  return is(
    property === undefined
      ? fact(
          "unknown",
          label,
          [],
          [
            missingFact(
              "root-mailbox",
              context.id,
              `who reads the mailbox of the root user of ${context.name}`,
              "state `root.mailboxControlled` of the account in the estate",
            ),
          ],
        )
      : fact(property.value === true, label),
  );
}

import { evidenceAt, type AccountId, type MissingFact } from "../../../estate/index.js";
import { missing } from "../../aws/missing.js";
import { rootOf } from "../../aws/actors.js";
import { entry } from "../../become/entries/entry.js";
import { isFalse, isTrue, missingFact, overlayOf, type FormulaContext } from "../context.js";
import { all, can, fact, is, type Formula } from "../formula.js";
import { weakProperty } from "../weak-setting.js";
import type { StandingWay, WeaknessFormula } from "../weakness-formula.js";

/**
 * Row 10b: a key of the root user, or a root user without MFA.
 * (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html: not with root credentials, not for the
 * management account; https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html.)
 *
 * The root user itself sets either again. It is the floor only without key and with MFA (recreation.md 3): what
 * containment leaves of the two is a way of band 2, and what nobody collected is unknown. Beside it a privileged root
 * session of the management account or of a delegated administrator of IAM takes MFA devices away (task policy
 * `IAMDeleteRootUserCredentials`), or lets the password be reset, and then whoever reads the mailbox is root.
 */
export const rootCredential: WeaknessFormula = {
  name: "root-credential",
  weaknesses: ["iam.root-key", "iam.root-mfa"],
  kinds: ["aws:account"],
  weak: (context) =>
    isKey(context)
      ? weakProperty(context, "root.accessKeyActive", isTrue, "the root user has an access key")
      : weakProperty(context, "root.mfa", isFalse, "the root user signs in without MFA"),
  contain: (context) =>
    overlayOf({
      properties: [[context.id, isKey(context) ? "root.accessKeyActive" : "root.mfa", !isKey(context)]],
    }),
  restore(context) {
    const { account } = context;
    if (account === undefined)
      return is(fact("unknown", "the account is known", [], [missing.owner(context.id)]));
    const session = all(can("sts:AssumeRoot", rootOf(account)), centralised(context));
    return isKey(context) ? all(session, mailbox(context)) : session;
  },
  bypass: () => [],
  declares: () => false,
  elsewhere: () => [],
  verbs: { "sts:AssumeRoot": "may open a root session" },
  excludes: (entry) => entry.kind === "root",
  ways: rootWays,
};

const isKey = ({ question }: FormulaContext): boolean => question.weakness === "iam.root-key";

/** The root user as containment leaves it: without MFA it signs in and makes a key, by a key it speaks to IAM. */
function rootWays(context: FormulaContext): readonly StandingWay[] {
  const { account, engine } = context;
  if (account === undefined) return [];
  const root = rootOf(account);
  const action = isKey(context) ? "iam:CreateAccessKey" : "iam:DeactivateMFADevice";
  // An SCP binds the root user of a member account.
  const may = engine.verdict(root, action, root);
  if (may === false) return [];
  const name = isKey(context) ? "root.mfa" : "root.accessKeyActive";
  const left = context.property(context.id, name);
  const open = isKey(context) ? left?.value === false : left?.value === true;
  if (left !== undefined && !open) return [];
  const missing: MissingFact[] = [
    ...(left === undefined ? [rootUnknown(context, account)] : []),
    // With root credentials IAM takes the device away only in a session of AssumeRoot, as its API reference says of the
    // request without a user name; whether a key of root gets by with a name is not published.
    ...(left !== undefined && !isKey(context) ? [deviceByKey(context)] : []),
    ...engine.decide(root, action, root).missing,
  ];
  const label = isKey(context)
    ? `root without second factor${left === undefined ? ", if it has none" : ""}`
    : `root access key${left === undefined ? ", if it has one" : ", active"}`;
  return [
    {
      entry: entry(root, {
        kind: "root",
        band: 2,
        label,
        starter: root,
        verdict: missing.length === 0 ? true : "unknown",
        missing,
        evidence:
          left === undefined ? [] : [evidenceAt(left.origin, `${name} = ${JSON.stringify(left.value)}`)],
      }),
      via: isKey(context) ? "makes a new access key" : "takes the MFA device away",
      because: `${label}: ${isKey(context) ? "it makes a new key" : "it takes the second factor away"}`,
      action,
    },
  ];
}

const rootUnknown = (context: FormulaContext, account: AccountId): MissingFact =>
  missingFact(
    "root-credentials",
    account,
    `root key and second factor of account ${context.name}`,
    "aws iam get-credential-report",
  );

const deviceByKey = (context: FormulaContext): MissingFact =>
  missingFact(
    "root-mfa-by-key",
    context.id,
    `whether the access key of the root user of ${context.name} takes its MFA device away`,
    "delete the access key of the root user: then nobody has to know",
  );

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

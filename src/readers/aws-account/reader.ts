import { awsAccount, type CoverageTopic } from "../../core/estate/index.js";
import { errorAnswer } from "../aws-error/index.js";
import { draftReading, type Draft } from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { member, strings, text } from "../json-value.js";

export const accountKind = "aws-account";

/**
 * Answers about an account as a whole: `sts get-caller-identity` (which account the documents beside it belong
 * to), `iam list-account-aliases` (what people call it), and the error of `organizations` commands that says that
 * it stands alone.
 */
export const accountReader: EstateReader = {
  kind: accountKind,
  title: "account identity",
  recognises: ({ value }) => isCaller(value) || isAliases(value) || standsAlone(value),
  read({ value }, context) {
    const draft = draftReading(context);
    if (isCaller(value)) addAccount(draft, text(value, "Account"), {});
    else if (isAliases(value)) readAliases(value, draft);
    else readStandAlone(draft);
    return draft.reading();
  },
};

const isCaller = (value: unknown): boolean =>
  /^\d{12}$/.test(text(value, "Account") ?? "") &&
  /^arn:[a-z-]+:(?:iam|sts)::\d{12}:/.test(text(value, "Arn") ?? "") &&
  text(value, "UserId") !== undefined;

const isAliases = (value: unknown): boolean => Array.isArray(member(value, "AccountAliases"));

/** Organizations API Reference, AWSOrganizationsNotInUseException: "Your account isn't a member of an organization". */
const standsAlone = (value: unknown): boolean =>
  errorAnswer(value)?.code.endsWith("AWSOrganizationsNotInUseException") === true;

/** What no organisation policy can bind is known to be unbound (the same as `organization: none` by hand). */
const aloneTopics: readonly CoverageTopic[] = [
  "organization",
  "scp",
  "rcp",
  "org-s3-policy",
  "declarative-policies",
];

function readAliases(value: unknown, draft: Draft): void {
  const [alias] = strings(member(value, "AccountAliases"));
  draft.count("aliases", alias === undefined ? 0 : 1);
  const account = draft.context.accountHint;
  if (alias === undefined) return;
  if (account === undefined) unplaced(draft, `whose alias \`${alias.slice(0, 63)}\` is`);
  else addAccount(draft, account, { name: alias });
}

function readStandAlone(draft: Draft): void {
  draft.count("errors");
  const account = draft.context.accountHint;
  if (account === undefined) {
    unplaced(draft, "which account stands alone");
    return;
  }
  addAccount(draft, account, { organization: "none" });
  for (const topic of aloneTopics) draft.cover(topic, awsAccount(account), draft.root.at("Error"));
}

function unplaced(draft: Draft, what: string): void {
  draft.reject(draft.root, `the answer does not say ${what}`, {
    hint: "put the account's twelve digits in the file or folder name, save `aws sts get-caller-identity` beside it, or use `--account`",
  });
}

function addAccount(
  draft: Draft,
  digits: string | undefined,
  more: { readonly name?: string; readonly organization?: string },
): void {
  if (digits === undefined || !/^\d{12}$/.test(digits)) return;
  draft.count("accounts");
  draft.add("accounts", { id: awsAccount(digits), provider: "aws", ...more, origin: draft.root.origin });
}

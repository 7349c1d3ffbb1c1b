import type { CheckReference } from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation, TranslationContext } from "../findings-reader.js";
import { member, text, type JsonObject } from "../json-value.js";
import { presentCheck } from "./data/version-2-checks.js";
import { prowlerDraft } from "./draft.js";

/** Prowler's JSON of version 2 (a shell script): one object per line, checks by number of the CIS benchmark. */
export const prowlerV2: FindingsReader = {
  kind: "prowler-v2",
  title: "Prowler findings (version 2 JSON)",
  form: "json",
  about: {
    versions: "Prowler 2, AWS only",
    envelopes: "JSON lines, as written; list",
    reads: [
      "the check in brackets at the start of Control (`[check11]`), by Prowler's own table of present ids",
      "Account Number, Region, Resource ID with the type of resource that the check is about, Status, Severity, Timestamp, Message",
    ],
    ignores: ["Risk, Remediation, Doc link, CAF Epic, Compliance"],
  },
  recognises: (record) =>
    text(record, "Control ID") !== undefined &&
    member(record, "Account Number") !== undefined &&
    member(record, "Resource ID") !== undefined,
  translate,
};

function translate(record: JsonObject, { reference }: TranslationContext): FindingTranslation {
  const control = text(record, "Control") ?? "";
  const [, number, words] = /^\[((?:check|extra)\d+)\]\s*(.*)$/.exec(control) ?? [];
  if (number === undefined)
    return { reason: `\`Control\` does not start with the id of a check: \`${control.slice(0, 60)}\`` };
  const check = presentCheck(number) ?? number;
  const account = text(record, "Account Number");
  const draft = prowlerDraft({
    provider: "aws",
    check,
    status: text(record, "Status"),
    muted: false,
    severity: text(record, "Severity"),
    account,
    region: text(record, "Region"),
    ...resourceOf(record, check, account, reference),
    title: words,
    detail: text(record, "Message"),
    time: member(record, "Timestamp"),
    tags: {},
  });
  return { drafts: [draft] };
}

/** Version 2 gives bare names: `prod-eksc`; `root` and `MFA` for the root user; nothing for settings of the account. */
function resourceOf(
  record: JsonObject,
  check: string,
  account: string | undefined,
  reference: CheckReference | undefined,
) {
  const name = text(record, "Resource ID");
  const ofRoot = /_root_/.test(check) || name === undefined || name === "root";
  if (ofRoot) return { resource: account, resourceType: "AwsAccount" };
  // `AwsIamUser` and so on: what the check is about makes the name an ARN.
  const resourceType = reference?.prowler("aws", check)?.resourceType;
  return { resource: name, resourceName: name, ...(resourceType === undefined ? {} : { resourceType }) };
}

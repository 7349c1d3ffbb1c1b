import { accountOfArn } from "../../core/estate/index.js";
import type {
  AccountId,
  CoverageFact,
  CoverageTopic,
  Credential,
  Principal,
  Rejection,
  Resource,
  SourceDocument,
} from "../../core/estate/index.js";
import { parseCsv, type CsvRow, type CsvTable } from "../csv.js";
import type { ParsedDocument } from "../document.js";
import type { EstateReadContext, EstateReader, EstateReading, Listing } from "../estate-reader.js";
import { isObject, member, text, timeOf } from "../json-value.js";
import { readRow } from "./row.js";

/**
 * `aws iam get-credential-report`: the bare table, or the JSON answer whose `Content` is the table as text or
 * base64. The only source that tells whether the root user has access keys. AWS makes a new one at most every
 * four hours.
 */
export const credentialReportReader: EstateReader = {
  kind: "aws-credential-report",
  title: "credential report",
  recognises: (document) => isTable(document) || isAnswer(document.value),
  read: readReport,
};

const firstColumns = ["user", "arn", "user_creation_time"];

const isTable = (document: ParsedDocument): boolean =>
  document.format === "csv" && firstColumns.every((name) => document.text.slice(0, 4096).includes(name));

const isAnswer = (value: unknown): boolean =>
  isObject(value) &&
  text(value, "ReportFormat") === "text/csv" &&
  ("GeneratedTime" in value || "Content" in value);

const coverageTopics: readonly CoverageTopic[] = ["console", "access-keys", "root-credentials"];

function readReport(document: ParsedDocument, context: EstateReadContext): EstateReading {
  const rejected: Rejection[] = [];
  const generatedAt = timeOf(member(document.value, "GeneratedTime"));
  const source: SourceDocument = {
    ...context.source,
    ...(generatedAt === undefined ? {} : { observedAt: generatedAt }),
  };
  const pointer = document.format === "csv" ? undefined : "/Content";
  const refuse = (reason: string, hint: string, line?: number): void => {
    const place = { ...(pointer === undefined ? {} : { pointer }), ...(line === undefined ? {} : { line }) };
    rejected.push({ document: source.path, ...place, reason, hint });
  };
  const table = tableOf(document);
  if ("reason" in table) {
    refuse(
      table.reason,
      "run `aws iam generate-credential-report`, then save `aws iam get-credential-report`",
      table.line,
    );
    return { facts: {}, rejected, entities: { rows: 0 } };
  }

  const principals: Principal[] = [];
  const credentials: Credential[] = [];
  const resources: Resource[] = [];
  const accounts = new Set<AccountId>();
  const withRoot = new Set<AccountId>();
  for (const row of table.rows) {
    const arn = row.values["arn"] ?? "";
    const account = accountOfArn(arn);
    if (account === undefined) {
      refuse(
        `\`${arn.slice(0, 80)}\` in column \`arn\` is no ARN with an account`,
        "save the report as AWS returns it",
        row.line,
      );
      continue;
    }
    accounts.add(account);
    const facts = readRow(row, account, {
      source,
      ...(pointer === undefined ? {} : { pointer }),
      line: row.line,
    });
    principals.push(facts.principal);
    credentials.push(...facts.credentials);
    if (facts.account !== undefined) {
      withRoot.add(account);
      resources.push(facts.account);
    }
  }
  const origin = { source, ...(pointer === undefined ? {} : { pointer }) };
  // A row that was refused is a user whose keys are not known; a report without its root row was cut by someone.
  const whole = rejected.length === 0;
  const coverage = [...accounts]
    .sort()
    .flatMap((scope): CoverageFact[] =>
      whole && withRoot.has(scope) ? coverageTopics.map((topic) => ({ topic, scope, origin })) : [],
    );
  for (const account of [...accounts].sort()) {
    if (!withRoot.has(account))
      refuse(
        "the row `<root_account>` is missing, so the report is not known to be whole",
        "save the report as AWS returns it",
      );
  }
  return {
    facts: {
      accounts: [...accounts].sort().map((id) => ({ id, provider: "aws", origin })),
      principals,
      credentials,
      resources,
      coverage,
    },
    rejected,
    entities: { rows: table.rows.length },
    listings: [...accounts]
      .sort()
      .map((scope): Listing => ({ topic: "console", scope, extent: whole ? "whole" : "unusable" })),
  };
}

function tableOf(document: ParsedDocument): CsvTable {
  if (document.format === "csv") {
    const lines = document.lines ?? [];
    const values = document.value as readonly Readonly<Record<string, string>>[];
    return {
      columns: [],
      rows: values.map((row, index): CsvRow => ({ values: row, line: lines[index] ?? index + 2 })),
    };
  }
  const content = text(document.value, "Content");
  if (content === undefined) return { reason: "the answer holds no `Content`, only when a report was made" };
  const plain = content.startsWith("user,") ? content : Buffer.from(content, "base64").toString("utf8");
  if (!plain.startsWith("user,"))
    return { reason: "`Content` is neither the report's text nor its base64 form" };
  return parseCsv(plain);
}

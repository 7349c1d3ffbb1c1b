import { parsePolicyDocument } from "../../core/estate/index.js";
import type { Rejection } from "../../core/estate/index.js";
import type { ParsedDocument } from "../document.js";
import type { EstateReadContext, EstateReader, EstateReading } from "../estate-reader.js";
import { isObject, member, objects, type JsonObject } from "../json-value.js";

/**
 * A bare policy document says neither its name nor what it is attached to, so it is recognised, checked and counted,
 * and no right is drawn from it: a policy that is attached nowhere allows and denies nothing.
 */
export const scpDocumentReader: EstateReader = {
  kind: "aws-scp-document",
  title: "policy document without principal (service control or identity policy)",
  recognises: (document) =>
    statementsOf(document.value)?.every((item) => !("Principal" in item) && !("NotPrincipal" in item)) ===
    true,
  read: (document, context) =>
    readBare(document, context, "service control policy or identity policy", "describe-policy"),
};

/** RCPs carry `Principal: "*"`, and all but AWS's own only deny (Organizations User Guide, "RCP syntax"). */
export const rcpDocumentReader: EstateReader = {
  kind: "aws-rcp-document",
  title: "resource control policy document",
  recognises: (document) =>
    statementsOf(document.value)?.every(
      (item) =>
        item["Effect"] === "Deny" && (item["Principal"] === "*" || member(item["Principal"], "AWS") === "*"),
    ) === true,
  read: (document, context) => readBare(document, context, "resource control policy", "describe-policy"),
};

function statementsOf(value: unknown): readonly JsonObject[] | undefined {
  if (!isObject(value)) return undefined;
  // Nothing but the elements of a policy: templates and requests have `Statement` as well.
  if (!Object.keys(value).every((key) => key === "Version" || key === "Id" || key === "Statement"))
    return undefined;
  const statements = objects(member(value, "Statement"));
  return statements.length > 0 && statements.every((item) => "Effect" in item) ? statements : undefined;
}

function readBare(
  document: ParsedDocument,
  context: EstateReadContext,
  what: string,
  command: string,
): EstateReading {
  const { document: policy, problems } = parsePolicyDocument(document.value);
  const path = context.source.path;
  return {
    facts: {
      conflicts: [
        {
          key: `unattached-policy|${path}`,
          fact: `where the ${what} \`${path}\` is attached: it names no target, so it is not applied to anything`,
          collect: `aws organizations ${command} and list-targets-for-policy`,
        },
      ],
    },
    rejected: problems.map((problem): Rejection => ({
      document: path,
      pointer: problem.pointer,
      reason: problem.reason,
    })),
    entities: {
      statements: policy?.statements.length ?? objects(member(document.value, "Statement")).length,
    },
  };
}

import { parseDocument, type ScalarTag, type CollectionTag } from "yaml";
import type { JsonValue } from "../../core/estate/index.js";
import { isRecord, listOf, textOf, toJson, type JsonRecord } from "../drafting/index.js";
import type { ParsedDocument } from "../document.js";

const shortForms = [
  "Ref",
  "Condition",
  "Sub",
  "GetAtt",
  "Join",
  "If",
  "Equals",
  "And",
  "Or",
  "Not",
  "Select",
  "Split",
  "FindInMap",
  "ImportValue",
  "Base64",
  "Cidr",
  "GetAZs",
  "Transform",
];

const longName = (name: string): string => (name === "Ref" || name === "Condition" ? name : `Fn::${name}`);

/** The short forms of CloudFormation (`!Ref x`) as their long forms (`{Ref: x}`). */
const tags: readonly (ScalarTag | CollectionTag)[] = shortForms.flatMap((name) => {
  const tag = `!${name}`;
  return [
    { tag, resolve: (text: string) => ({ [longName(name)]: name === "GetAtt" ? text.split(".") : text }) },
    {
      tag,
      collection: "seq" as const,
      resolve: (node: unknown) => ({ [longName(name)]: (node as { toJSON: () => unknown }).toJSON() }),
    },
    {
      tag,
      collection: "map" as const,
      resolve: (node: unknown) => ({ [longName(name)]: (node as { toJSON: () => unknown }).toJSON() }),
    },
  ] satisfies (ScalarTag | CollectionTag)[];
});

export interface Template {
  readonly resources: Readonly<Record<string, JsonRecord>>;
  readonly parameters: JsonRecord;
}

export const isTemplate = (value: unknown): value is JsonRecord =>
  isRecord(value) &&
  isRecord(value["Resources"]) &&
  ("AWSTemplateFormatVersion" in value ||
    Object.values(value["Resources"]).some(
      (item) => isRecord(item) && /^(AWS|Custom|Alexa)::/.test(textOf(item["Type"]) ?? ""),
    ));

/** A template with its short forms written out. */
export function templateOf(document: ParsedDocument): Template | undefined {
  const value: unknown =
    document.format === "yaml"
      ? parseDocument(document.text, { customTags: [...tags], logLevel: "silent" }).toJS({
          maxAliasCount: 100,
        })
      : document.value;
  if (!isTemplate(value) || !isRecord(value["Resources"])) return undefined;
  const resources = Object.entries(value["Resources"]).filter((entry): entry is [string, JsonRecord] =>
    isRecord(entry[1]),
  );
  return {
    resources: Object.fromEntries(resources),
    parameters: isRecord(value["Parameters"]) ? value["Parameters"] : {},
  };
}

/**
 * A property with the functions that the template alone decides put in: references to resources with a fixed name,
 * and text joined from such. What needs the stack (parameters, attributes) stays as `${Name}`.
 */
export function settled(
  value: unknown,
  template: Template,
  arnOf: (logicalId: string) => string | undefined,
  depth = 0,
): JsonValue {
  if (depth > 40) return "…";
  if (Array.isArray(value)) {
    return (value as unknown[])
      .filter((item) => !isNoValue(item))
      .map((item) => settled(item, template, arnOf, depth + 1));
  }
  if (!isRecord(value)) return toJson(value);
  const [first, ...others] = Object.entries(value);
  if (first !== undefined && others.length === 0) {
    const [name, argument] = first;
    if (name === "Ref") return nameOf(textOf(argument) ?? "", template) ?? `\${${textOf(argument) ?? ""}}`;
    if (name === "Fn::GetAtt") {
      const [id, attribute] =
        typeof argument === "string" ? argument.split(".") : listOf(argument).map(String);
      const arn = attribute === "Arn" && id !== undefined ? arnOf(id) : undefined;
      return arn ?? `\${${id ?? ""}.${attribute ?? ""}}`;
    }
    if (name === "Fn::Sub") return substituted(argument, template, arnOf);
    if (name === "Fn::Join") {
      const [separator, parts] = listOf(argument);
      const texts = listOf(parts).map((part) => settled(part, template, arnOf, depth + 1));
      return texts
        .map((part) => (typeof part === "string" ? part : JSON.stringify(part)))
        .join(textOf(separator) ?? "");
    }
  }
  const entries = Object.entries(value).filter(([, item]) => !isNoValue(item));
  return Object.fromEntries(entries.map(([key, item]) => [key, settled(item, template, arnOf, depth + 1)]));
}

const isNoValue = (value: unknown): boolean => isRecord(value) && value["Ref"] === "AWS::NoValue";

function substituted(
  argument: unknown,
  template: Template,
  arnOf: (logicalId: string) => string | undefined,
): string {
  const text = typeof argument === "string" ? argument : (textOf(listOf(argument)[0]) ?? "");
  return text.replace(/\$\{([\w.:]+)\}/g, (whole, name: string) => {
    const [id = "", attribute] = name.split(".");
    return (
      (attribute === "Arn" ? arnOf(id) : attribute === undefined ? nameOf(id, template) : undefined) ?? whole
    );
  });
}

/** The fixed name of a resource, or the only value that a parameter may have. */
export function nameOf(id: string, template: Template): string | undefined {
  const resource = template.resources[id];
  const properties = resource !== undefined && isRecord(resource["Properties"]) ? resource["Properties"] : {};
  const names: Readonly<Record<string, string>> = {
    "AWS::S3::Bucket": "BucketName",
    "AWS::IAM::Role": "RoleName",
    "AWS::IAM::User": "UserName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::ECR::Repository": "RepositoryName",
  };
  const attribute = names[textOf(resource?.["Type"]) ?? ""];
  return attribute === undefined ? undefined : textOf(properties[attribute]);
}

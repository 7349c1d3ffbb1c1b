import { resourceId, type JsonValue } from "../../core/estate/index.js";
import {
  draftReading,
  isRecord,
  listOf,
  tagsOf,
  textOf,
  textPositions,
  type Draft,
  type JsonRecord,
} from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import type { ParsedDocument } from "../document.js";
import { codeOf } from "../terraform/index.js";
import { declarations } from "./declarations.js";
import { isTemplate, nameOf, settled, templateOf, type Template } from "./template.js";

const holds = (value: JsonRecord, member: string, mark: string): boolean =>
  Array.isArray(value[member]) && listOf(value[member]).every((item) => isRecord(item) && mark in item);

/** Stacks, their resources, and templates. */
export const cloudFormationReader: EstateReader = {
  kind: "aws-cloudformation",
  title: "CloudFormation stacks or template",
  recognises: ({ value }) =>
    isRecord(value) &&
    (holds(value, "Stacks", "StackName") ||
      holds(value, "StackResourceSummaries", "LogicalResourceId") ||
      holds(value, "StackResources", "LogicalResourceId") ||
      isTemplate(value)),
  read(document, context) {
    const draft = draftReading(context);
    const { value } = document;
    if (!isRecord(value)) return draft.reading();
    if (Array.isArray(value["Stacks"])) readStacks(value, draft);
    else if (Array.isArray(value["StackResourceSummaries"]))
      readResources(value, "StackResourceSummaries", draft);
    else if (Array.isArray(value["StackResources"])) readResources(value, "StackResources", draft);
    else readTemplate(document, draft);
    return draft.reading();
  },
};

function readStacks(value: JsonRecord, draft: Draft): void {
  listOf(value["Stacks"]).forEach((item, index) => {
    const id = isRecord(item) ? textOf(item["StackId"]) : undefined;
    if (!isRecord(item) || id === undefined) return;
    draft.count("stacks");
    if (textOf(item["StackStatus"]) === "DELETE_COMPLETE") return;
    const place = draft.root.at("Stacks", index);
    const stack = draft.resource(
      id,
      { kind: "cloudformation:stack", name: textOf(item["StackName"]) ?? id },
      place,
    );
    // An answer without RoleARN means that the caller's own rights are used.
    stack.set("serviceRole", textOf(item["RoleARN"]) ?? null, place);
    stack.tagList(item["Tags"]);
  });
}

function readResources(value: JsonRecord, member: string, draft: Draft): void {
  const byStack = new Map<string, string[]>();
  const logical = new Map<string, Record<string, string>>();
  let loose = 0;
  for (const item of listOf(value[member])) {
    if (!isRecord(item)) continue;
    draft.count("resources");
    const stack = textOf(item["StackId"]);
    const physical = textOf(item["PhysicalResourceId"]);
    if (stack === undefined) loose += 1;
    else if (physical !== undefined) {
      byStack.set(stack, [...(byStack.get(stack) ?? []), physical]);
      const name = textOf(item["LogicalResourceId"]);
      if (name !== undefined) logical.set(stack, { ...logical.get(stack), [name]: physical });
    }
  }
  for (const [stack, resources] of byStack) {
    const place = draft.root.at(member);
    const found = draft.resource(
      stack,
      { kind: "cloudformation:stack", name: stack.split("/")[1] ?? stack },
      place,
    );
    found.set("resources", resources.sort(), place);
    found.set("logicalIds", logical.get(stack), place);
  }
  if (loose > 0)
    draft.reject(draft.root.at(member), "this list does not name its stack", {
      hint: "supply `describe-stack-resources`, which does",
    });
}

function readTemplate(document: ParsedDocument, draft: Draft): void {
  const template = templateOf(document);
  if (template === undefined) {
    draft.reject(draft.root, "the template cannot be read");
    return;
  }
  const positions = textPositions(document.text);
  const arnOf = (id: string): string | undefined => {
    const type = textOf(template.resources[id]?.["Type"]);
    const name = nameOf(id, template);
    return type === "AWS::S3::Bucket" && name !== undefined ? `arn:aws:s3:::${name}` : undefined;
  };
  for (const [id, resource] of Object.entries(template.resources)) {
    const place = draft.root.at("Resources", id);
    const type = textOf(resource["Type"]);
    draft.count("resources");
    if (type === undefined) {
      draft.reject(place, `resource \`${id}\` has no \`Type\``);
      continue;
    }
    const properties = settled(resource["Properties"] ?? {}, template, arnOf);
    const given = isRecord(properties) ? (properties as Readonly<Record<string, JsonValue>>) : {};
    const declared = Object.prototype.hasOwnProperty.call(declarations, type)
      ? (declarations[type]?.(given) ?? {})
      : {};
    const tags = tagsOf(given["Tags"]);
    const code = codeOf(tags);
    const line = positions(["Resources", id])?.line;
    const target = targetOf(type, id, given, template, arnOf);
    const own = code.file === undefined || document.source.path.endsWith(code.file);
    draft.add("definitions", {
      tool: "cloudformation",
      address: id,
      resourceType: type,
      ...(target === undefined ? {} : { target: resourceId(target) }),
      logicalId: settingOn(type, given, template) ?? id,
      file: document.source.path,
      ...code,
      ...(own && line !== undefined ? { line } : {}),
      // A template alone does not say that a stack was made from it.
      status: "planned",
      declares: new Map(
        Object.entries(declared).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
      ),
      tags,
      origin: place.origin,
    });
  }
}

/** The logical id of the resource on which another one sets something: a policy is a resource of its own. */
function settingOn(
  type: string,
  properties: Readonly<Record<string, JsonValue>>,
  template: Template,
): string | undefined {
  const member = settingMembers[type];
  // A reference that only the stack can settle stands as `${Name}` or `${Name.Arn}`.
  const text = member === undefined ? undefined : textOf(properties[member]);
  const name = /^\$\{([^.}]+)[^}]*\}$/.exec(text ?? "")?.[1];
  return name !== undefined && template.resources[name] !== undefined ? name : undefined;
}

const settingMembers: Readonly<Record<string, string>> = {
  "AWS::S3::BucketPolicy": "Bucket",
  "AWS::Lambda::Permission": "FunctionName",
  "AWS::Lambda::Url": "TargetFunctionArn",
  "AWS::SecretsManager::ResourcePolicy": "SecretId",
  "AWS::EC2::SecurityGroupIngress": "GroupId",
};

function targetOf(
  type: string,
  id: string,
  properties: Readonly<Record<string, JsonValue>>,
  template: Template,
  arnOf: (id: string) => string | undefined,
): string | undefined {
  if (type === "AWS::S3::Bucket") return arnOf(id);
  if (type !== "AWS::S3::BucketPolicy") return undefined;
  const bucket = textOf(properties["Bucket"]);
  return bucket === undefined || bucket.includes("${") || template.resources[bucket] !== undefined
    ? undefined
    : `arn:aws:s3:::${bucket}`;
}

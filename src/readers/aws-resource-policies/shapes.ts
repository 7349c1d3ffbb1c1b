import { pick, textOf, type JsonRecord } from "../drafting/index.js";

/** `KmsMasterKeyId` set: SSE-KMS. Else the managed switch, where it is stated (SQS, GetQueueAttributes). */
export function queueEncryption(attributes: JsonRecord): string | undefined {
  if (textOf(pick(attributes, "KmsMasterKeyId")) !== undefined) return "SSE-KMS";
  const managed = pick(attributes, "SqsManagedSseEnabled");
  if (managed === undefined) return undefined;
  return managed === "true" || managed === true ? "SSE-SQS" : "none";
}

/** SNS leaves `KmsMasterKeyId` out when a topic has no key. */
export function topicEncryption(attributes: JsonRecord): string {
  return textOf(pick(attributes, "KmsMasterKeyId")) === undefined ? "none" : "SSE-KMS";
}

/** A function ARN without its alias or version, and that qualifier (`""`: the function itself or `$LATEST`). */
export function splitFunctionArn(arn: string): { readonly id: string; readonly qualifier: string } {
  const found = /^(arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+)(?::(.+))?$/.exec(arn);
  const qualifier = found?.[2] ?? "";
  return { id: found?.[1] ?? arn, qualifier: qualifier === "$LATEST" ? "" : qualifier };
}

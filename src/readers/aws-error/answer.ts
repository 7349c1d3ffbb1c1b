import { isObject, member, text } from "../json-value.js";

/** What AWS answered instead of a result. */
export interface ErrorAnswer {
  /** `AccessDenied`, `NoSuchEntity`, … */
  readonly code: string;
  readonly message: string;
  /** `GetBucketPolicy`, where the answer tells. */
  readonly operation?: string;
}

/** The line that the AWS CLI prints for an error of the service, in versions 1 and 2. */
const line =
  /^\s*(?:aws: \[ERROR\]: )?An error occurred \(([\w.]+)\) when calling the (\w+) operation(?: \([^)]*\))?: ?([^]*)$/;

/**
 * The line as the document that the service sent, so that a redirected error reads the same in both forms:
 * `{Error: {Code, Message, Operation}}`. `undefined` when the text is no such line.
 */
export function errorDocument(
  content: string,
): { readonly Error: Readonly<Record<"Code" | "Message" | "Operation", string>> } | undefined {
  const found = line.exec(content.slice(0, 8192));
  if (found === null) return undefined;
  return {
    Error: {
      Code: found[1] ?? "",
      Operation: found[2] ?? "",
      Message: (found[3] ?? "").trim().slice(0, 1000),
    },
  };
}

/** The error of a document in either form; `undefined` when it is none. */
export function errorAnswer(value: unknown): ErrorAnswer | undefined {
  const error = member(value, "Error");
  const code = text(error, "Code");
  if (!isObject(error) || code === undefined) return undefined;
  const operation = text(error, "Operation");
  return { code, message: text(error, "Message") ?? "", ...(operation === undefined ? {} : { operation }) };
}

import { draftReading } from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { errorAnswer } from "./answer.js";

/**
 * An error that says nothing of the estate: the command failed, so the fact that it should fetch stays unknown.
 * Errors that are an answer (`NoSuchBucketPolicy`: there is none) are read by the readers of their service before.
 */
export const errorReader: EstateReader = {
  kind: "aws-error",
  title: "failed AWS command",
  recognises: ({ value }) => errorAnswer(value) !== undefined,
  read({ value }, context) {
    const draft = draftReading(context);
    const answer = errorAnswer(value);
    if (answer === undefined) return draft.reading();
    const { code, operation } = answer;
    draft.count("errors");
    draft.reject(
      draft.root.at("Error"),
      `AWS answered \`${code}\`${operation === undefined ? "" : ` to \`${operation}\``}: nothing was collected`,
      { hint: hintFor(code), used: 0 },
    );
    return draft.reading();
  },
};

function hintFor(code: string): string {
  if (/Denied|Unauthorized|Forbidden/i.test(code)) return "run the command as an identity that may read this";
  if (/Throttl|TooMany|RequestLimit|SlowDown/i.test(code)) return "run the command again, more slowly";
  if (/Expired|InvalidClientToken|Signature/i.test(code)) return "sign in again, then run the command again";
  return "correct the command, then save its answer again";
}

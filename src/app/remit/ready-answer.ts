import type { Question } from "../asking/question.js";
import { isAskError } from "../asking/question-process.js";
import type { Installation } from "../installation/installation.js";

/**
 * The answer of the process that holds the estate, where it is ready: pages that can do without begin to read it and
 * are shown meanwhile. Undefined: not now.
 */
export async function readyAnswer<Document>(
  { asking }: Installation,
  question: Question,
): Promise<Document | undefined> {
  try {
    if (!(await asking.warm())) return undefined;
    const answer = await asking.ask(question);
    return answer?.kind === "answer" ? (answer.document as Document) : undefined;
  } catch (error) {
    if (isAskError(error)) return undefined;
    throw error;
  }
}

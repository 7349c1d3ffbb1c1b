import { isAskError, type Installation, type Question } from "../app/index.js";
import { problem } from "./problem-response.js";

/** The answer, or the problem that says why there is none. */
export async function answerTo<Document>(installation: Installation, question: Question): Promise<Document> {
  const answer = await answered(() => installation.asking.ask(question));
  switch (answer?.kind) {
    case undefined:
    case "nothing-readable":
      throw problem("unusable", { detail: "nothing was analysed yet: import documents" });
    case "no-case":
      throw problem("not-found", {
        detail: `the last analysis shows no case \`${"case" in question ? question.case : ""}\``,
      });
    case "not-theirs":
      throw problem("not-found", { detail: answer.detail });
    case "bad-question":
      throw problem("unusable", { detail: answer.detail });
    case "answer":
      return answer.document as Document;
  }
}

export async function answered<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!isAskError(error)) throw error;
    throw error.asking === "too-slow"
      ? problem("too-slow", { detail: error.message })
      : problem("unavailable", { detail: error.message, retryAfter: 2 });
  }
}

import { createAnswers } from "./answer-question.js";
import { holdEstate } from "./held-estate.js";
import type { Answered, Asked, HeldInputs, Said } from "./question.js";

/** The other end of a question process: its parent. */
export interface Parent {
  readonly say: (said: Said) => void;
  /** Calls back for every question, in order. */
  readonly onAsked: (heard: (asked: Asked) => void) => void;
  /** Settles when the parent is gone. */
  readonly gone: Promise<void>;
}

/**
 * Reads an estate once and answers questions from it, one after the other, until the parent is gone. `secretKey`: what
 * equal secrets of different imports are recognised by.
 */
export async function serveQuestions(
  inputs: HeldInputs,
  secretKey: string | undefined,
  parent: Parent,
): Promise<void> {
  const held = await holdEstate({ ...inputs, ...(secretKey === undefined ? {} : { secretKey }) });
  const answers = held === undefined ? undefined : createAnswers(held);
  let last: Promise<void> = Promise.resolve();
  parent.onAsked(({ id, question }) => {
    last = last.then(async () => {
      try {
        const answer: Answered =
          answers === undefined ? { kind: "nothing-readable" } : await answers(question);
        parent.say({ kind: "answered", id, answer });
      } catch (error) {
        const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
        parent.say({ kind: "failed", id, message });
      }
    });
  });
  parent.say({ kind: "ready" });
  await parent.gone;
}

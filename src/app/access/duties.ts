import type { CaseState, Command } from "../../core/cases/index.js";
import type { Judged } from "./authorizer.js";

/** What policies about the separation of duties look at (`context` of `actOnCase`). */
export type DutyContext = {
  readonly command: string;
  /** Whether the caller asked for the approval that the command answers. */
  readonly asked: boolean;
  /** Whether the caller made a fix of the case. */
  readonly fixer: boolean;
};

/** The policy that forbids a command in the state of the case as it is; `person`: a pseudonym. */
export function forbiddenBy(
  judge: (context: DutyContext) => Judged,
  command: Command,
  person: string,
): (before: CaseState) => string | undefined {
  return (before) => {
    const about = "approval" in command ? command.approval : undefined;
    const approval = before.approvals.find(({ id }) => id === about);
    const judged = judge({
      command: command.kind,
      asked: approval?.requester === person,
      fixer: before.fixers.includes(person),
    });
    // Nothing permits it: named so, as nothing has forbidden it.
    return judged.allowed ? undefined : (judged.policies[0] ?? "nothing permits it");
  };
}

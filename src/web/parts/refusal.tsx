import { ProblemError } from "../api/client.js";
import { todoOf } from "./fault-words.js";
import { Person } from "./person.js";
import { Message } from "./plain-text.js";
import { RoleToken } from "./role-token.js";

/** Why a move was not made: the rule, the text, what to do and who may. Any other fault as it is. */
export function Refusal({ error }: { readonly error: Error }) {
  const problem = error instanceof ProblemError ? error.problem : undefined;
  const todo = problem?.todo ?? (problem === undefined ? undefined : todoOf(problem));
  return (
    <div className="refusal" role="alert">
      <p>
        <strong>Not done.</strong> <Message text={problem?.detail ?? problem?.title ?? error.message} />
      </p>
      {todo === undefined ? null : (
        <p>
          <Message text={todo} />
        </p>
      )}
      {(problem?.people?.length ?? 0) + (problem?.roles?.length ?? 0) === 0 ? null : (
        <p>
          Who may:{" "}
          {problem?.people?.map((name) => (
            <span key={name} className="item">
              <Person name={name} inferred={false} />
            </span>
          ))}
          {problem?.roles?.map((role) => (
            <span key={role} className="item">
              <RoleToken role={role} />
            </span>
          ))}
        </p>
      )}
      {problem?.rule === undefined ? null : (
        <p className="meta">
          rule <code>{problem.rule}</code>
        </p>
      )}
    </div>
  );
}

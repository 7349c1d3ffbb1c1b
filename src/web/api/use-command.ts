import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { PersonCommand } from "../../api/index.js";
import type { CaseState } from "../../core/cases/index.js";
import { AwayError, ProblemError, send } from "./client.js";
import { keyOf } from "./use-read.js";

interface Move {
  readonly command: PersonCommand;
  /** The version that was seen; a case that has moved on refuses it. */
  readonly against: CaseState | undefined;
}

/**
 * Makes a move in a case, and reads everything again that shows it. The same move sent twice, because no answer came, is
 * carried out once: the key stays until it was answered. `seen`: as the case was when whoever moves decided to; where
 * somebody else was faster, `conflict` is that version, and `mutate` takes the newer one beside the command.
 */
export function useCommand(id: string, done?: () => void, seen?: CaseState) {
  const queries = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const move = useMutation({
    mutationFn: async ({ command, against }: Move) => {
      for (let sequence = against?.sequence; ;)
        try {
          return await send<{ readonly case: { readonly state: CaseState } }>(
            `/api/v1/cases/${encodeURIComponent(id)}/commands`,
            {
              method: "POST",
              body: command,
              key: key.current,
              ...(sequence === undefined ? {} : { ifMatch: `"${String(sequence)}"` }),
            },
          );
        } catch (error) {
          const reminded = sequence === undefined ? undefined : remindedSince(error, sequence);
          if (reminded === undefined) throw error;
          sequence = reminded;
          key.current = crypto.randomUUID();
        }
    },
    onSuccess: async ({ value, etag }) => {
      key.current = crypto.randomUUID();
      // At once, and not with the next reading: the next move is made on what this one made of the case.
      queries.setQueryData(keyOf(`/cases/${id}`), { value: value.case, etag });
      await Promise.all(
        ["cases", "remit", "incidents", "summary"].map((part) =>
          queries.invalidateQueries({ queryKey: [part] }),
        ),
      );
      // What was asked about is closed over what it became, not over what it was.
      done?.();
    },
    onError: async (error) => {
      // An answer came, and it was no: the next try is another move.
      if (!(error instanceof AwayError)) key.current = crypto.randomUUID();
      if (isConflict(error)) await queries.invalidateQueries({ queryKey: ["cases", id] });
    },
  });
  return {
    isPending: move.isPending,
    isError: move.isError,
    error: move.error,
    reset: move.reset,
    mutate: (command: PersonCommand, against: CaseState | undefined = seen): void =>
      move.mutate({ command, against }),
    conflict: isConflict(move.error) ? move.variables?.against : undefined,
    /** What was sent last. */
    last: move.variables?.command,
  };
}

const isConflict = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && error.status === 412;

/** The newer version, where nothing happened since `seen` but that somebody was reminded: nothing that a move rests on. */
function remindedSince(error: unknown, seen: number): number | undefined {
  if (!isConflict(error)) return undefined;
  const events = error.problem.conflict?.events ?? [];
  const whole = events[0]?.sequence === seen + 1;
  return whole && events.every(({ kind }) => kind === "reminded") ? events.at(-1)?.sequence : undefined;
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { PersonCommand } from "../../api/index.js";
import { AwayError, send } from "./client.js";

/**
 * Makes a move in a case, and reads everything again that shows it. The same move sent twice, because no answer came, is
 * carried out once: the key stays until it was answered.
 */
export function useCommand(id: string, done?: () => void) {
  const queries = useQueryClient();
  const key = useRef(crypto.randomUUID());
  return useMutation({
    mutationFn: (command: PersonCommand) =>
      send(`/api/v1/cases/${encodeURIComponent(id)}/commands`, {
        method: "POST",
        body: command,
        key: key.current,
      }),
    onSuccess: async () => {
      key.current = crypto.randomUUID();
      await Promise.all(
        ["cases", "remit", "incidents", "summary"].map((part) =>
          queries.invalidateQueries({ queryKey: [part] }),
        ),
      );
      // What was asked about is closed over what it became, not over what it was.
      done?.();
    },
    onError: (error) => {
      // An answer came, and it was no: the next try is another move.
      if (!(error instanceof AwayError)) key.current = crypto.randomUUID();
    },
  });
}

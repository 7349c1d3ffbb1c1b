import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { PersonCommand } from "../../api/index.js";
import { AwayError, send } from "../api/client.js";
import { apiPath } from "../api/path.js";

export type BulkResult =
  | { readonly id: string; readonly kind: "done" }
  /** `made`: moves of this case that were carried out before the one that was not. */
  | { readonly id: string; readonly kind: "not"; readonly error: Error; readonly made: number };

export interface BulkWork {
  readonly id: string;
  readonly commands: readonly PersonCommand[];
}

/**
 * One case after the other: what is refused in one stops none of the others, and what had no answer is sent again under
 * the key it had, so that it is carried out once.
 */
export function useBulk() {
  const queries = useQueryClient();
  const keys = useRef(new Map<string, string>());
  const [results, setResults] = useState<readonly BulkResult[]>([]);
  const [busy, setBusy] = useState(false);
  const run = async (work: readonly BulkWork[]): Promise<void> => {
    setBusy(true);
    const before = new Map(results.map((result) => [result.id, result]));
    for (const { id, commands } of work) {
      const last = before.get(id);
      before.set(id, await carryOut(id, commands, last?.kind === "not" ? last.made : 0));
      setResults([...before.values()]);
    }
    setBusy(false);
    await Promise.all(
      ["cases", "remit", "incidents", "summary"].map((part) =>
        queries.invalidateQueries({ queryKey: [part] }),
      ),
    );
  };
  const carryOut = async (
    id: string,
    commands: readonly PersonCommand[],
    from: number,
  ): Promise<BulkResult> => {
    for (let made = from; made < commands.length; made += 1) {
      const place = `${id} ${String(made)}`;
      const key = keys.current.get(place) ?? crypto.randomUUID();
      keys.current.set(place, key);
      try {
        await send(apiPath(`/cases/${id}/commands`), { method: "POST", body: commands[made], key });
      } catch (error) {
        // An answer came, and it was no: the next try is another move.
        if (!(error instanceof AwayError)) keys.current.delete(place);
        return { id, kind: "not", error: error instanceof Error ? error : new Error("no answer"), made };
      }
    }
    return { id, kind: "done" };
  };
  return { results, busy, run };
}

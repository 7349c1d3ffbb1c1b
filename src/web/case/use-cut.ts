import { useQuery } from "@tanstack/react-query";
import type { CaseWhatIf } from "../../api/index.js";
import type { CutDocument } from "../../contract/index.js";
import { send } from "../api/client.js";
import { apiPath } from "../api/path.js";
import { useRead } from "../api/use-read.js";

export const useCut = (id: string, when = true) =>
  useRead<CutDocument>(`/cases/${id}/cut`, {}, { when, fresh: 60_000 });

/** What exactly these ticks make of the case: asked of the server, never guessed. An older answer is dropped. */
export function useTicked(id: string, ticks: readonly number[]) {
  return useQuery({
    queryKey: ["cases", id, "what-if", ticks],
    queryFn: ({ signal }) =>
      send<CaseWhatIf>(apiPath(`/cases/${id}/what-if`), {
        method: "POST",
        body: { cut: ticks.map((tick) => tick - 1) },
        signal,
      }),
    enabled: ticks.length > 0,
    staleTime: 60_000,
  });
}

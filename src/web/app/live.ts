import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { apiPath } from "../api/path.js";

interface CaseHappening {
  readonly id: string;
}

/** Reads again what an event of the server makes old. The browser connects again by itself, where it left off. */
export function useLiveEvents(on: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!on) return undefined;
    const stream = new EventSource(apiPath("/events"));
    const all = (): void =>
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    const ofCase = (event: MessageEvent<string>): void => {
      const { id } = JSON.parse(event.data) as CaseHappening;
      void queries.invalidateQueries({
        predicate: ({ queryKey: [first, second] }) =>
          first === "cases"
            ? second === id || typeof second !== "string" || second === "facets"
            : overview.has(String(first)),
      });
    };
    stream.addEventListener("case", ofCase);
    for (const kind of ["analysis", "import", "reset"]) stream.addEventListener(kind, all);
    return () => stream.close();
  }, [on, queries]);
}

const overview = new Set(["summary", "remit", "incidents"]);

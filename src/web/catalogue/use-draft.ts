import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemError, read } from "../api/client.js";
import { apiPath } from "../api/path.js";

export interface InForce {
  readonly text: string;
  readonly etag: string;
}

export const emptyCatalogue = "version: 1\n";

const place = "remit-catalogue-draft";

/** The catalogue in force; before the first there is only its version. */
export const useCatalogue = () =>
  useQuery({
    queryKey: ["catalogue", "text"],
    queryFn: async ({ signal }): Promise<InForce> => {
      try {
        const { value, etag } = await read<string>(apiPath("/catalogue"), signal);
        return { text: value, etag: etag ?? '"0"' };
      } catch (error) {
        if (error instanceof ProblemError && error.status === 404)
          return { text: emptyCatalogue, etag: '"0"' };
        throw error;
      }
    },
  });

interface Draft {
  readonly text: string;
  /** Version that it was edited from. */
  readonly from: InForce;
}

/** What is being written stays in this browser until it is saved or thrown away, whatever happens to the page. */
export function useDraft(inForce: InForce) {
  const [draft, setDraft] = useState<Draft | undefined>(() => stored());
  const keep = (next: Draft | undefined) => {
    setDraft(next);
    if (next === undefined) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify(next));
  };
  return {
    text: draft?.text ?? inForce.text,
    from: draft?.from ?? inForce,
    changed: draft !== undefined && draft.text !== draft.from.text,
    /** Somebody saved another version since this draft was begun. */
    behind: draft !== undefined && draft.from.etag !== inForce.etag,
    write: (text: string) => {
      keep({ text, from: draft?.from ?? inForce });
    },
    /** The same text, held against the version that is in force now. */
    rebase: (text: string) => {
      keep({ text, from: inForce });
    },
    discard: () => {
      keep(undefined);
    },
  };
}

export type DraftState = ReturnType<typeof useDraft>;

function stored(): Draft | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(place) ?? "null");
    return isDraft(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null || !("text" in value) || !("from" in value)) return false;
  const { from } = value;
  return (
    typeof value.text === "string" &&
    typeof from === "object" &&
    from !== null &&
    "text" in from &&
    "etag" in from &&
    typeof from.text === "string" &&
    typeof from.etag === "string"
  );
}

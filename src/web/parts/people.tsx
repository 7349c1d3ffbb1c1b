import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { Found } from "../../api/index.js";
import { useRead } from "../api/use-read.js";

/** Names of people as the catalogue has them, by id. */
const Names = createContext<ReadonlyMap<string, string>>(new Map());

/** Beyond it people are shown by their id: one list of them is read, once. */
const most = 500;

export function PeopleNames({ children }: { readonly children: ReactNode }) {
  const found = useRead<{ readonly items: readonly Found[] }>(
    "/search",
    { kind: "person", limit: most },
    { fresh: 300_000 },
  );
  const names = useMemo(
    () => new Map((found.data?.value.items ?? []).map(({ id, name }) => [id, name])),
    [found.data],
  );
  return <Names value={names}>{children}</Names>;
}

/** `Rui Silva` for `r.silva`; undefined where the catalogue has no name beside the id. */
export function useNameOf(): (id: string) => string | undefined {
  const names = useContext(Names);
  return (id) => {
    const name = names.get(id);
    return name === undefined || name === "" || name === id ? undefined : name;
  };
}

/** The name where there is one, else the id as it stands: for sentences and labels. */
export function useCalled(): (id: string) => string {
  const nameOf = useNameOf();
  return (id) => nameOf(id) ?? id;
}

/** Ids of people in a sentence of the product, by their names. An id that could be a word of it stays as it is. */
export function useNaming(): (text: string) => string {
  const nameOf = useNameOf();
  return (text) => text.replaceAll(/(?<![\w.@-])[\w-]*[.@\d][\w.@-]*\w/gu, (word) => nameOf(word) ?? word);
}

import { emptyCatalogue } from "../../core/accountability/index.js";
import { backOf, splitTerms, type CaseLine } from "../cases/case-listing.js";
import type { Looker } from "../access/sight.js";
import type { Viewer } from "../access/viewer.js";
import { currentCatalogue } from "../installation/catalogue.js";
import type { Installation } from "../installation/installation.js";
import { latestAnalysis } from "../installation/latest-analysis.js";
import type { EstateFound } from "./estate-search.js";
import type { EstateSearch, Narrowed } from "./question.js";

/** Kinds of things that are found, in the order in which they are shown. */
export const foundKinds = [
  "case",
  "identity",
  "credential",
  "resource",
  "person",
  "team",
  "workload",
  "document",
] as const;
export type FoundKind = (typeof foundKinds)[number];

export interface Found {
  readonly kind: FoundKind;
  readonly id: string;
  readonly name: string;
  readonly detail?: string;
  readonly account?: string;
  readonly accountName?: string;
  readonly exact: boolean;
  readonly credential?: NonNullable<EstateFound["items"][number]["credential"]>;
}

export interface Everything {
  readonly items: Found[];
  readonly more: { kind: FoundKind; count: number }[];
  /** False: the estate is not read yet, only what is stored was searched. */
  readonly estate: boolean;
}

export interface Search extends Omit<EstateSearch, "q" | "kinds" | "limit"> {
  readonly q?: string;
  readonly kind?: FoundKind;
  readonly limit?: number;
}

const inEstate = ["identity", "credential", "resource", "workload"] as const;

/** Everything with these words in its id or name. What is stored answers at once, the estate where it is read. */
export async function findAnything(
  installation: Installation,
  viewer: Looker & Narrowed,
  search: Search,
): Promise<Everything> {
  const q = (search.q ?? "").trim().toLowerCase();
  const kinds = search.kind === undefined ? foundKinds : [search.kind];
  const limit = search.limit ?? (search.kind === undefined ? 5 : 100);
  const wanted = inEstate.filter((kind) => kinds.includes(kind));
  const { olderThanDays, unusedForDays } = search;
  // Asked for by its kind it is worth waiting for; beside the rest it is not.
  const ask = wanted.length > 0 && (search.kind !== undefined || (await installation.asking.warm()));
  const answer = ask
    ? await installation.asking.ask({
        kind: "search",
        q,
        kinds: wanted,
        limit,
        ...(viewer.own === undefined ? {} : { own: viewer.own }),
        ...(olderThanDays === undefined ? {} : { olderThanDays }),
        ...(unusedForDays === undefined ? {} : { unusedForDays }),
      })
    : undefined;
  const estate =
    answer?.kind === "answer" ? (answer.document as EstateFound) : { items: [], more: [] as never[] };
  const stored = [
    ...(kinds.includes("case") ? await cases(installation, viewer, q, limit) : []),
    ...(await catalogued(installation, q, kinds)),
    ...(viewer.whole && kinds.includes("document") ? await documents(installation, q) : []),
  ];
  const items: Found[] = [];
  const more = new Map<FoundKind, number>(estate.more.map(({ kind, count }) => [kind, count]));
  for (const kind of foundKinds) {
    const found = [...stored, ...estate.items].filter((item) => item.kind === kind);
    found.sort((a, b) => Number(b.exact) - Number(a.exact));
    items.push(...found.slice(0, limit));
    if (found.length > limit) more.set(kind, (more.get(kind) ?? 0) + found.length - limit);
  }
  return {
    items: [...items.filter(({ exact }) => exact), ...items.filter(({ exact }) => !exact)],
    more: [...more].map(([kind, count]) => ({ kind, count })),
    estate: answer?.kind === "answer" || wanted.length === 0,
  };
}

async function cases(
  { store }: Installation,
  { visible }: Viewer,
  q: string,
  limit: number,
): Promise<readonly Found[]> {
  // Of an id only what tells it from others: every case has a word that begins with `r`.
  const terms = splitTerms(q.replace(/^r-(?=[0-9a-z])/, "")).slice(0, 20);
  if (q !== "" && terms.length === 0) return [];
  const filter = { visible, ...(terms.length === 0 ? {} : { terms }) };
  const page = await store.cases.lines(filter, "back", { limit: limit + 1 });
  return page.items.map((text): Found => {
    const { id, title, words } = JSON.parse(text) as CaseLine;
    return {
      kind: "case",
      id,
      name: title,
      detail: words,
      exact: id.toLowerCase() === q && backOf(words) >= 0,
    };
  });
}

async function catalogued(
  { store, now }: Installation,
  q: string,
  kinds: readonly FoundKind[],
): Promise<readonly Found[]> {
  const catalogue = (await currentCatalogue(store, now()))?.catalogue ?? emptyCatalogue;
  const things: readonly Omit<Found, "exact">[] = [
    ...catalogue.people.map(({ id, name, active }) => ({
      kind: "person" as const,
      id,
      name,
      ...(active ? {} : { detail: "left" }),
    })),
    ...catalogue.teams.map(({ id, roles }) => ({
      kind: "team" as const,
      id,
      name: id,
      detail: roles.join(", "),
    })),
  ];
  return things
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap((thing): readonly Found[] => {
      const texts = [thing.id.toLowerCase(), thing.name.toLowerCase()];
      const exact = texts.includes(q);
      return q === "" || texts.some((text) => q.split(/\s+/).every((word) => text.includes(word)))
        ? [{ ...thing, exact }]
        : [];
    });
}

async function documents(installation: Installation, q: string): Promise<readonly Found[]> {
  const inputs = (await latestAnalysis(installation))?.inputs ?? [];
  return inputs.flatMap(({ document, digest, kind }): readonly Found[] => {
    const exact = document.toLowerCase() === q || digest === q;
    return exact || document.toLowerCase().includes(q)
      ? [{ kind: "document", id: digest, name: document, detail: kind, exact }]
      : [];
  });
}

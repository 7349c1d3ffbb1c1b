import {
  draftCatalogue,
  draftSource,
  type Catalogue,
  type DraftCatalogue,
  type Proposal,
  type Reason,
} from "../../core/accountability/index.js";
import type { HeldEstate } from "./held-estate.js";

/** What evidence suggests about one entry or one field, and the catalogue in force does not say. */
export interface Suggestion {
  readonly id: string;
  readonly section: "people" | "teams" | "accounts" | "workloads" | "workloadIdentities" | "thirdParties";
  readonly entry: string;
  readonly name?: string;
  readonly field?: string;
  readonly proposal?: string;
  readonly confidence?: number;
  readonly written: boolean;
  readonly reasons: readonly Reason[];
  readonly against: readonly {
    readonly proposal: string;
    readonly confidence: number;
    readonly reasons: readonly Reason[];
  }[];
  readonly gaps: readonly string[];
  readonly known: boolean;
  /** The entry as the catalogue would say it: one line of YAML in its flow form. */
  readonly line: string;
}

export interface Suggestions {
  readonly items: readonly Suggestion[];
  readonly more: number;
  readonly generatedAt: string;
  readonly kinds: readonly string[];
  readonly draft: DraftCatalogue;
}

const mostItems = 1000;

export function suggestionsOf({ loaded, become, options }: HeldEstate): Suggestions {
  const draft = draftCatalogue(loaded.estate, become().engine, options.now);
  const items = [...ownerItems(draft, loaded.catalogue), ...entryItems(draft, loaded.catalogue)];
  items.sort((a, b) => (b.confidence ?? 0) - (a.confidence ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return {
    items: items.slice(0, mostItems),
    more: Math.max(0, items.length - mostItems),
    generatedAt: options.now,
    kinds: [...new Set(loaded.inputs.map(({ kind }) => kind))].sort(),
    draft,
  };
}

/** JSON is YAML, and quotes what has to be quoted. */
const flow = (value: object): string => `- ${JSON.stringify(value)}`;

/** Who is proposed for a duty that the catalogue leaves open, or that stands there as drafted. */
function ownerItems(draft: DraftCatalogue, catalogue: Catalogue | undefined): readonly Suggestion[] {
  const accounts = draft.accounts.flatMap(({ id, name, runtimeAuthority, gaps }) => {
    const entry = catalogue?.accounts.find((item) => item.id === id);
    if (entry?.runtimeAuthority !== undefined && attested(entry)) return [];
    return proposed(
      { section: "accounts", entry: id, known: entry !== undefined, gaps, ...named(name) },
      "runtimeAuthority",
      runtimeAuthority,
      (holder) => ({ id, runtimeAuthority: holder }),
    );
  });
  const workloads = draft.workloads.flatMap((drafted) => {
    const entry = catalogue?.workloads.find((item) => item.id === drafted.id);
    const base = {
      section: "workloads" as const,
      entry: drafted.id,
      known: entry !== undefined,
      gaps: drafted.gaps,
    };
    const { id, resources, principals, repositories } = drafted;
    const match = { resources, principals, repositories };
    const plane = (name: "build" | "runtime"): readonly Suggestion[] =>
      entry?.planes[name] !== undefined && attested(entry)
        ? []
        : proposed(base, name, drafted[name], (owner) => ({ id, match, planes: { [name]: { owner } } }));
    return [
      ...plane("build"),
      ...plane("runtime"),
      ...(entry?.workloadIdentity !== undefined && attested(entry)
        ? []
        : proposed(base, "workloadIdentity", drafted.workloadIdentity, (workloadIdentity) => ({
            id,
            match,
            workloadIdentity,
          }))),
    ];
  });
  const identities = draft.workloadIdentities.flatMap(({ principal, proof, owner, gaps }) =>
    catalogue?.workloadIdentities.some((item) => item.principal === principal && attested(item)) === true
      ? []
      : proposed(
          { section: "workloadIdentities", entry: principal, known: false, gaps },
          "owner",
          owner,
          (holder) => ({ principal, owner: holder, proof }),
        ),
  );
  return [...accounts, ...workloads, ...identities];
}

/** An entry that a draft wrote and nobody went through is likely, and not attested. */
const attested = ({ origin }: { readonly origin: { readonly statedBy?: string } }): boolean =>
  origin.statedBy !== draftSource;

const named = (name: string | undefined): { readonly name?: string } => (name === undefined ? {} : { name });

function proposed(
  base: Pick<Suggestion, "section" | "entry" | "known" | "gaps" | "name">,
  field: string,
  proposals: readonly Proposal[],
  entry: (holder: string) => object,
): readonly Suggestion[] {
  const [best, ...others] = proposals;
  if (best === undefined) return [];
  return [
    {
      ...base,
      id: `${base.section}/${base.entry}/${field}/${best.holder}`,
      field,
      proposal: best.holder,
      confidence: best.confidence,
      written: best.written,
      reasons: best.reasons,
      against: others.map(({ holder, confidence, reasons }) => ({ proposal: holder, confidence, reasons })),
      line: flow(entry(best.holder)),
    },
  ];
}

/** People, teams and third parties that documents name and the catalogue does not have. */
function entryItems(draft: DraftCatalogue, catalogue: Catalogue | undefined): readonly Suggestion[] {
  const item = (
    section: Suggestion["section"],
    entry: string,
    { reasons, gaps, name }: { reasons: readonly Reason[]; gaps: readonly string[]; name?: string },
    line: object,
  ): Suggestion => ({
    id: `${section}/${entry}`,
    section,
    entry,
    ...named(name),
    written: true,
    reasons,
    against: [],
    gaps,
    known: false,
    line: flow(line),
  });
  const lacks = (list: readonly { readonly id: string }[] | undefined, id: string): boolean =>
    list?.some((known) => known.id === id) !== true;
  return [
    ...draft.people
      .filter(({ id }) => lacks(catalogue?.people, id))
      .map((person) => {
        const { id, name, active, leftAt, manager, principals } = person;
        return item("people", id, person, { id, name, active, leftAt, manager, principals });
      }),
    ...draft.teams
      .filter(({ id }) => lacks(catalogue?.teams, id))
      .map((team) => item("teams", team.id, team, { id: team.id, members: team.members })),
    ...draft.thirdParties
      .filter(({ id }) => lacks(catalogue?.thirdParties, id))
      .map((party) =>
        item("thirdParties", party.id, party, { id: party.id, match: { accounts: party.accounts } }),
      ),
  ];
}

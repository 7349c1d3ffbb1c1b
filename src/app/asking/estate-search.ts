import type { Catalogue } from "../../core/accountability/index.js";
import type { Credential, Estate } from "../../core/estate/index.js";
import { knownWorkloads } from "../../core/decision/index.js";
import { ownThings } from "./own-things.js";
import type { EstateSearch, Narrowed } from "./question.js";

export interface FoundThing {
  readonly kind: "identity" | "credential" | "resource" | "workload" | "document";
  readonly id: string;
  readonly name: string;
  readonly detail?: string;
  readonly account?: string;
  readonly accountName?: string;
  readonly exact: boolean;
  readonly credential?: {
    readonly kind: string;
    readonly holder: string;
    readonly active: boolean | "unknown";
    readonly createdAt?: string;
    readonly expiresAt?: string;
    readonly lastUsedAt?: string;
    readonly ageDays?: number;
    readonly copies: number;
  };
}

export interface EstateFound {
  readonly items: readonly FoundThing[];
  readonly more: readonly { readonly kind: FoundThing["kind"]; readonly count: number }[];
}

/** Things of the estate with these words in their id or name: exact first, then what begins so, then the rest. */
export function searchEstate(
  estate: Estate,
  catalogue: Catalogue | undefined,
  search: EstateSearch & Narrowed,
  now: string,
): EstateFound {
  const own = search.own === undefined ? undefined : ownThings(estate, catalogue, search.own);
  const found: FoundThing[] = [];
  const more: { kind: FoundThing["kind"]; count: number }[] = [];
  for (const [kind, things] of Object.entries(thingsOf(estate, catalogue, search, now)) as [
    FoundThing["kind"],
    () => readonly Thing[],
  ][]) {
    if (!search.kinds.includes(kind)) continue;
    const hits = things()
      .flatMap((thing) => {
        const rank = rankOf(thing, search.q);
        if (rank === undefined) return [];
        // A credential is whose holder's it is.
        const asked = thing.credential === undefined ? thing : { ...thing, id: thing.credential.holder };
        const theirs = own === undefined || (kind === "workload" ? own.workload(thing) : own.thing(asked));
        return theirs ? [{ thing, rank }] : [];
      })
      .sort(
        (a, b) =>
          a.rank - b.rank ||
          (a.thing.name < b.thing.name ? -1 : a.thing.name > b.thing.name ? 1 : 0) ||
          (a.thing.id < b.thing.id ? -1 : 1),
      );
    found.push(
      ...hits.slice(0, search.limit).map(({ thing, rank }) => {
        const name = thing.account === undefined ? undefined : accountName(estate, thing.account);
        return {
          kind,
          ...thing,
          ...(name === undefined ? {} : { accountName: name }),
          exact: rank === 0 && search.q !== "",
        };
      }),
    );
    if (hits.length > search.limit) more.push({ kind, count: hits.length - search.limit });
  }
  return { items: found, more };
}

type Thing = Omit<FoundThing, "kind" | "exact" | "accountName">;

const accountName = (estate: Estate, id: string): string | undefined =>
  estate.accounts.find((account) => account.id === id)?.name;

/** 0: is it, 1: begins so, 2: has it inside; of several words each has to be there. */
function rankOf({ id, name, account }: Thing, q: string): number | undefined {
  if (q === "") return 0;
  const texts = [name.toLowerCase(), id.toLowerCase()];
  if (texts.includes(q) || (account !== undefined && account.replace(/^[a-z]+:/, "") === q)) return 0;
  if (texts.some((text) => text.startsWith(q) || text.endsWith(`/${q}`))) return 1;
  const words = q.split(/\s+/);
  return words.every((word) => texts.some((text) => text.includes(word))) ? 2 : undefined;
}

function thingsOf(estate: Estate, catalogue: Catalogue | undefined, search: EstateSearch, now: string) {
  return {
    identity: () =>
      estate.principals.map(({ id, name, kind, account }) => ({
        id,
        name,
        detail: kind,
        ...(account === undefined ? {} : { account }),
      })),
    credential: () =>
      estate.credentials
        .filter((credential) => isAsked(credential, search, now))
        .map((credential) => credentialOf(estate, credential, now)),
    resource: () =>
      estate.resources.map(({ id, name, kind, account }) => ({
        id,
        name,
        detail: kind,
        ...(account === undefined ? {} : { account }),
      })),
    workload: () =>
      knownWorkloads(estate, catalogue).map(({ id, name, account }) => ({
        id,
        name,
        ...(account === undefined ? {} : { account }),
      })),
  };
}

const days = (from: string, to: string): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000);

function isAsked(
  { createdAt, lastUsedAt }: Credential,
  { olderThanDays, unusedForDays }: EstateSearch,
  now: string,
): boolean {
  if (olderThanDays !== undefined && (createdAt === undefined || days(createdAt, now) < olderThanDays))
    return false;
  // Of what nobody says when it was used it cannot be said that it was: it stays in.
  return unusedForDays === undefined || lastUsedAt === undefined || days(lastUsedAt, now) >= unusedForDays;
}

function credentialOf(estate: Estate, credential: Credential, now: string): Thing {
  const { id, kind, holder, status, createdAt, expiresAt, lastUsedAt, copies } = credential;
  const owner = estate.principal(holder);
  return {
    id,
    name: id.split(/[/:]/).at(-1) ?? id,
    detail: `${kind} of ${owner?.name ?? holder}`,
    ...(owner?.account === undefined ? {} : { account: owner.account }),
    credential: {
      kind,
      holder,
      active: status === "unknown" ? "unknown" : status === "active",
      ...(createdAt === undefined ? {} : { createdAt, ageDays: days(createdAt, now) }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
      copies: copies.length,
    },
  };
}

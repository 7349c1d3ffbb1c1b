import type { AccessEngine } from "../access/index.js";
import { accountId, evidenceAt, resourceId } from "../estate/index.js";
import type { Duty, OwnershipScope } from "./answerable.js";
import { auditSightings } from "./audit-evidence.js";
import { isMachineName } from "./automation.js";
import { candidateOf, type Candidate } from "./candidate.js";
import type { Catalogue, Person } from "./catalogue.js";
import { codeSightings } from "./code-evidence.js";
import type { EstateIndex } from "./estate-index.js";
import { hintSightings } from "./hint-evidence.js";
import type { HolderResolver } from "./holder.js";
import {
  columnOf,
  evidenceKinds,
  evidenceWeight,
  type Column,
  type IndependenceClass,
  type Rejected,
  type Sighting,
} from "./owner-evidence.js";
import type { Role } from "./role.js";
import { onCallSightings, statementSightings } from "./statement-evidence.js";
import { tagSightings } from "./tag-evidence.js";
import { consumerSightings, permissionSightings } from "./usage-evidence.js";

/** One piece of evidence after weighing. */
export interface WeighedEvidence {
  readonly sighting: Sighting;
  readonly class: IndependenceClass;
  readonly weight: number;
  readonly ageDays?: number;
  /** False when a stronger piece of the same class speaks for the candidate already. */
  readonly counted: boolean;
}

export interface RankedCandidate {
  readonly candidate: Candidate;
  /** `1 − Π over classes (1 − best evidence of the class)`. */
  readonly score: number;
  readonly evidence: readonly WeighedEvidence[];
  /** The catalogue's person or team of that name, where it lists one. */
  readonly known?: { readonly id: string; readonly people: readonly Person[]; readonly team: boolean };
}

export interface Inference {
  readonly column: Column | undefined;
  /** Best first. */
  readonly ranked: readonly RankedCandidate[];
  readonly rejected: readonly Rejected[];
  /** Kinds of evidence that are missing and would count. */
  readonly raise: readonly string[];
}

export interface InferenceContext {
  readonly index: EstateIndex;
  readonly engine: AccessEngine;
  readonly catalogue: Catalogue | undefined;
  readonly resolve: HolderResolver;
  readonly now: string;
}

/** Weighs everything that the documents say about who `role` could be (ownership.md 6b). Never decides. */
export function inferOwner(
  context: InferenceContext,
  role: Role,
  about: OwnershipScope,
  duty: Duty | undefined,
): Inference {
  const column = columnOf[role];
  if (column === undefined) return { column, ranked: [], rejected: [], raise: [] };
  const { index } = context;
  const code = codeSightings(index, about, column);
  const audit = auditSightings(index, about, column);
  const hints = hintSightings(about.hints ?? [], column);
  const fits = (sighting: Sighting): boolean => evidenceKinds[sighting.kind].columns[column] !== undefined;
  const sightings = [
    ...tagSightings(index, about, column),
    ...hints.sightings,
    ...code.sightings,
    ...audit.sightings,
    ...statementSightings(index, about, column),
    ...onCallSightings(index, about, context.now, (name) => isKnown(context, name)),
    ...consumerSightings(index, about, column),
    ...(column === "revoker" ? permissionSightings(index, context.engine, about, duty) : []),
  ].filter(fits);
  const known = new Map<string, ReturnType<typeof candidateOf>>();
  const candidateBy = (raw: string): ReturnType<typeof candidateOf> => {
    const named = known.get(raw) ?? candidateOf(raw);
    const found =
      known.has(raw) || "reason" in named ? named : inCatalogue(context.catalogue, inDirectory(index, named));
    known.set(raw, found);
    return found;
  };
  const rejected: Rejected[] = [...code.rejected, ...audit.rejected, ...hints.rejected];
  if (sightings.length === 0)
    return {
      column,
      ranked: [],
      rejected: uniqueRejections(rejected),
      raise: raiseBy(column, undefined),
    };
  const groups = new Map<string, { candidate: Candidate; sightings: Sighting[] }>();
  for (const sighting of sightings) {
    const candidate = candidateBy(sighting.raw);
    if ("reason" in candidate) {
      rejected.push({ candidate: sighting.raw, reason: candidate.reason });
      continue;
    }
    if (sighting.person === true && isMachineName(candidate.key)) {
      rejected.push({ candidate: candidate.shown, reason: "a machine is never an owner" });
      continue;
    }
    const kind = sighting.person === true ? "person" : candidate.kind;
    const group = groups.get(candidate.key) ?? { candidate: { ...candidate, kind }, sightings: [] };
    groups.set(candidate.key, group);
    group.sightings.push(sighting);
  }
  const ranked: RankedCandidate[] = [];
  for (const { candidate, sightings: own } of groups.values()) {
    const standing = knownAs(context, candidate, own);
    if (standing.gone !== undefined) rejected.push({ candidate: candidate.shown, reason: standing.gone });
    const named = column === "revoker" ? [] : namingSightings(context, about, candidate);
    const evidence = weigh([...own, ...named], column, standing.validity, context.now);
    const score = combine(evidence);
    if (score === 0) continue;
    ranked.push({
      candidate,
      score,
      evidence,
      ...(standing.entry === undefined ? {} : { known: standing.entry }),
    });
  }
  ranked.sort((a, b) => b.score - a.score || (a.candidate.key < b.candidate.key ? -1 : 1));
  return { column, ranked, rejected: uniqueRejections(rejected), raise: raiseBy(column, ranked[0]) };
}

function isKnown({ index, catalogue }: InferenceContext, name: string): boolean {
  const candidate = candidateOf(name);
  if (index.directory().person(name) !== undefined) return true;
  return !("reason" in candidate) && catalogueEntry(catalogue, candidate) !== undefined;
}

/** One person under one key, whatever each source calls them, where a directory knows them by exactly that name. */
function inDirectory(index: EstateIndex, candidate: Candidate): Candidate {
  const directory = index.directory();
  const names = [candidate.shown, candidate.key];
  const person = names.map((name) => directory.person(name)).find((found) => found !== undefined);
  if (person !== undefined) {
    const short = person.id.includes("@") ? person.id.slice(0, person.id.indexOf("@")) : person.id;
    return {
      ...candidate,
      kind: "person",
      // Two people of one short name in two domains stay two.
      key: directory.person(short) === person ? short : person.id,
      aliases: [person.id, ...person.aliases],
    };
  }
  const team = names.map((name) => directory.team(name)).find((found) => found !== undefined);
  if (team === undefined) return candidate;
  return { ...candidate, kind: "team", key: team.id, aliases: [team.id, ...team.aliases] };
}

/** A sign-in name and the person of the catalogue who signs in with it are one candidate, by the name of the catalogue. */
function inCatalogue(catalogue: Catalogue | undefined, candidate: Candidate): Candidate {
  const entry = catalogueEntry(catalogue, candidate);
  if (entry === undefined) return candidate;
  return {
    key: entry.id.toLowerCase(),
    shown: entry.id,
    kind: entry.team ? "team" : "person",
    aliases: [...new Set([...(candidate.aliases ?? []), candidate.key, candidate.shown.toLowerCase()])],
  };
}

interface Known {
  readonly validity: number;
  readonly gone?: string;
  readonly entry?: RankedCandidate["known"];
}

/** `v` of the formula: what the catalogue or the estate knows about whoever is named. */
function knownAs(context: InferenceContext, candidate: Candidate, sightings: readonly Sighting[]): Known {
  const entry = catalogueEntry(context.catalogue, candidate);
  if (entry !== undefined) {
    const holder = context.resolve(entry.id);
    const known = { id: entry.id, people: holder.people, team: entry.team };
    if (holder.departed !== undefined) return { validity: 0, gone: `${entry.id} has left` };
    if (entry.team && holder.people.length === 0) return { validity: 0.3, entry: known };
    return { validity: 1, entry: known };
  }
  const directory = context.index.directory();
  const names = [...(candidate.aliases ?? []), candidate.shown];
  const person = names.map((name) => directory.person(name)).find((found) => found !== undefined);
  if (person !== undefined && directory.hasLeft(person, context.now))
    return { validity: 0, gone: `${person.id} has left (${person.origin.source.path})` };
  const team = person === undefined ? names.flatMap((name) => directory.team(name) ?? [])[0] : undefined;
  if (team !== undefined && directory.activeMembers(team, context.now)?.length === 0)
    return { validity: 0.3 };
  // A user that acted and is gone from a complete list of identities has been removed.
  const { estate } = context.index;
  const gone = sightings.find(
    ({ principal }) =>
      principal !== undefined &&
      /:user\//.test(principal) &&
      estate.principal(principal) === undefined &&
      estate.covers("iam", `aws:${principal.split(":")[4] ?? ""}`),
  );
  return gone === undefined ? { validity: 1 } : { validity: 0, gone: "the user no longer exists" };
}

function catalogueEntry(
  catalogue: Catalogue | undefined,
  { key, shown, aliases = [] }: Candidate,
): { readonly id: string; readonly team: boolean } | undefined {
  const text = shown.toLowerCase();
  const names = [key, ...aliases];
  const person = catalogue?.people.find(
    ({ id, name, principals }) =>
      names.includes(id.toLowerCase()) ||
      name.toLowerCase() === text ||
      principals.some((pattern) =>
        [text, ...aliases].some((session) => pattern.toLowerCase().endsWith(`#${session}`)),
      ),
  );
  if (person !== undefined) return { id: person.id, team: false };
  const team = catalogue?.teams.find(({ id }) => names.includes(id.toLowerCase()));
  return team === undefined ? undefined : { id: team.id, team: true };
}

/** A name inside the name of the account or resource supports a candidate that other evidence gives; it makes none. */
function namingSightings(
  { index }: InferenceContext,
  about: OwnershipScope,
  { key, shown }: Candidate,
): readonly Sighting[] {
  if (key.length < 4) return [];
  const things = [
    ...about.accounts.flatMap((id) => index.estate.account(accountId(id)) ?? []),
    ...about.resources.flatMap((id) => index.estate.resource(resourceId(id)) ?? []),
  ];
  const named = things.find(({ name }) => name?.toLowerCase().includes(key) === true);
  if (named === undefined) return [];
  return [
    {
      kind: "naming",
      raw: shown,
      source: `the name ${named.name ?? ""}`,
      directness: 0.4,
      evidence: evidenceAt(named.origin, named.name ?? ""),
    },
  ];
}

function weigh(
  sightings: readonly Sighting[],
  column: Column,
  validity: number,
  now: string,
): readonly WeighedEvidence[] {
  const weighed = sightings
    .map((sighting) => ({
      sighting,
      class: evidenceKinds[sighting.kind].class,
      ...evidenceWeight(sighting, column, validity, now),
    }))
    .sort(
      (a, b) =>
        b.weight - a.weight ||
        (a.sighting.source < b.sighting.source ? -1 : a.sighting.source > b.sighting.source ? 1 : 0),
    );
  const spoken = new Set<IndependenceClass>();
  return weighed.map((item) => {
    const counted = item.weight > 0 && !spoken.has(item.class);
    if (counted) spoken.add(item.class);
    return { ...item, counted };
  });
}

const combine = (evidence: readonly WeighedEvidence[]): number =>
  1 - evidence.filter((item) => item.counted).reduce((rest, item) => rest * (1 - item.weight), 1);

const wordsOf: Readonly<Record<IndependenceClass, string>> = {
  declared: "a tag `owner` on the resource",
  code: "CODEOWNERS and the code that defines it",
  usage: "audit log (CloudTrail) of the last 90 days",
  org: "",
  authority: "the account's identities and policies",
};

/** Classes that this role reads and that say nothing yet for the best candidate. */
function raiseBy(column: Column, best: RankedCandidate | undefined): readonly string[] {
  const present = new Set(best?.evidence.filter((item) => item.counted).map((item) => item.class));
  return [
    "a line in the catalogue",
    ...readableBy(column)
      .filter((item) => !present.has(item))
      .map((item) => wordsOf[item]),
  ];
}

/** Classes of evidence that say anything of the roles of a column. */
function readableBy(column: Column) {
  let found = readable.get(column);
  if (found === undefined) {
    const classes = new Set(
      Object.values(evidenceKinds).flatMap((kind) =>
        kind.columns[column] === undefined ? [] : [kind.class],
      ),
    );
    found = asked.filter((item) => classes.has(item));
    readable.set(column, found);
  }
  return found;
}

const asked = ["declared", "code", "usage", "authority"] as const;
const readable = new Map<Column, readonly (typeof asked)[number][]>();

function uniqueRejections(items: readonly Rejected[]): readonly Rejected[] {
  return [...new Map(items.map((item) => [`${item.candidate}|${item.reason}`, item])).values()];
}

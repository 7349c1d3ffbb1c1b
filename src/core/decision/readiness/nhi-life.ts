import { indexPatterns, type Catalogue, type WorkloadIdentityEntry } from "../../accountability/index.js";
import {
  evidenceAt,
  principalId,
  type AuditEvent,
  type Credential,
  type Estate,
  type Principal,
  type PrincipalId,
} from "../../estate/index.js";
import { nameOf } from "../names.js";
import { compareText } from "../sorting.js";
import { lifeStages, type IdentityLife, type LifeStep } from "./life.js";
import type { ReadinessGap } from "./readiness.js";

/** Identities listed; how many more there are is said. */
const mostIdentities = 20_000;

export interface IdentityLives {
  /** Least far in life first, then by id. */
  readonly identities: readonly IdentityLife[];
  readonly moreIdentities: number;
  /** Said to be offboarded, and still there. */
  readonly gaps: readonly ReadinessGap[];
}

/**
 * The life of every identity that is nobody's person (R53): created, in use, rotated, reviewed, offboarded, each with
 * what proves it. What no document tells is no step: a key without a date of creation was not created "today".
 */
export function identityLives(estate: Estate, catalogue: Catalogue | undefined, now: string): IdentityLives {
  const world = worldOf(estate, catalogue, now);
  const ids = new Set<PrincipalId>();
  for (const principal of estate.principals) if (isWorkloads(principal, world)) ids.add(principal.id);
  // Whoever is gone lives on in what is left: its keys, the log of its deletion, its line of the catalogue.
  for (const { holder, kind } of estate.credentials)
    if (estate.principal(holder) === undefined && kind !== "password") ids.add(holder);
  // A deleted user may have been a person: only whom the catalogue names as a workload's identity is told.
  for (const id of world.deleted.keys())
    if (estate.principal(id) === undefined && world.entriesOf(id).length > 0) ids.add(id);
  for (const { principal } of catalogue?.workloadIdentities ?? [])
    if (!/[*?]/.test(principal)) ids.add(principalId(principal));
  const gaps: ReadinessGap[] = [];
  const lives = [...ids]
    .map((id) => lifeOf(id, world, (gap) => gaps.push(gap)))
    .sort((a, b) => rank(a) - rank(b) || compareText(a.identity, b.identity));
  return {
    identities: lives.slice(0, mostIdentities),
    moreIdentities: Math.max(0, lives.length - mostIdentities),
    gaps,
  };
}

const rank = ({ state }: IdentityLife): number => (state === "unknown" ? -1 : lifeStages.indexOf(state));

interface World {
  readonly estate: Estate;
  readonly now: string;
  readonly entriesOf: (id: string) => readonly WorkloadIdentityEntry[];
  /** Of the workload that runs as it, where its own line names nobody. */
  readonly workloadOwnerOf: (id: string) => string | undefined;
  readonly isPerson: (id: string) => boolean;
  readonly runs: ReadonlySet<string>;
  readonly deleted: ReadonlyMap<PrincipalId, AuditEvent>;
  readonly lastCall: ReadonlyMap<string, AuditEvent>;
}

function worldOf(estate: Estate, catalogue: Catalogue | undefined, now: string): World {
  const entries = catalogue?.workloadIdentities ?? [];
  const index = indexPatterns(entries.map(({ principal }, at) => [principal, at] as const));
  const people = indexPatterns(
    (catalogue?.people ?? []).flatMap(({ principals }, at) =>
      principals.map((pattern) => [pattern, at] as const),
    ),
  );
  const workloads = catalogue?.workloads ?? [];
  const running = indexPatterns(
    workloads.flatMap(({ match }, at) => match.principals.map((pattern) => [pattern, at] as const)),
  );
  const deleted = new Map<PrincipalId, AuditEvent>();
  const lastCall = new Map<string, AuditEvent>();
  for (const event of estate.events) {
    if (event.error !== undefined || event.at > now) continue;
    const { actor } = event;
    if (actor !== undefined && (lastCall.get(actor)?.at ?? "") < event.at) lastCall.set(actor, event);
    if (!deletes.test(event.action)) continue;
    for (const target of event.targets)
      if (isIdentity.test(target) && (deleted.get(principalId(target))?.at ?? "") < event.at)
        deleted.set(principalId(target), event);
  }
  return {
    estate,
    now,
    entriesOf: (id) =>
      [...new Set(index.matching(id))].sort((a, b) => a - b).flatMap((at) => entries[at] ?? []),
    workloadOwnerOf: (id) =>
      [...new Set(running.matching(id))]
        .sort((a, b) => a - b)
        .flatMap((at) => workloads[at]?.workloadIdentity ?? [])[0],
    isPerson: (id) => people.matching(id).length > 0,
    runs: new Set<string>([
      ...estate.workloads.flatMap(({ runsAs }) => runsAs),
      ...estate.resources.flatMap(({ runsAs }) => runsAs ?? []),
      ...estate.pipelines.flatMap(({ runsAs }) => runsAs ?? []),
      ...estate.links.flatMap(({ kind, to }) => (kind === "pipeline-role" ? [to] : [])),
    ]),
    deleted,
    lastCall,
  };
}

/** `iam:DeleteUser`, `iam:DeleteRole`, `iam:DeleteServiceAccount`. */
const deletes = /:Delete(User|Role|ServiceAccount|ServicePrincipal|Application)$/i;
const isIdentity = /:(user|role)\/|serviceaccount|application|service-principal/i;

/** R12: what works without a person: apps, service accounts, users that only keys sign in as, roles that code runs as. */
function isWorkloads(principal: Principal, world: World): boolean {
  const { id, kind } = principal;
  if (kind === "service-account" || kind === "managed-identity" || kind === "application") return true;
  if (kind !== "user" && kind !== "role") return false;
  if (principal.immutable !== undefined) return false;
  if (world.entriesOf(id).length > 0 || world.runs.has(id)) return true;
  if (kind === "user")
    return (
      principal.console?.password !== true &&
      !world.isPerson(id) &&
      world.estate.credentialsOf(id).some((credential) => credential.kind !== "password")
    );
  return (
    principal.instanceProfiles.length > 0 ||
    principal.trustPolicy?.document.statements.some(
      ({ effect, principal: who }) =>
        effect === "Allow" &&
        who !== undefined &&
        (who.service.length > 0 || who.federated.some((provider) => !provider.includes(":saml-provider/"))),
    ) === true
  );
}

function lifeOf(id: PrincipalId, world: World, found: (gap: ReadinessGap) => void): IdentityLife {
  const { estate } = world;
  const principal = estate.principal(id);
  const credentials = estate.credentialsOf(id).filter(({ kind }) => kind !== "password");
  const [entry] = world.entriesOf(id);
  const active = credentials.filter(({ status }) => status === "active");
  const steps = [
    created(principal, credentials),
    used(id, principal, credentials, world),
    rotated(principal, credentials),
    reviewed(entry, world.now),
    offboarded(id, principal, credentials, entry, world),
  ].filter((step) => step !== undefined);
  const end = steps.find(({ stage }) => stage === "offboarded");
  // Who is said to be gone and still holds a way in has not gone (R54).
  const still =
    active.length > 0
      ? `its ${(active[0]?.kind ?? "").replaceAll("-", " ")} is still active`
      : principal === undefined
        ? undefined
        : "it still exists";
  if (end !== undefined && still !== undefined)
    found({
      kind: "orphaned",
      scope: id,
      text: `${nameOf(id)}: ${end.text}, and ${still}`,
      fix: "delete the identity and what it signs in with, or take `offboardedAt` out of its line of the catalogue",
      evidence: end.evidence,
      rows: ["R53", "R54"],
    });
  const proven = end !== undefined && still !== undefined ? steps.filter((step) => step !== end) : steps;
  const owner = entry?.owner ?? world.workloadOwnerOf(id);
  return {
    identity: id,
    name: nameOf(id),
    kind: principal?.kind ?? "unknown",
    ...(principal?.account === undefined ? {} : { account: principal.account }),
    ...(owner === undefined ? {} : { owner }),
    state: proven.at(-1)?.stage ?? "unknown",
    steps: proven,
    open: lifeStages.filter(
      (stage) =>
        !proven.some((step) => step.stage === stage) &&
        // Sessions only: there is no standing secret that could be rotated.
        !(stage === "rotated" && principal !== undefined && credentials.length === 0),
    ),
  };
}

const latest = (dates: readonly (string | undefined)[]): string | undefined =>
  dates
    .filter((date) => date !== undefined)
    .sort()
    .at(-1);
const day = (at: string): string => at.slice(0, 10);

function created(principal: Principal | undefined, credentials: readonly Credential[]): LifeStep | undefined {
  const first = [...credentials].sort((a, b) => compareText(a.createdAt ?? "~", b.createdAt ?? "~"))[0];
  const at = principal?.createdAt ?? (principal === undefined ? first?.createdAt : undefined);
  const origin = principal?.origin ?? first?.origin;
  if (origin === undefined) return undefined;
  const text = at === undefined ? "it exists; since when is not on record" : `created ${day(at)}`;
  return { stage: "created", ...(at === undefined ? {} : { at }), text, evidence: evidenceAt(origin, text) };
}

function used(
  id: PrincipalId,
  principal: Principal | undefined,
  credentials: readonly Credential[],
  { lastCall }: World,
): LifeStep | undefined {
  const call = lastCall.get(id);
  const at = latest([principal?.lastUsedAt, ...credentials.map(({ lastUsedAt }) => lastUsedAt), call?.at]);
  if (at === undefined) return undefined;
  const origin =
    call?.at === at
      ? call.origin
      : (credentials.find(({ lastUsedAt }) => lastUsedAt === at)?.origin ?? principal?.origin);
  if (origin === undefined) return undefined;
  const text = `last used ${day(at)}`;
  return { stage: "in-use", at, text, evidence: evidenceAt(origin, text) };
}

/** Rotated: a newer secret stands where an older one is off, or a machine does it. */
function rotated(principal: Principal | undefined, credentials: readonly Credential[]): LifeStep | undefined {
  const fresh = credentials
    .filter(({ status, createdAt }) => status === "active" && createdAt !== undefined)
    .filter(({ kind, createdAt, id }) =>
      credentials.some(
        (old) =>
          old.id !== id &&
          old.kind === kind &&
          old.createdAt !== undefined &&
          old.createdAt < (createdAt ?? "") &&
          (old.status === "inactive" || old.status === "expired" || old.status === "deleted"),
      ),
    )
    .sort((a, b) => compareText(b.createdAt ?? "", a.createdAt ?? ""))[0];
  if (fresh?.createdAt !== undefined) {
    const text = `rotated ${day(fresh.createdAt)}: the one before is off`;
    return { stage: "rotated", at: fresh.createdAt, text, evidence: evidenceAt(fresh.origin, text) };
  }
  const machine = credentials.filter(({ status }) => status === "active");
  const [first] = machine;
  if (first === undefined || principal === undefined) return undefined;
  if (!machine.every(({ autoRotated }) => autoRotated === true)) return undefined;
  const text = "rotated by a machine, on a schedule";
  return { stage: "rotated", text, evidence: evidenceAt(first.origin, text) };
}

/** A review is a person's word: it stands in the catalogue, with who gave it. A day to come has reviewed nothing. */
function reviewed(entry: WorkloadIdentityEntry | undefined, now: string): LifeStep | undefined {
  if (entry?.reviewedAt === undefined || !isPast(entry.reviewedAt, now)) return undefined;
  const text = `reviewed ${day(entry.reviewedAt)}${entry.reviewedBy === undefined ? "" : ` by ${entry.reviewedBy}`}`;
  return { stage: "reviewed", at: entry.reviewedAt, text, evidence: evidenceAt(entry.origin, text) };
}

function offboarded(
  id: PrincipalId,
  principal: Principal | undefined,
  credentials: readonly Credential[],
  entry: WorkloadIdentityEntry | undefined,
  { deleted, estate, now }: World,
): LifeStep | undefined {
  const said = entry?.offboardedAt;
  if (entry !== undefined && said !== undefined && isPast(said, now)) {
    const text = `offboarded ${day(said)}`;
    return { stage: "offboarded", at: said, text, evidence: evidenceAt(entry.origin, text) };
  }
  if (principal !== undefined) return undefined;
  const event = deleted.get(id);
  if (event !== undefined) {
    const text = `deleted ${day(event.at)}${event.person === undefined ? "" : ` by ${event.person}`}`;
    return { stage: "offboarded", at: event.at, text, evidence: evidenceAt(event.origin, text) };
  }
  const [last] = credentials;
  const off = credentials.every(({ status }) => status === "deleted" || status === "expired");
  if (last === undefined || !off || !estate.covers("iam", `aws:${id.split(":")[4] ?? ""}`)) return undefined;
  const text = "no such identity any more, and nothing of it is active";
  return { stage: "offboarded", text, evidence: evidenceAt(last.origin, text) };
}

/** The day itself counts: what is dated today has happened. */
const isPast = (at: string, now: string): boolean =>
  at.slice(0, 10) <= now.slice(0, 10) && !Number.isNaN(Date.parse(at));

import type { Evidence, PrincipalId } from "../estate/index.js";
import type { Role } from "./role.js";

/** What two sightings share that makes them one: two tags count once (ownership.md 6b). */
export type IndependenceClass = "declared" | "code" | "usage" | "org" | "authority";

export type SightingKind =
  | "registry"
  | "tag"
  | "creator-tag"
  | "code-owners"
  | "workflow-owners"
  | "folder-owner"
  | "sole-consumer"
  | "creator"
  | "changer"
  | "committer"
  | "permission"
  | "on-call"
  | "namespace"
  | "naming";

/** One place that names somebody. */
export interface Sighting {
  readonly kind: SightingKind;
  /** The name as the source wrote it. */
  readonly raw: string;
  /** In words: `tag Owner`, `CODEOWNERS of infra/main.tf`, `created it (audit log)`. */
  readonly source: string;
  /** ISO 8601; from here the evidence ages. Absent: not known, and not aged. */
  readonly observedAt?: string;
  /** 1 stands on the thing itself, 0.6 inherited from something near, 0.4 by name match. */
  readonly directness: 1 | 0.6 | 0.4;
  /** Known to be a person whatever the name looks like. */
  readonly person?: boolean;
  /** What the person acted as: with it can be asked whether they can. */
  readonly principal?: PrincipalId;
  readonly evidence: Evidence;
}

export interface Rejected {
  readonly candidate: string;
  readonly reason: string;
}

/** The kinds of question that read different evidence: one resolution per role, not per resource. */
export type Column = "build" | "runtime" | "platform" | "identity" | "workload-identity" | "revoker";

interface Kind {
  readonly weight: number;
  readonly halfLifeDays?: number;
  readonly class: IndependenceClass;
  /** 1 where the table has a full circle, 0.6 (as if inherited) for a half one; absent: not read. */
  readonly columns: Partial<Record<Column, 1 | 0.6>>;
}

/**
 * Base weights and half-lives of ownership.md 6b. The columns `platform` (PLATFORM, CLOUD_OPS) and `identity`
 * (IDGOV) are our own reading: tags and code owners of a bucket say whose workload it is, not who runs the platform
 * or governs its identities.
 */
export const evidenceKinds: Readonly<Record<SightingKind, Kind>> = {
  registry: {
    weight: 0.85,
    halfLifeDays: 365,
    class: "declared",
    columns: { build: 1, runtime: 1, "workload-identity": 1 },
  },
  tag: {
    weight: 0.75,
    halfLifeDays: 365,
    class: "declared",
    columns: { build: 1, runtime: 1, "workload-identity": 1 },
  },
  "creator-tag": {
    weight: 0.45,
    halfLifeDays: 180,
    class: "declared",
    columns: { build: 0.6, runtime: 0.6, "workload-identity": 1 },
  },
  "code-owners": {
    weight: 0.7,
    class: "code",
    columns: { build: 1, runtime: 0.6, "workload-identity": 1, identity: 1 },
  },
  "workflow-owners": { weight: 0.7, class: "code", columns: { build: 0.6, "workload-identity": 1 } },
  // Of a project, folder or account that the thing lies in.
  "folder-owner": {
    weight: 0.5,
    halfLifeDays: 365,
    class: "org",
    columns: { runtime: 1, "workload-identity": 0.6 },
  },
  "sole-consumer": {
    weight: 0.55,
    halfLifeDays: 30,
    class: "usage",
    columns: { runtime: 0.6, "workload-identity": 1 },
  },
  creator: {
    weight: 0.45,
    halfLifeDays: 180,
    class: "usage",
    columns: { build: 0.6, runtime: 0.6, platform: 0.6, "workload-identity": 1, identity: 0.6, revoker: 0.6 },
  },
  // Whoever changed it last, as a recent committer does to code.
  changer: {
    weight: 0.4,
    halfLifeDays: 90,
    class: "usage",
    columns: { build: 0.6, runtime: 1, platform: 1, "workload-identity": 0.6, identity: 1, revoker: 1 },
  },
  committer: {
    weight: 0.4,
    halfLifeDays: 90,
    class: "code",
    columns: { build: 1, "workload-identity": 0.6 },
  },
  "on-call": {
    weight: 0.6,
    class: "org",
    columns: { runtime: 1, "workload-identity": 0.6, revoker: 0.6 },
  },
  namespace: {
    weight: 0.5,
    halfLifeDays: 365,
    class: "org",
    columns: { runtime: 1, "workload-identity": 0.6 },
  },
  permission: { weight: 0.5, class: "authority", columns: { revoker: 1 } },
  naming: {
    weight: 0.2,
    class: "org",
    columns: { build: 0.6, runtime: 0.6, platform: 0.6, "workload-identity": 0.6, identity: 0.6 },
  },
};

/** Roles that evidence can point to. The others are appointments: nobody is ever guessed for them. */
export const columnOf: Partial<Record<Role, Column>> = {
  APP: "build",
  BUILD_OWNER: "build",
  RUNTIME_OWNER: "runtime",
  PLATFORM: "platform",
  CLOUD_OPS: "platform",
  IDGOV: "identity",
  WLID: "workload-identity",
  REVOKER: "revoker",
};

/**
 * `e = w · 0.5^(age / half-life) · v · b` (ownership.md 6b). `v`: 1 active or not known to be otherwise, 0.3 a team
 * without anybody, 0 departed. `b`: directness, at most that of the role's column.
 */
export function evidenceWeight(
  sighting: Sighting,
  column: Column,
  validity: number,
  now: string,
): { readonly weight: number; readonly ageDays?: number } {
  const kind = evidenceKinds[sighting.kind];
  const fit = kind.columns[column];
  if (fit === undefined) return { weight: 0 };
  const age = ageOf(sighting.observedAt, now);
  const decay = age === undefined || kind.halfLifeDays === undefined ? 1 : 0.5 ** (age / kind.halfLifeDays);
  return {
    weight: kind.weight * decay * validity * Math.min(fit, sighting.directness),
    ...(age === undefined ? {} : { ageDays: age }),
  };
}

function ageOf(observedAt: string | undefined, now: string): number | undefined {
  if (observedAt === undefined) return undefined;
  const days = (Date.parse(now) - Date.parse(observedAt)) / 86_400_000;
  return Number.isFinite(days) ? Math.max(0, days) : undefined;
}

import {
  accountId,
  createEstate,
  emptyFacts,
  principalId,
  type Estate,
  type EstateFacts,
  type Evidence,
  type Principal,
} from "../../src/core/estate/index.js";
import {
  buildActionDictionary,
  type Become,
  type Hop,
  type HopCause,
  type Path,
  type Recreation,
} from "../../src/core/access/index.js";
import {
  emptyCatalogue,
  type Catalogue,
  type OwnerFinder,
  type Role,
} from "../../src/core/accountability/index.js";
import type { CaseExposure, CaseInput, DecisionContext } from "../../src/core/decision/index.js";

/** Cases put together from plain facts, so that one rule at a time can be looked at. */
export const origin = { source: { path: "estate.yaml", digest: "e".repeat(64), kind: "native-estate" } };
export const now = "2026-11-22T12:00:00Z";
export const home = accountId("aws:111111111111");
export const roleArn = (name: string): string => `arn:aws:iam::111111111111:role/${name}`;
export const bucket = "arn:aws:s3:::acme-exports";

let counter = 0;
export const evidence = (text: string): Evidence => ({
  document: "estate.yaml",
  digest: "e".repeat(64),
  pointer: `/facts/${text}`,
  excerpt: text,
});

export const hop = (cause: HopCause, from = `${cause}-from`, more: Partial<Hop> = {}): Hop => ({
  from,
  to: `${cause}-to`,
  via: cause === "grant" ? "may s3:PutBucketPolicy" : `by ${cause}`,
  ...(cause === "grant" ? { action: "s3:PutBucketPolicy" } : {}),
  evidence: [evidence(`${cause}|${from}`)],
  cause,
  ...more,
});

export function path(hops: readonly Hop[], more: Partial<Path> = {}): Path {
  counter += 1;
  return {
    kind: "standing-credential",
    leg: "restore",
    band: 2,
    certainty: "certain",
    governed: (more.band ?? 2) >= 3,
    verdict: true,
    hops,
    recurrenceHop: Math.max(0, hops.length - 1),
    route: `route-${String(counter)}`,
    because: "static key of svc-etl",
    missing: [],
    starter: hops[0]?.from ?? "nobody",
    actor: hops.at(-1)?.from ?? "nobody",
    control: { kind: "grant", id: "statement-1", label: "svc-etl: s3:PutBucketPolicy" },
    ...more,
  };
}

export function recreation(more: Partial<Recreation> = {}): Recreation {
  const paths = more.paths ?? [];
  const counted = paths.some((item) => item.band <= 2 && item.verdict === true && !item.governed);
  return {
    verdict: counted ? "possible" : "none",
    basis: [],
    paths,
    morePaths: 0,
    missing: [],
    wouldDecide: [],
    sharedCauses: [],
    floor: [],
    stopped: [],
    checked: [],
    elsewhere: [],
    formula: "test",
    derived: false,
    ...more,
  };
}

export const exposure = (more: Partial<CaseExposure> = {}): CaseExposure => ({
  id: "x1",
  resource: bucket,
  resourceName: "acme-exports",
  resourceKind: "s3:bucket",
  account: home,
  weakness: "s3.public",
  weaknessTitle: "public access",
  class: "public-exposure",
  severity: "high",
  state: "open",
  findings: [],
  ...more,
});

export interface CaseText {
  readonly exposure?: Partial<CaseExposure>;
  readonly kind?: CaseInput["kind"];
  readonly paths?: readonly Path[];
  readonly recreation?: Partial<Recreation>;
  readonly estate?: Partial<EstateFacts>;
  readonly catalogue?: Partial<Catalogue> | "none";
  /** Rights to manage permissions, by identity. */
  readonly privileges?: Readonly<Record<string, readonly string[]>>;
  /** Accounts' identities that one becomes. */
  readonly becomes?: Readonly<Record<string, readonly string[]>>;
  /** Roles that nobody holds. */
  readonly without?: readonly Role[];
  readonly sharedCause?: CaseInput["sharedCause"];
}

export function caseInput(text: CaseText): CaseInput {
  const own = exposure(text.exposure);
  const paths = text.paths ?? [];
  return {
    kind: text.kind ?? "posture",
    weakness: own.weakness,
    weaknessClass: own.class,
    weaknessTitle: own.weaknessTitle,
    exposures: [own],
    recreations: [recreation({ paths, ...text.recreation })],
    paths,
    controlPoint: paths[0]?.control,
    ...(text.sharedCause === undefined ? {} : { sharedCause: text.sharedCause }),
  };
}

export function context(text: CaseText): DecisionContext {
  const estate = createEstate({ ...emptyFacts, ...text.estate });
  return {
    estate,
    catalogue: text.catalogue === "none" ? undefined : { ...emptyCatalogue, ...text.catalogue },
    become: become(estate, text),
    owners: owners(text.without ?? []),
    now,
    actions,
  };
}

/** Access levels as AWS publishes them, for the actions that these tests use. */
const actions = buildActionDictionary({
  version: "test",
  updated: "2026-09-26",
  rcpServices: [],
  services: { s3: { actions: "GetObject,r PutBucketPolicy,p PutBucketTagging,t" } },
});

function become(estate: Estate, text: CaseText): Become {
  const none = { has: () => false, size: 0, [Symbol.iterator]: () => [][Symbol.iterator]() };
  const unused = (): never => {
    throw new Error("not asked in these tests");
  };
  return {
    engine: {
      estate,
      indexOf: () => undefined,
      targetsOf: () => [],
    } as unknown as Become["engine"],
    entriesOf: () => [],
    edgesFrom: () => [],
    confined: () => false,
    closure: unused,
    reach: (id) => ({
      principal: id,
      becomes: (text.becomes?.[id] ?? []).map((other) => ({
        principal: principalId(other),
        edges: [],
        verdict: true,
        certainty: "certain",
      })),
      administers: [],
    }),
    administrators: () =>
      ({ allowed: none, unknown: none }) as unknown as ReturnType<Become["administrators"]>,
    privileges: (id) =>
      (text.privileges?.[id] ?? []).map((action) => ({ action, evidence: evidence(`${id}|rights`) })),
  };
}

const owners = (without: readonly Role[]): OwnerFinder => ({
  exists: (role) => !without.includes(role),
  owners: (role) =>
    without.includes(role)
      ? {
          answerables: [],
          gap: `nobody is named as ${role}`,
          problems: [{ kind: "no-owner", text: `nobody is named as ${role}` }],
        }
      : {
          problems: [],
          answerables: [
            {
              role,
              person: `${role.toLowerCase()}-person`,
              via: "catalogue",
              confidence: 1,
              inferred: false,
              evidence: [],
              authority: { verdict: "unknown", proof: [] },
            },
          ],
        },
});

export const principal = (id: string, more: Partial<Principal> = {}): Principal => ({
  id: principalId(id),
  kind: "role",
  provider: "aws",
  account: home,
  name: id.slice(id.lastIndexOf("/") + 1),
  tags: {},
  inline: [],
  attached: [],
  groups: [],
  instanceProfiles: [],
  origin,
  ...more,
});

/** A workload of the catalogue that is the exposed bucket's. */
export const workload = (
  facts: Partial<Catalogue["workloads"][number]["facts"]> = {},
): Catalogue["workloads"][number] => ({
  id: "etl",
  match: { resources: [`${bucket}*`], principals: [], repositories: [] },
  facts: { customerFacing: false, privileged: "unknown", agentic: "unknown", ...facts },
  planes: {},
  origin,
});

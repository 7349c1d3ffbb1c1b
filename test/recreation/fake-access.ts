import {
  accountOfArn,
  createEstate,
  emptyFacts,
  principalId,
  type AccountId,
  type CoverageFact,
  type Estate,
  type EstateFacts,
  type Evidence,
  type MissingFact,
  type Principal,
  type PrincipalId,
} from "../../src/core/estate/index.js";
import { membersOf } from "../../src/core/access/recreate/members.js";
import type {
  AccessEngine,
  AccessPolicy,
  Become,
  BecomeEdge,
  Closure,
  Entry,
} from "../../src/core/access/index.js";
import { globMatches } from "../../src/core/access/glob.js";

/** A right of one identity; `unknown` with the fact that is missing. */
export interface Right {
  readonly who: string;
  readonly action: string;
  readonly on: string;
  readonly unknown?: MissingFact;
}

export interface FakeWorld {
  readonly facts?: Partial<EstateFacts>;
  readonly rights: readonly Right[];
  readonly entries?: readonly (Omit<Partial<Entry>, "principal"> & { readonly principal: string })[];
  readonly edges?: readonly (Omit<Partial<BecomeEdge>, "from" | "to"> & {
    readonly from: string;
    readonly to: string;
  })[];
  readonly admins?: readonly string[];
  /** What any envelope says; false: SCPs or denies refuse whatever an identity gives itself. */
  readonly envelope?: boolean;
}

export const account = "aws:222222222222" as AccountId;
export const source = { path: "estate.json", digest: "d".repeat(64), kind: "test" };
export const origin = { source, pointer: "/test" };
export const role = (name: string): PrincipalId => principalId(`arn:aws:iam::222222222222:role/${name}`);

export function principal(id: string, kind: Principal["kind"] = "role"): Principal {
  return {
    id: principalId(id),
    kind,
    provider: "aws",
    ...(accountOfArn(id) === undefined ? {} : { account: accountOfArn(id)! }),
    name: id.slice(id.lastIndexOf("/") + 1),
    tags: {},
    inline: [],
    attached: [],
    groups: [],
    instanceProfiles: [],
    origin,
  };
}

export const policy: AccessPolicy = {
  now: "2026-11-22T00:00:00Z",
  sanctions: [],
  sharedCause: 0.6,
  jitMaxHours: 12,
  maxRoutes: 50,
};

/** The interfaces of the engine and of becoming over plain tables: what a formula does with rights, and nothing else. */
export function fakeBecome(world: FakeWorld): Become {
  const ids = new Set<string>([
    ...world.rights.map((item) => item.who),
    ...(world.edges ?? []).flatMap((item) => [item.from, item.to]),
    ...(world.entries ?? []).map((item) => item.principal),
  ]);
  const actors = [...ids].sort().map(principalId);
  const estate = createEstate({
    ...emptyFacts,
    accounts: [{ id: account, provider: "aws", name: "prod", organization: "none", origin }],
    principals: actors.filter((id) => id.startsWith("arn:")).map((id) => principal(id)),
    coverage: (
      [
        "iam",
        "organization",
        "scp",
        "rcp",
        "org-s3-policy",
        "declarative-policies",
        "access-keys",
        "console",
        "root-credentials",
      ] as const
    )
      .map((topic): CoverageFact => ({ topic, scope: account, origin }))
      .concat({ topic: "inventory", scope: `${account}/s3:access-point`, origin }),
    ...world.facts,
  });
  const engine = fakeEngine(estate, actors, world.rights, world.envelope ?? true);
  const index = (id: string): number => actors.indexOf(principalId(id));
  const edges = (world.edges ?? []).map((item): BecomeEdge => ({
    via: "assume-role",
    actions: ["sts:AssumeRole"],
    certainty: "certain",
    verdict: true,
    missing: [],
    evidence: [evidence(`${item.from} to ${item.to}`)],
    mutates: false,
    ...item,
    from: principalId(item.from),
    to: principalId(item.to),
  }));
  return {
    engine,
    entriesOf: (id) =>
      (world.entries ?? []).filter((item) => item.principal === id).map((item) => entry(item)),
    edgesFrom: (id) => edges.filter((item) => item.from === id),
    closure: (targets, stopAt) => fakeClosure(targets, edges, index, (at) => stopAt?.has(at) === true),
    reach: (id) => ({ principal: id, becomes: [], administers: [] }),
    administrators: (of) => ({
      allowed: membersOf(of === account ? (world.admins ?? []).map(index) : []),
      unknown: membersOf([]),
    }),
    confined: () => false,
    privileges: () => [],
  };
}

export const evidence = (excerpt: string): Evidence => ({
  document: source.path,
  digest: source.digest,
  pointer: "/x",
  excerpt,
});

function entry(item: Omit<Partial<Entry>, "principal"> & { readonly principal: string }): Entry {
  return {
    kind: "standing-credential",
    band: 2,
    rawBand: item.band ?? 2,
    label: `static key of ${item.principal.slice(item.principal.lastIndexOf("/") + 1)}`,
    starter: `laptop of ${item.principal.slice(item.principal.lastIndexOf("/") + 1)}`,
    certainty: "certain",
    verdict: true,
    missing: [],
    evidence: [],
    ...item,
    principal: principalId(item.principal),
  };
}

function fakeEngine(
  estate: Estate,
  actors: readonly PrincipalId[],
  rights: readonly Right[],
  envelope: boolean,
): AccessEngine {
  const holds = (right: Right, action: string, resource: string): boolean =>
    globMatches(right.action, action) && globMatches(right.on, resource);
  const who = (action: string, resource: string, unknown: boolean) =>
    membersOf(
      rights
        .filter((right) => holds(right, action, resource) && (right.unknown !== undefined) === unknown)
        .map((right) => actors.indexOf(principalId(right.who))),
    );
  const engine: AccessEngine = {
    estate,
    actors,
    indexOf: (id) => (actors.includes(id) ? actors.indexOf(id) : undefined),
    whoCan: (action, resource) => ({
      allowed: who(action, resource, false),
      unknown: who(action, resource, true).minus(who(action, resource, false)),
    }),
    verdict: (id, action, resource) => engine.decide(id, action, resource).verdict,
    decide: (id, action, resource) => {
      const found = rights.filter((right) => right.who === id && holds(right, action, resource));
      const proven = found.some((right) => right.unknown === undefined);
      return {
        principal: id,
        action,
        resource,
        verdict: proven ? true : found.length > 0 ? "unknown" : false,
        grants: found.map((right) => evidence(`${right.action} on ${right.on}`)),
        residual: [],
        layers: [{ layer: "identity", text: "identity allows", verdict: true }],
        blocks: [],
        deniesChecked: 3,
        missing: found.flatMap((right) => right.unknown ?? []),
      };
    },
    nearMisses: () => [],
    holdersOnTargets: (action, targets) =>
      rights.flatMap((right) => {
        const target = targets.find((item) => holds(right, action, item));
        return target === undefined
          ? []
          : [
              {
                holder: actors.indexOf(principalId(right.who)),
                target,
                verdict: right.unknown === undefined ? (true as const) : ("unknown" as const),
              },
            ];
      }),
    targetsOf: () => [],
    envelope: () => ({ may: () => envelope }),
    newcomer: () => ({ may: () => false }),
    accountOf: (resource) => accountOfArn(resource) ?? estate.resource(resource as never)?.account,
    withOverlay: () => engine,
    stats: { statements: rights.length, distinctStatements: rights.length, documents: 1 },
  };
  return engine;
}

function fakeClosure(
  targets: readonly number[],
  edges: readonly BecomeEdge[],
  index: (id: string) => number,
  stops: (at: number) => boolean,
): Closure {
  const walks = new Map<number, readonly BecomeEdge[]>(targets.map((target) => [target, []]));
  for (let frontier = [...targets]; frontier.length > 0;) {
    const next: number[] = [];
    for (const at of frontier) {
      if (stops(at)) continue;
      for (const edge of edges) {
        const from = index(edge.from);
        if (index(edge.to) !== at || walks.has(from)) continue;
        walks.set(from, [edge, ...(walks.get(at) ?? [])]);
        next.push(from);
      }
    }
    frontier = next;
  }
  return {
    members: [...walks.keys()].sort((left, right) => left - right),
    walk: (member) => walks.get(member) ?? [],
    verdictOf: (member) =>
      (walks.get(member) ?? []).some((edge) => edge.verdict === "unknown") ? "unknown" : true,
  };
}

import type {
  AuditEvent,
  Credential,
  Estate,
  Incident,
  PrincipalId,
  StatedExposure,
  Workload,
} from "../estate/index.js";
import { credentialId, principalId, resourceId } from "../estate/index.js";
import type { Hop, Path } from "../access/index.js";
import type { OwnershipScope, ThirdParty, WorkloadEntry } from "../accountability/index.js";
import type { CaseInput, DecisionContext } from "./case-input.js";
import { compareText } from "./sorting.js";
import { isIdentityItself } from "./identity-exposure.js";
import { isCounted } from "./words.js";
import { globMatches } from "./glob-match.js";

/** A case with everything that facts and rules look up about it, gathered once. */
export interface CaseView {
  readonly input: CaseInput;
  readonly context: DecisionContext;
  /** Paths that count towards `possible`, worst first. */
  readonly counted: readonly Path[];
  /** Counted paths, or those that a missing fact would make count. */
  readonly candidates: readonly Path[];
  /** Identities of the estate on candidate paths, in path order. */
  readonly identities: readonly PrincipalId[];
  /** How the exposures are used before containment, over all answers. */
  readonly use: readonly Hop[];
  /** Identities that the exposure itself hands out: holder of an exposed secret, role of an exposed workload. */
  readonly exposedIdentities: readonly PrincipalId[];
  /** Secrets on the paths, and those that are the exposure. */
  readonly credentials: readonly Credential[];
  /** What the native estate document states of these exposures. */
  readonly stated: readonly StatedExposure[];
  readonly workloads: readonly Workload[];
  readonly catalogued: readonly WorkloadEntry[];
  readonly accounts: readonly string[];
  readonly incidents: readonly Incident[];
  readonly thirdParties: readonly ThirdParty[];
  /** Write events on the exposed resources, newest first, refused calls left out. */
  readonly events: readonly AuditEvent[];
  readonly scope: OwnershipScope;
}

export function viewCase(input: CaseInput, context: DecisionContext): CaseView {
  const { estate, catalogue } = context;
  const counted = input.paths.filter(isCounted);
  const candidates = input.paths.filter(
    (path) => !path.governed && path.colluding !== true && path.band <= 2,
  );
  const resources = input.exposures.map((exposure) => exposure.resource);
  const identities = identitiesOf(candidates, estate);
  const use = input.recreations.flatMap((answer) => answer.exposurePath ?? []);
  const accounts = unique([
    ...input.exposures.flatMap((exposure) => (exposure.account === undefined ? [] : [exposure.account])),
    ...identities.flatMap((id) => estate.principal(id)?.account ?? []),
  ]);
  const workloads = estate.workloads.filter(
    (workload) =>
      resources.some(
        (id) => id === `workload:${workload.id}` || workload.resources.some((own) => own === id),
      ) ||
      workload.runsAs.some((id) => identities.includes(id)) ||
      (input.kind === "flaw" && resources.includes(workload.id)),
  );
  const catalogued = (catalogue?.workloads ?? []).filter(
    (entry) =>
      workloads.some((workload) => workload.id === entry.id) ||
      resources.some((id) => id === `workload:${entry.id}` || globMatches(entry.match.resources, id)) ||
      identities.some((id) => globMatches(entry.match.principals, id)),
  );
  const workloadIds = unique([...workloads.map((item) => item.id), ...catalogued.map((item) => item.id)]);
  const credentials = unique(candidates.flatMap((path) => path.credential ?? []))
    .concat(
      [...use, ...candidates.flatMap((path) => path.hops)].flatMap((hop) =>
        hop.cause === "secret" ? [hop.from] : [],
      ),
      input.exposures.map((exposure) => exposure.resource),
    )
    .flatMap((id) => estate.credentials.filter((credential) => credential.id === credentialId(id)));
  const thirdParties = (catalogue?.thirdParties ?? []).filter((party) =>
    concerns(party, candidates, use, input, catalogued, workloads, estate),
  );
  const handedOut = exposedIdentitiesOf(
    // An old key is in nobody's hands but its holder's.
    input.weakness === "iam.key.stale" ? [] : use,
    input.kind === "flaw"
      ? workloads
      : workloads.filter((workload) => resources.includes(`workload:${workload.id}`)),
    input.kind === "flaw" ? resources : [],
    estate,
  );
  return {
    input,
    context,
    counted,
    candidates,
    identities,
    use,
    exposedIdentities: handedOut,
    stated: estate.exposures.filter((item) =>
      input.exposures.some(
        (exposure) => exposure.resource === item.resource && exposure.weakness === item.weakness,
      ),
    ),
    credentials: [...new Map(credentials.map((item) => [item.id, item])).values()],
    workloads,
    catalogued,
    accounts,
    incidents: estate.incidents.filter((incident) =>
      incidentConcerns(
        incident,
        resources,
        [...identities, ...credentials.map((item) => item.id)],
        accounts,
        workloadIds,
      ),
    ),
    thirdParties,
    events: estate.events
      .filter(
        (event) => event.error === undefined && event.targets.some((target) => resources.includes(target)),
      )
      .sort((a, b) => compareText(b.at, a.at)),
    scope: {
      accounts,
      resources,
      principals: principalsOf(input, identities, handedOut, estate),
      workloads: workloadIds,
      files: estate.definitions.flatMap((definition) =>
        definition.file !== undefined &&
        definition.target !== undefined &&
        resources.includes(definition.target)
          ? [
              {
                file: definition.file,
                ...(definition.repository === undefined ? {} : { repository: definition.repository }),
              },
            ]
          : [],
      ),
      credentials: unique(candidates.flatMap((path) => path.credential ?? [])),
      thirdParties: thirdParties.map(({ id }) => id),
      hints: input.exposures.flatMap((exposure) => exposure.ownerHints ?? []),
    },
  };
}

/** Whose owner is asked: identities on the paths, and the exposure itself where it is one. */
function principalsOf(
  { weakness, exposures }: CaseInput,
  identities: readonly PrincipalId[],
  handedOut: readonly PrincipalId[],
  estate: Estate,
): readonly string[] {
  if (isIdentityItself(weakness)) return unique([...identities, ...handedOut]);
  if (weakness !== "runtime.shared-identity") return identities;
  const own = exposures.map(({ resource }) => principalId(resource));
  return unique([...identities, ...own.filter((id) => estate.principal(id) !== undefined)]);
}

/** Holders of secrets on the exposure's own path, and what exposed workloads and flawed compute run as. */
function exposedIdentitiesOf(
  use: readonly Hop[],
  workloads: readonly Workload[],
  resources: readonly string[],
  estate: Estate,
): readonly PrincipalId[] {
  const ids = [
    ...use.flatMap((hop) => [hop.from, hop.to]),
    ...workloads.flatMap((workload) => workload.runsAs),
    ...resources.flatMap((id) => estate.resource(resourceId(id))?.runsAs ?? []),
  ];
  return unique(ids)
    .map((id) => principalId(id))
    .filter((id) => estate.principal(id) !== undefined);
}

/** Identities of ours on the paths, starter first, each once. */
export function identitiesOf(paths: readonly Path[], estate: Estate): readonly PrincipalId[] {
  const found: PrincipalId[] = [];
  for (const path of paths) {
    for (const text of [path.starter, ...path.hops.flatMap((hop) => [hop.from, hop.to]), path.actor]) {
      const id = principalId(text);
      if (estate.principal(id) !== undefined && !found.includes(id)) found.push(id);
    }
  }
  return found;
}

function incidentConcerns(
  incident: Incident,
  resources: readonly string[],
  identities: readonly string[],
  accounts: readonly string[],
  workloads: readonly string[],
): boolean {
  const { scope } = incident;
  return (
    resources.includes(scope) ||
    identities.includes(scope) ||
    accounts.includes(scope) ||
    workloads.some((id) => scope === `workload:${id}` || scope === id) ||
    incident.used.some((id) => identities.includes(id))
  );
}

function concerns(
  party: ThirdParty,
  paths: readonly Path[],
  use: readonly Hop[],
  input: CaseInput,
  catalogued: readonly WorkloadEntry[],
  workloads: readonly Workload[],
  estate: Estate,
): boolean {
  if (catalogued.some((entry) => entry.outsourced === party.id)) return true;
  if (input.exposures.some((exposure) => exposure.resource === `vendor:${party.id}`)) return true;
  const names = [
    // D9: who embedded a flawed component has its maker on the path.
    ...(input.kind === "flaw" ? workloads.flatMap((workload) => workload.components) : []),
    ...input.exposures.flatMap((exposure) => stepsOf(exposure.resource, estate)),
    ...input.exposures.map((exposure) => exposure.resource),
    ...(isIdentityItself(input.weakness) ? use.flatMap((hop) => [hop.from, hop.to]) : []),
    ...paths.flatMap((path) => [path.starter, ...path.hops.flatMap((hop) => [hop.from, hop.to])]),
  ];
  const patterns = [
    ...party.match.accounts,
    ...party.match.apps,
    ...party.match.issuers,
    ...party.match.purls,
  ];
  return names.some((name) =>
    patterns.some((pattern) => globMatches([pattern], name) || namesAccount(pattern, name)),
  );
}

/** What the exposed pipeline runs and somebody else makes: as it is written, and as package URL (`pkg:githubactions/x/y@v4`). */
const stepsOf = (resource: string, estate: Estate): readonly string[] =>
  estate.pipelines
    .filter((item) => item.id === resource || `pipeline:${item.id}` === resource)
    .flatMap((item) => item.uses.flatMap(({ ref }) => [ref, `pkg:githubactions/${ref}`]));

/** `aws:999999999999` matches every ARN of that account. */
function namesAccount(pattern: string, name: string): boolean {
  const digits = /^aws:(\d{12})$/.exec(pattern)?.[1];
  return digits !== undefined && new RegExp(`(^|[^0-9])${digits}($|[^0-9])`).test(name);
}

const unique = (items: readonly string[]): readonly string[] => [...new Set(items)];

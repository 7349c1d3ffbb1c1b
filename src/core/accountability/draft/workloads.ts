import { evidenceAt, principalId, type Estate, type Resource } from "../../estate/index.js";
import type { OwnershipScope } from "../answerable.js";
import type { EstateIndex } from "../estate-index.js";
import { placeOf } from "./people.js";
import type { Propose } from "./proposals.js";
import type { DraftIdentity, DraftWorkload, Proposal, Reason } from "./types.js";

const mostWorkloads = 500;
const mostThings = 50;
const mostIdentities = 500;

/** Tags that say which application a thing belongs to. */
const applicationKeys = ["workload", "application", "app", "service", "yor_name"];

interface Found {
  readonly id: string;
  readonly resources: Set<string>;
  readonly principals: Set<string>;
  readonly repositories: Set<string>;
  readonly reasons: Reason[];
}

/** Workloads that documents name: what runs, what inventories list, and things that carry one tag of an application. */
export function draftWorkloads(
  index: EstateIndex,
  propose: Propose,
): { readonly workloads: readonly DraftWorkload[]; readonly cut: number } {
  const found = namedWorkloads(index.estate);
  const ids = [...found.keys()].sort();
  const workloads = ids.slice(0, mostWorkloads).map((id): DraftWorkload => {
    const { resources, principals, repositories, reasons } = found.get(id) ?? emptyOf(id);
    const about = scopeOf(index, id, [...resources], [...principals], [...repositories]);
    const build = propose("APP", about);
    const runtime = propose("RUNTIME_OWNER", about);
    const workloadIdentity = principals.size === 0 ? [] : propose("WLID", about);
    const things = resources.size + principals.size + repositories.size;
    return {
      id,
      resources: [...resources].sort().slice(0, mostThings),
      principals: [...principals].sort().slice(0, mostThings),
      repositories: [...repositories].sort().slice(0, mostThings),
      build,
      runtime,
      workloadIdentity,
      reasons,
      gaps: [
        ...missing(`workload \`${id}\``, "build owner", build),
        ...missing(`workload \`${id}\``, "runtime owner", runtime),
        `workload \`${id}\`: who responds in an incident is in no document (\`planes.incident\`)`,
        ...(principals.size === 0
          ? []
          : missing(`workload \`${id}\``, "owner of its identities", workloadIdentity)),
        `workload \`${id}\`: whether it serves customers, is privileged, and what its data is (\`facts\`)`,
        ...(things === 0 ? [`workload \`${id}\`: what belongs to it (\`match\`)`] : []),
        ...(Math.max(resources.size, principals.size) > mostThings
          ? [
              `workload \`${id}\`: only ${String(mostThings)} of its things are listed: write a pattern with \`*\``,
            ]
          : []),
      ],
    };
  });
  return { workloads, cut: ids.length - workloads.length };
}

/** In words what nobody is named for, with the best there is. */
export function missing(what: string, duty: string, proposals: readonly Proposal[]): readonly string[] {
  const [first, second] = proposals;
  if (first?.written === true) return [];
  if (first === undefined) return [`${what}: no document names its ${duty}`];
  const words = (item: Proposal): string => `${item.holder} (${item.confidence.toFixed(2)})`;
  if (first.confidence >= 0.6 && second !== undefined)
    return [`${what}: ${words(first)} and ${words(second)} are close as ${duty}: choose one`];
  return [`${what}: ${words(first)} is too little evidence for its ${duty}`];
}

const emptyOf = (id: string): Found => ({
  id,
  resources: new Set(),
  principals: new Set(),
  repositories: new Set(),
  reasons: [],
});

function namedWorkloads(estate: Estate): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  const at = (id: string, reason: Reason): Found => {
    const workload = found.get(id) ?? emptyOf(id);
    found.set(id, workload);
    if (workload.reasons.length < 3 && !workload.reasons.some(({ text }) => text === reason.text))
      workload.reasons.push(reason);
    return workload;
  };
  for (const workload of estate.workloads) {
    const place = placeOf(evidenceAt(workload.origin, workload.id));
    const draft = at(workload.id, { text: "deployed", place });
    for (const id of workload.resources) draft.resources.add(id);
    for (const id of workload.runsAs) draft.principals.add(id);
    if (workload.repository !== undefined) draft.repositories.add(workload.repository);
  }
  // One entry of an inventory speaks of several things at once: its workload, repository, ARNs.
  const entries = new Map<string, string[]>();
  const entryKey = ({ origin, source }: Estate["ownerships"][number]): string =>
    `${origin.source.path} ${origin.pointer ?? ""} ${String(origin.line ?? "")} ${source}`;
  for (const statement of estate.ownerships)
    entries.set(entryKey(statement), [...(entries.get(entryKey(statement)) ?? []), statement.subject]);
  const names = new Map(estate.workloads.map(({ id, name }) => [name, id]));
  for (const statement of estate.ownerships) {
    if (statement.kind !== "registry" || !statement.subject.startsWith("workload:")) continue;
    const named = statement.subject.slice("workload:".length);
    const draft = at(names.get(named) ?? named, {
      text: statement.source,
      place: placeOf(evidenceAt(statement.origin, named)),
    });
    for (const subject of entries.get(entryKey(statement)) ?? []) {
      if (subject.startsWith("repository:")) draft.repositories.add(subject.slice("repository:".length));
      else if (/^arn:[^:]+:iam::/.test(subject)) draft.principals.add(subject);
      else if (subject.startsWith("arn:")) draft.resources.add(subject);
    }
  }
  const tagged = (thing: Pick<Resource, "tags">): readonly [string, string] | undefined => {
    const keys = Object.keys(thing.tags).sort();
    for (const wanted of applicationKeys) {
      const key = keys.find((item) => item.toLowerCase() === wanted);
      const value = key === undefined ? undefined : thing.tags[key]?.trim();
      if (key !== undefined && value !== undefined && /^[\w][\w./ -]{0,60}$/.test(value))
        return [value.toLowerCase().replace(/\s+/g, "-"), key];
    }
    return undefined;
  };
  for (const resource of estate.resources) {
    const [id, key] = tagged(resource) ?? [];
    if (id === undefined || key === undefined) continue;
    const place = placeOf(evidenceAt(resource.origin, resource.id));
    at(names.get(id) ?? id, { text: `tag ${key}`, place }).resources.add(resource.id);
  }
  for (const principal of estate.principals) {
    if (principal.kind !== "role" && principal.kind !== "user") continue;
    const [id, key] = tagged(principal) ?? [];
    if (id === undefined || key === undefined) continue;
    const place = placeOf(evidenceAt(principal.origin, principal.id));
    at(names.get(id) ?? id, { text: `tag ${key}`, place }).principals.add(principal.id);
  }
  return found;
}

/** A question of ownership about a workload: its things, and the files that define them. */
function scopeOf(
  index: EstateIndex,
  id: string,
  resources: readonly string[],
  principals: readonly string[],
  repositories: readonly string[],
): OwnershipScope {
  const { estate } = index;
  const accounts = new Set<string>();
  for (const resource of resources) {
    const account = estate.resource(resource as Resource["id"])?.account;
    if (account !== undefined) accounts.add(account);
  }
  for (const principal of principals) {
    const account = estate.principal(principalId(principal))?.account;
    if (account !== undefined) accounts.add(account);
  }
  const files = resources.flatMap((resource) =>
    index
      .definitionsOf(resource)
      .flatMap(({ file, repository }) =>
        file === undefined ? [] : [{ file, ...(repository === undefined ? {} : { repository }) }],
      ),
  );
  const roots = repositories
    .filter((repository) => !files.some((file) => file.repository === repository))
    // Only a file that is known to be of this repository: the one file there is may be of another.
    .filter((repository) => estate.codeOwners.some((file) => file.repository === repository))
    // Who owns a repository as a whole is the rule of its top.
    .map((repository) => ({ repository, file: "README.md" }));
  return {
    accounts: [...accounts].sort(),
    resources,
    principals,
    workloads: [id],
    files: [...files, ...roots],
    credentials: principals.flatMap((principal) =>
      estate.credentialsOf(principalId(principal)).map((credential) => credential.id),
    ),
  };
}

/** Identities of machines that somebody has to own: those that pipelines and clusters enter, and users with keys alone. */
export function draftIdentities(
  index: EstateIndex,
  propose: Propose,
): { readonly identities: readonly DraftIdentity[]; readonly cut: number } {
  const { estate } = index;
  const found = new Map<string, { readonly proof: "oidc" | "held"; readonly reason: Reason }>();
  for (const principal of estate.principals) {
    const place = placeOf(evidenceAt(principal.origin, principal.id));
    if (principal.kind === "role" && principal.immutable === undefined) {
      const federated = (principal.trustPolicy?.document.statements ?? []).some(
        ({ effect, principal: who }) =>
          effect === "Allow" && (who?.federated ?? []).some((name) => name.includes("oidc-provider/")),
      );
      if (federated) found.set(principal.id, { proof: "oidc", reason: { text: "entered by OIDC", place } });
      continue;
    }
    if (principal.kind !== "user" || principal.console?.password === true) continue;
    const keys = estate
      .credentialsOf(principal.id)
      .filter(({ kind, status }) => kind === "access-key" && status !== "deleted" && status !== "inactive");
    // A user whose password is not known to be absent may be a person.
    if (keys.length > 0 && principal.console?.password === false)
      found.set(principal.id, { proof: "held", reason: { text: "a user with keys and no password", place } });
  }
  const ids = [...found.keys()].sort();
  const identities = ids.slice(0, mostIdentities).map((principal): DraftIdentity => {
    const { proof, reason } = found.get(principal) ?? { proof: "held", reason: { text: "" } };
    const owner = propose("WLID", scopeOf(index, principal, [], [principal], []));
    return {
      principal,
      proof,
      owner,
      reasons: [reason],
      gaps: missing(`identity \`${principal}\``, "owner", owner),
    };
  });
  return { identities, cut: ids.length - identities.length };
}

import {
  evidenceAt,
  type Definition,
  type Estate,
  type Evidence,
  type Pipeline,
  type Principal,
} from "../../estate/index.js";
import { subjectSets } from "../become/entries/subject.js";
import { statementText, type FormulaContext } from "./context.js";

/** How a definition comes to the cloud: the code's repository, the pipeline that applies it, and as whom. */
export interface Delivery {
  readonly repository?: string;
  /** Id of the pipeline, described or only named. */
  readonly pipeline?: string;
  /** The identity that applies the code. */
  readonly identity?: string;
  /** A standing key that the pipeline uses, where an audit record shows one. */
  readonly credential?: string;
  /** What shows that identity. */
  readonly evidence: readonly Evidence[];
}

/**
 * Finds the pipeline behind a definition: the one that is named for it, else the only one of its repository, else who
 * an audit record shows to have applied it, else the only role that admits the repository's tokens. Where several are
 * possible none is named.
 */
export function deliveryOf(context: FormulaContext, definition: Definition): Delivery {
  const { estate } = context;
  const named = definition.pipeline ?? deployerOf(estate, definition);
  const described = estate.pipelines.find((item) => item.id === named);
  const repository = definition.repository ?? described?.repository ?? checkoutOf(estate, definition);
  const ofRepository =
    named !== undefined || repository === undefined
      ? []
      : estate.pipelines.filter((item) => item.repository === repository && identityOf(estate, item.id));
  const pipeline = described ?? (ofRepository.length === 1 ? ofRepository[0] : undefined);
  const id = pipeline?.id ?? named;
  const base = {
    ...(repository === undefined ? {} : { repository }),
    ...(id === undefined ? {} : { pipeline: id }),
  };
  const stated = id === undefined ? undefined : identityOf(estate, id);
  const shown = appliedBy(context, definition, stated);
  if (stated !== undefined) {
    const behind = repository ?? repositoryOf(estate, stated);
    return {
      ...base,
      ...(behind === undefined ? {} : { repository: behind }),
      identity: stated,
      ...(shown?.credential === undefined ? {} : { credential: shown.credential }),
      evidence: pipeline === undefined ? [] : [evidenceAt(pipeline.origin, pipeline.id)],
    };
  }
  const found = shown ?? stackRole(context, definition) ?? trusted(context, repository);
  const behind = repository ?? repositoryOf(estate, found?.identity);
  return { ...base, ...(behind === undefined ? {} : { repository: behind }), evidence: [], ...found };
}

/** The repository whose CODEOWNERS lies above the file; the innermost where checkouts lie inside one another. */
function checkoutOf({ codeOwners }: Estate, { file }: Definition): string | undefined {
  if (file === undefined) return undefined;
  let best: { readonly root: string; readonly repository: string } | undefined;
  for (const { repository, origin } of codeOwners) {
    const root = origin.source.path.replace(/(?:(?:\.github|\.gitlab|docs)\/)?[^/]*$/, "");
    if (repository !== undefined && file.startsWith(root) && root.length >= (best?.root.length ?? 0))
      best = { root, repository };
  }
  return best?.repository;
}

/** The only repository whose tokens an identity admits: that is where the code that it applies lies. */
function repositoryOf(estate: Estate, identity: string | undefined): string | undefined {
  if (identity === undefined) return undefined;
  const found = [...rolesByRepository(estate)].filter(([, roles]) =>
    roles.some(({ role }) => role.id === identity),
  );
  return found.length === 1 ? found[0]?.[1].find(({ role }) => role.id === identity)?.repository : undefined;
}

const deployerOf = (estate: Estate, definition: Definition): string | undefined =>
  estate.links.find(
    (link) =>
      link.kind === "deploys" &&
      (link.to === definition.address || (definition.target !== undefined && link.to === definition.target)),
  )?.from;

const identityOf = (estate: Estate, pipeline: string): string | undefined =>
  estate.pipelines.find((item: Pipeline) => item.id === pipeline)?.runsAs ??
  estate.links.find((link) => link.kind === "pipeline-role" && link.from === pipeline)?.to;

type Shown = Pick<Delivery, "identity" | "credential" | "evidence">;

/** How the tools name themselves in the user agent of an audit record. */
const agents: Readonly<Record<Definition["tool"], RegExp>> = {
  terraform: /terraform|opentofu|terragrunt/i,
  cloudformation: /^cloudformation\.amazonaws\.com$/i,
  controller: /^$/,
  other: /^$/,
};

/** The last call of the tool on this resource; of a known identity (`by`) the key that it used. */
function appliedBy(
  { estate, id }: FormulaContext,
  { tool, target = id }: Definition,
  by: string | undefined,
): Shown | undefined {
  const [last] = estate.events
    .filter(
      (event) =>
        event.error === undefined &&
        event.actor !== undefined &&
        event.targets.includes(target) &&
        (by === undefined ? agents[tool].test(event.agent ?? "") : event.actor === by),
    )
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1));
  if (last?.actor === undefined) return undefined;
  const words = last.agent === undefined ? last.action : `${last.action} by ${last.agent}`;
  return {
    identity: last.actor,
    ...(last.credential === undefined ? {} : { credential: last.credential }),
    evidence: [evidenceAt(last.origin, words)],
  };
}

/** The service role of the stack that owns the resource; a stack without one acts with the rights of its caller. */
function stackRole({ estate, id, name }: FormulaContext, { tool }: Definition): Shown | undefined {
  if (tool !== "cloudformation") return undefined;
  for (const stack of estate.resources) {
    if (stack.kind !== "cloudformation:stack") continue;
    const owned = stack.properties.get("resources")?.value;
    const role = stack.properties.get("serviceRole")?.value;
    if (!Array.isArray(owned) || typeof role !== "string") continue;
    if ((owned as readonly unknown[]).some((item) => item === id || item === name))
      return { identity: role, evidence: [evidenceAt(stack.origin, `stack ${stack.name}`)] };
  }
  return undefined;
}

/** The only role of the resource's account whose trust admits tokens of this one repository. */
function trusted({ estate, account }: FormulaContext, repository: string | undefined): Shown | undefined {
  if (repository === undefined) return undefined;
  const [only, second] = (rolesByRepository(estate).get(repository.toLowerCase()) ?? []).filter(
    ({ role }) => account === undefined || role.account === account,
  );
  if (only === undefined || second !== undefined) return undefined;
  return { identity: only.role.id, evidence: [only.evidence] };
}

interface Admitting {
  readonly role: Principal;
  /** As the trust writes it. */
  readonly repository: string;
  readonly evidence: Evidence;
}

const admitting = new WeakMap<Estate, ReadonlyMap<string, readonly Admitting[]>>();

/** Worked out once for an estate: definitions of thousands of exposures ask the same. */
function rolesByRepository(estate: Estate): ReadonlyMap<string, readonly Admitting[]> {
  const known = admitting.get(estate);
  if (known !== undefined) return known;
  const found = new Map<string, Admitting[]>();
  for (const role of estate.principals) {
    if (role.kind !== "role" || role.trustPolicy === undefined) continue;
    const { document, origin } = role.trustPolicy;
    const seen = new Set<string>();
    for (const statement of document.statements) {
      if (statement.effect !== "Allow") continue;
      for (const provider of statement.principal?.federated ?? []) {
        const issuer = /:oidc-provider\/(.+)$/.exec(provider)?.[1];
        if (issuer === undefined) continue;
        for (const { repository } of subjectSets(statement, issuer)) {
          const key = repository?.toLowerCase();
          if (repository === undefined || key === undefined || seen.has(key)) continue;
          seen.add(key);
          const evidence = evidenceAt(origin, statementText(statement), statement.pointer);
          found.set(key, [...(found.get(key) ?? []), { role, repository, evidence }]);
        }
      }
    }
  }
  admitting.set(estate, found);
  return found;
}

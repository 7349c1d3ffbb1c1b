import { accountOfArn, type AccountId, type PrincipalId } from "../../estate/index.js";
import type { Path, SharedCause } from "../recreation.js";
import type { Band, BecomeEdge, Entry } from "../become.js";
import { shortName } from "./context.js";
import { shortDigest } from "./digest.js";
import { edgeHop, entryHop } from "./hop.js";
import { membersOf, union, type Members } from "./members.js";
import { distinctFacts } from "./path.js";
import type { World } from "./world.js";

/** Identities that are lifted out of every exposure of an account: one shared case instead of a reason on every row. */
export interface Population {
  readonly key: string;
  readonly account: AccountId;
  readonly kind: SharedCause["kind"];
  readonly members: Members;
}

export interface Populations {
  /** Administrators of every account of the estate. */
  readonly administrators: readonly Population[];
  /** Administrators and roots of all accounts: nobody is reached through them. */
  readonly lifted: Members;
  readonly roots: ReadonlyMap<AccountId, number>;
}

/**
 * Administrators of all accounts, computed once. The root user of an account is lifted with them: where it has a key
 * or lacks MFA that is a way into the account's shared case, not a reason of every exposure (recreation.md 3).
 */
export function findPopulations(world: World): Populations {
  const { engine, become } = world;
  const accounts = new Set<AccountId>();
  for (const account of engine.estate.accounts) accounts.add(account.id);
  for (const principal of engine.estate.principals)
    if (principal.account !== undefined) accounts.add(principal.account);
  const roots = new Map<AccountId, number>();
  engine.actors.forEach((actor, index) => {
    const account = actor.endsWith(":root") ? accountOfArn(actor) : undefined;
    if (account !== undefined && isOwnRoot(world, actor, account)) roots.set(account, index);
  });
  let lifted = membersOf(roots.values());
  const administrators: Population[] = [];
  for (const account of [...accounts].sort()) {
    const root = roots.get(account);
    const others = [...become.administrators(account).allowed].filter((index) => index !== root);
    const open = root !== undefined && isOpen(world, root) ? [root] : [];
    const members = membersOf([...others, ...open]);
    lifted = union(lifted, members);
    if (members.size > 0)
      administrators.push({ key: `administrators|${account}`, account, kind: "administrators", members });
  }
  return { administrators, lifted, roots };
}

/** A root user with a key or without MFA is no floor but an administrator like any other (recreation.md 3). */
const isOpen = (world: World, root: number): boolean =>
  world.entries(root).some(({ band, verdict }) => band <= 2 && verdict === true);

/** A root that a policy names may be a stranger's account; only those with an inside that is known to us are lifted. */
function isOwnRoot(world: World, actor: PrincipalId, account: AccountId): boolean {
  const { estate } = world.engine;
  if (estate.principal(actor)?.kind === "root") return true;
  return (
    estate.principals.length > 0 &&
    (estate.covers("iam", account) ||
      estate.organizationOf(account) !== undefined ||
      world.become.administrators(account).allowed.size > 0)
  );
}

/** The shared case of a population: who is in it, and every way into it that is worse than expected administration. */
export function sharedCauseOf(
  world: World,
  population: Population,
  root: number | undefined,
  limit: number,
): SharedCause {
  const targets =
    root === undefined || population.kind !== "administrators"
      ? population.members
      : union(population.members, membersOf([root]));
  const closure = world.closure(targets, membersOf([]));
  const ways: { entry: Entry; edges: readonly BecomeEdge[]; verdict: true | "unknown" }[] = [];
  for (const member of closure.members) {
    for (const entry of world.entries(member)) {
      if (entry.band >= 3) continue;
      const edges = closure.walk(member);
      const proven = entry.verdict === true && closure.verdictOf(member) === true;
      ways.push({ entry, edges, verdict: proven ? true : "unknown" });
    }
  }
  ways.sort(
    (left, right) =>
      left.entry.band - right.entry.band ||
      Number(left.verdict === "unknown") - Number(right.verdict === "unknown") ||
      left.edges.length - right.edges.length ||
      compare(left.entry.principal, right.entry.principal) ||
      compare(left.entry.label, right.entry.label),
  );
  const worst = ways.find((way) => way.verdict === true);
  const band: Band = worst?.entry.band ?? 3;
  const { estate } = world.engine;
  const size = population.members.size;
  const account = estate.account(population.account)?.name ?? population.account.replace(/^aws:/, "");
  const what =
    population.kind === "administrators"
      ? `standing admin${size === 1 ? "" : "s"}`
      : `broad grant${size === 1 ? "" : "s"}`;
  return {
    key: population.key,
    account: population.account,
    kind: population.kind,
    members: [...population.members].map((index) => world.name(index)),
    entries: ways.slice(0, limit).map(({ entry, edges }) => ({ entry, edges })),
    band,
    title: `account ${account} · ${size} ${what}`,
    paths: ways.slice(0, limit).map((way) => wayIn(world, population, way)),
  };
}

/** A way into a population as a path: who starts, by what, and whom it becomes. */
function wayIn(
  world: World,
  population: Population,
  way: { readonly entry: Entry; readonly edges: readonly BecomeEdge[]; readonly verdict: true | "unknown" },
): Path {
  const { entry, edges, verdict } = way;
  const hops = [entryHop(world.engine.estate, entry), ...edges.map(edgeHop)];
  const actor = edges.at(-1)?.to ?? entry.principal;
  const conditional = [entry, ...edges].some((item) => item.certainty === "conditional");
  const conditions = [entry, ...edges].flatMap((item) =>
    item.assumption === undefined ? [] : [`assumes ${item.assumption}`],
  );
  return {
    kind: entry.kind,
    leg: "restore",
    band: entry.band,
    certainty: conditional ? "conditional" : "certain",
    governed: false,
    verdict,
    hops,
    recurrenceHop: hops.length - 1,
    ...(entry.credential === undefined ? {} : { credential: entry.credential }),
    ...(conditions.length === 0 ? {} : { condition: conditions.join("; ") }),
    route: shortDigest("way-in", population.key, ...hops.map((hop) => `${hop.from} ${hop.to} ${hop.via}`)),
    because: `${entry.label}${edges.length === 0 ? "" : ` → ${shortName(actor)}`}`,
    missing:
      verdict === true ? [] : distinctFacts([...entry.missing, ...edges.flatMap((edge) => edge.missing)]),
    starter: entry.starter,
    actor,
    control: { kind: "grant", id: population.key, label: shortName(actor) },
  };
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

import {
  evidenceAt,
  principalId,
  type AuditEvent,
  type Estate,
  type MissingFact,
  type PrincipalId,
  type Tri,
} from "../../estate/index.js";
import type { Become } from "../become.js";
import { shortName } from "../recreate/context.js";
import { creationRights } from "./creation-rights.js";
import { deedOf, deedsOf, whatOf, type Deeds } from "./deeds.js";
import type { Offspring, OffspringItem, Seeds } from "./offspring.js";
import { possibleOffspring } from "./possible-offspring.js";

/**
 * Follows what seeds made, what that made in turn, and so on: audit records first, then what the estate states. What
 * a created identity does counts as theirs; what an identity does with another secret than the seed's does not.
 * `limit`: most items listed; how many more there are is said.
 */
export function findOffspring(become: Become, seeds: Seeds, limit: number): Offspring {
  const { estate } = become.engine;
  const deeds = deedsOf(estate);
  const made = follow(estate, deeds, seeds);
  const holders = holdersOf(estate, seeds);
  const makers = [
    ...holders,
    ...made.flatMap(({ id, how, what }) =>
      how === "created" && what === "identity" && estate.principal(principalId(id)) !== undefined
        ? [principalId(id)]
        : [],
    ),
  ];
  const possible = possibleOffspring(
    become,
    deeds,
    holders,
    new Set([...makers, ...made.map(({ id }) => id)]),
  );
  const since = startOfRecords(estate, deeds, holders);
  return {
    made: made.slice(0, limit),
    possible: possible.slice(0, limit),
    may: creationRights(become.engine, makers),
    more: Math.max(0, made.length - limit) + Math.max(0, possible.length - limit),
    ...(since === undefined ? {} : { since }),
    missing: missingRecords(estate, deeds, holders),
  };
}

/** The identities behind the seeds. */
function holdersOf(estate: Estate, seeds: Seeds): readonly PrincipalId[] {
  const ofSecrets = seeds.credentials.flatMap((id) => deedsOf(estate).credential(id) ?? []);
  return [...new Set([...seeds.principals, ...ofSecrets.map(({ holder }) => holder)])].sort();
}

interface Maker {
  readonly id: string;
  readonly generation: number;
  /** Only calls with these secrets, and sessions whose secret is not recorded; absent: every call. */
  readonly secrets?: ReadonlySet<string>;
}

function follow(estate: Estate, deeds: Deeds, seeds: Seeds): readonly OffspringItem[] {
  const found = new Map<string, OffspringItem>();
  const queue: Maker[] = seeds.principals.map((id) => ({ id, generation: 0 }));
  const whole = new Set<string>(seeds.principals);
  const secrets = new Map<string, Set<string>>();
  const useSecret = (credential: string, holder: string, generation: number): void => {
    if (whole.has(holder)) return;
    const known = secrets.get(holder);
    if (known?.has(credential) === true) return;
    const own = (known ?? new Set<string>()).add(credential);
    secrets.set(holder, own);
    queue.push({ id: holder, generation, secrets: own });
  };
  for (const id of seeds.credentials) {
    const holder = deeds.credential(id)?.holder;
    if (holder !== undefined) useSecret(id, holder, 0);
  }
  const become = (id: string, generation: number): void => {
    if (whole.has(id)) return;
    whole.add(id);
    queue.push({ id, generation });
  };
  const keep = (item: OffspringItem): void => {
    // What an identity does to itself gives it nothing that outlives it; its new secrets are things of their own.
    if (item.id === item.by && item.how === "created") return;
    const key = `${item.id} ${item.how}`;
    if (!found.has(key)) found.set(key, item);
  };
  for (let maker = queue.shift(); maker !== undefined; maker = queue.shift()) {
    const generation = maker.generation + 1;
    for (const event of deeds.by(maker.id)) {
      if (
        maker.secrets !== undefined &&
        event.credential !== undefined &&
        !maker.secrets.has(event.credential)
      )
        continue;
      const how = deedOf(event.action);
      if (how === undefined) continue;
      for (const target of targetsOf(event)) {
        const what = how === "consented" ? "consent" : whatOf(estate, target);
        keep({
          id: target,
          name: shortName(target),
          what,
          how: what === "credential" ? "created" : how,
          by: event.credential ?? maker.id,
          generation,
          at: event.at,
          ...(event.region === undefined ? {} : { region: event.region }),
          action: event.action,
          stands: standsNow(estate, deeds, target, event.at),
          evidence: [evidenceAt(event.origin, `${event.action} by ${maker.id}`)],
        });
        if (how === "created" && what === "identity") become(target, generation);
        if (what === "credential") {
          const holder = deeds.credential(target)?.holder;
          if (holder !== undefined) useSecret(target, holder, generation);
        }
      }
    }
    for (const id of deeds.stated(maker.id)) {
      const link = estate.links.find(
        (item) => item.kind === "created-by" && item.from === id && item.to === maker.id,
      );
      const what = whatOf(estate, id);
      keep({
        id,
        name: estate.principal(principalId(id))?.name ?? shortName(id),
        what,
        how: "created",
        by: maker.id,
        generation,
        stands: standsNow(estate, deeds, id, ""),
        evidence: link === undefined ? [] : [evidenceAt(link.origin, `${id} created by ${maker.id}`)],
      });
      if (what === "identity") become(id, generation);
    }
    for (const consent of estate.consents) {
      if (consent.grantedBy !== maker.id && (consent.app !== maker.id || maker.generation === 0)) continue;
      keep({
        id: consent.id,
        name: `${estate.principal(consent.app)?.name ?? shortName(consent.app)}: ${consent.scopes.join(", ")}`,
        what: "consent",
        how: "consented",
        by: consent.grantedBy ?? maker.id,
        generation,
        ...(consent.createdAt === undefined ? {} : { at: consent.createdAt }),
        stands: true,
        evidence: [evidenceAt(consent.origin, consent.scopes.join(", "))],
      });
      become(consent.app, generation);
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      a.generation - b.generation ||
      compare(a.at ?? "", b.at ?? "") ||
      compare(a.id, b.id) ||
      compare(a.how, b.how),
  );
}

/** A call that makes a key names its user too: only the key is new. */
function targetsOf({ action, targets }: AuditEvent): readonly string[] {
  const keys = targets.filter((id) => id.startsWith("aws:access-key/"));
  if (keys.length > 0) return keys;
  if (!/:(Create|Update)LoginProfile$/.test(action)) return targets;
  return targets.map((id) => (id.includes(":user/") ? `aws:password/${id}` : id));
}

/** Gone where a later record deletes it or a complete listing lacks it; unknown where nobody listed. */
function standsNow(estate: Estate, deeds: Deeds, id: string, at: string): Tri {
  const deleted = deeds.deletedAt(id);
  if (deleted !== undefined && deleted > at) return false;
  const credential = deeds.credential(id);
  if (credential !== undefined) return credential.status === "deleted" ? false : true;
  const principal = estate.principal(principalId(id));
  if (principal !== undefined || estate.resource(id as never) !== undefined) return true;
  const account = /^arn:[^:]+:iam::(\d{12}):(?:user|role)\//.exec(id)?.[1];
  return account !== undefined && estate.covers("iam", `aws:${account}`) ? false : "unknown";
}

function startOfRecords(estate: Estate, deeds: Deeds, holders: readonly PrincipalId[]): string | undefined {
  const starts = accountsOf(estate, holders).flatMap((account) => deeds.span(account)?.from ?? []);
  // The latest start: before it the records of one account at least are not there.
  return starts.sort(compare).at(-1);
}

const accountsOf = (estate: Estate, holders: readonly PrincipalId[]): readonly string[] =>
  [...new Set(holders.flatMap((id) => estate.principal(id)?.account ?? []))].sort();

function missingRecords(
  estate: Estate,
  deeds: Deeds,
  holders: readonly PrincipalId[],
): readonly MissingFact[] {
  return accountsOf(estate, holders).flatMap((account) => {
    if (estate.covers("audit-log", account) || deeds.span(account) !== undefined) return [];
    const name = estate.account(account as never)?.name ?? account;
    return [
      {
        key: `audit-log|${account}`,
        fact: `audit records of account ${name}: what was created there and by whom`,
        collect: account.startsWith("aws:")
          ? "aws cloudtrail lookup-events --lookup-attributes AttributeKey=ReadOnly,AttributeValue=false (in every Region)"
          : "the provider's audit log of changes",
      },
    ];
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

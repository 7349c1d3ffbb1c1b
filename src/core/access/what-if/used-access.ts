import { evidenceAt, type AuditEvent, type Credential, type PrincipalId } from "../../estate/index.js";
import type { AccessEngine } from "../engine.js";
import type { BrokenUse, EntryChange } from "./difference.js";

export interface UsedAccess {
  readonly broken: readonly BrokenUse[];
  /** Distinct uses on record that were tried again. */
  readonly tried: number;
  /** Those beyond the limit, not tried. */
  readonly left: number;
}

interface Use {
  readonly actor: PrincipalId;
  readonly action: string;
  readonly resource: string;
  readonly last: AuditEvent;
  readonly count: number;
}

/**
 * Tries again what is on record to have worked: calls of the audit log by who made them, secrets by their last use,
 * ways in by what came through them. What has no record may break too; nothing here says that the rest is unused.
 */
export function usedAccess(
  before: AccessEngine,
  after: AccessEngine,
  entries: readonly EntryChange[],
  limit: number,
): UsedAccess {
  const all = usesOf(before.estate.events);
  const uses = all.slice(0, limit);
  const broken: BrokenUse[] = uses.flatMap((use): readonly BrokenUse[] => {
    const { actor, action, resource, last, count } = use;
    // It worked, so what leaves the answer open on both sides did not stop it.
    const [could, can] = [before.verdict(actor, action, resource), after.verdict(actor, action, resource)];
    if (could === false || can === true || could === can) return [];
    const { blocks } = after.decide(actor, action, resource);
    const block = blocks.find(({ kind }) => kind !== "no-grant") ?? blocks[0];
    return [
      {
        who: actor,
        action,
        resource,
        lastUsedAt: last.at,
        uses: count,
        certainty: "certain",
        because: block?.text ?? "nothing allows it any more",
        evidence: [evidenceAt(last.origin, `${action} by ${actor}`)],
      },
    ];
  });
  return {
    broken: [...broken, ...secretUses(before, after), ...wayUses(before, entries)].sort(
      (a, b) =>
        Number(a.certainty === "possible") - Number(b.certainty === "possible") ||
        compare(b.lastUsedAt, a.lastUsedAt) ||
        compare(`${a.who} ${a.action} ${a.resource}`, `${b.who} ${b.action} ${b.resource}`),
    ),
    tried: uses.length,
    left: all.length - uses.length,
  };
}

/** Distinct (who, what, on what), each with its latest record; the latest first. */
function usesOf(events: readonly AuditEvent[]): readonly Use[] {
  const found = new Map<string, Use>();
  for (const event of events) {
    if (event.error !== undefined || event.actor === undefined) continue;
    for (const resource of event.targets.length === 0 ? ["*"] : event.targets) {
      const key = `${event.actor} ${event.action} ${resource}`;
      const known = found.get(key);
      const last = known === undefined || known.last.at < event.at ? event : known.last;
      found.set(key, {
        actor: event.actor,
        action: event.action,
        resource,
        last,
        count: (known?.count ?? 0) + 1,
      });
    }
  }
  return [...found.values()].sort((a, b) => compare(b.last.at, a.last.at) || compare(a.last.id, b.last.id));
}

/** Secrets that let somebody in before and nobody after, as far as their use is known. */
function secretUses(before: AccessEngine, after: AccessEngine): readonly BrokenUse[] {
  if (before.estate.credentials === after.estate.credentials) return [];
  const now = new Map<string, Credential>(after.estate.credentials.map((item) => [item.id, item]));
  return before.estate.credentials.flatMap((old): readonly BrokenUse[] => {
    const is = now.get(old.id);
    if (old === is || old.status === "deleted" || old.status === "inactive") return [];
    if (is !== undefined && is.status !== "deleted" && is.status !== "inactive") return [];
    const uses = before.estate.events.filter(({ credential }) => credential === old.id);
    const recorded = uses.reduce<string | undefined>(
      (last, { at }) => (last === undefined || last < at ? at : last),
      undefined,
    );
    const lastUsedAt = [old.lastUsedAt, recorded]
      .filter((at) => at !== undefined)
      .sort()
      .at(-1);
    if (lastUsedAt === undefined && old.consumers.length === 0) return [];
    const users = old.consumers.length === 0 ? "whoever uses it" : old.consumers.join(", ");
    return [
      {
        who: old.holder,
        action: "sign in with",
        resource: old.id,
        lastUsedAt: lastUsedAt ?? "",
        uses: uses.length,
        certainty: "certain",
        because: `the secret is gone: ${users} needs another way in`,
        evidence: [evidenceAt(old.origin, `${old.id} ${old.status}`)],
      },
    ];
  });
}

/** A way in that is gone: whoever is on record under that identity may have come by it. */
function wayUses(before: AccessEngine, entries: readonly EntryChange[]): readonly BrokenUse[] {
  return entries.flatMap(
    ({ into, label, before: was, after: is, credential, evidence }): readonly BrokenUse[] => {
      if (was === undefined || is !== undefined || credential !== undefined) return [];
      const calls = before.estate.events.filter(({ actor, error }) => actor === into && error === undefined);
      const known = [before.estate.principal(into)?.lastUsedAt, ...calls.map(({ at }) => at)];
      const lastUsedAt = known
        .filter((at) => at !== undefined)
        .sort()
        .at(-1);
      if (lastUsedAt === undefined) return [];
      return [
        {
          who: into,
          action: "come in as",
          resource: label,
          lastUsedAt,
          uses: calls.length,
          certainty: "possible",
          because: `${label} no longer enters it; by which way it was last used is not recorded`,
          evidence: evidence.slice(0, 1),
        },
      ];
    },
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

import { isActive, stillHolds, type Catalogue } from "../../core/accountability/index.js";
import { currentCatalogue } from "../installation/catalogue.js";
import type { Installation } from "../installation/installation.js";
import { moveCase } from "../installation/move-case.js";
import { reanalyse } from "../installation/reanalyse.js";

/** What the days have made of the catalogue in force. */
export interface Followed {
  /** What has ended since the last analysis, by the day; empty: nothing was analysed anew. */
  readonly ended: readonly string[];
  /** Cases from which somebody who has left was taken out. */
  readonly stripped: readonly string[];
}

/**
 * An intended exposure, a sanctioned entry or an authority that ended changes what is decided without anybody doing
 * anything (R62): everything is analysed anew, once. Whoever has left holds nothing from then on (ownership 6c). `seen`:
 * leavers whose cases were looked through already.
 */
export async function followCatalogue(
  installation: Installation,
  seen: Set<string> = new Set(),
): Promise<Followed> {
  const { store, now } = installation;
  const at = now();
  const current = await currentCatalogue(store, at);
  const last = await store.snapshots.latest("analysis", "*");
  if (current === undefined || last === undefined) return { ended: [], stripped: [] };
  const stripped = await stripLeavers(installation, current.catalogue, at, seen);
  const ended = endedBetween(current.catalogue, last.takenAt, at);
  if (ended.length > 0) await reanalyse(installation);
  return { ended, stripped };
}

/** Days that held at `from` and hold no more at `to`; ISO instants. */
export function endedBetween(catalogue: Catalogue, from: string, to: string): readonly string[] {
  const left = catalogue.people.flatMap((person) =>
    person.leftAt !== undefined && isActive(person, from) && !isActive(person, to) ? [person.leftAt] : [],
  );
  const ended = [...endsIn(catalogue)].filter((until) => stillHolds(until, from) && !stillHolds(until, to));
  return [...new Set([...left, ...ended])].sort();
}

/** Every `until`, wherever a catalogue has one. */
function endsIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(value)) for (const item of value as readonly unknown[]) endsIn(item, found);
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value))
      if (key === "until" && typeof item === "string") found.add(item);
      else endsIn(item, found);
  return found;
}

async function stripLeavers(
  { store, policy }: Installation,
  catalogue: Catalogue,
  at: string,
  seen: Set<string>,
): Promise<readonly string[]> {
  const stripped = new Set<string>();
  const leavers = catalogue.people.filter((item) => !seen.has(item.id) && !isActive(item, at));
  const pseudonyms: string[] = [];
  for (const { id } of leavers) pseudonyms.push(await store.people.pseudonymOf(id));
  for (const [pseudonym, cases] of await store.cases.held(pseudonyms))
    for (const id of cases) {
      const moved = await store.transaction((repositories) =>
        moveCase(repositories, {
          command: { kind: "strip", person: pseudonym },
          context: { case: id, now: at, by: { job: "leavers" }, people: [], policy },
        }),
      );
      if (moved.kind === "refused") throw new Error(`${id}: ${moved.refusal.text}`);
      if (moved.kind === "moved" && moved.events.length > 0) stripped.add(id);
    }
  for (const { id } of leavers) seen.add(id);
  return [...stripped].sort();
}

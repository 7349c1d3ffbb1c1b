import type { Estate, PrincipalId } from "../../estate/index.js";
import type { Become, Entry } from "../become.js";
import type { ChangedEstate } from "../change/draft.js";
import type { EntryChange } from "./difference.js";

/** Ways in that are there before and not after, or the other way round, or that start worse or better. */
export function entryDifference(
  before: Become,
  after: Become,
  { estate, touched }: ChangedEstate,
): readonly EntryChange[] {
  const base = before.engine.estate;
  const concerned = new Set<PrincipalId>(touched.principals);
  for (const id of movedHolders(base, estate)) concerned.add(id);
  return [...concerned].sort().flatMap((into) => {
    const [old, now] = [byKey(before.entriesOf(into)), byKey(after.entriesOf(into))];
    return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((key): readonly EntryChange[] => {
      const [was, is] = [old.get(key), now.get(key)];
      const entry = was ?? is;
      // A pipeline is told by the token that its role admits; without that it is no new way, it had stood there.
      const stood = is?.kind === "pipeline" && base.pipelines === estate.pipelines;
      if (entry === undefined || (was === undefined && stood)) return [];
      if (was?.band === is?.band && (was === undefined) === (is === undefined)) return [];
      const { label, kind, starter, credential, evidence } = is ?? entry;
      return [
        {
          into,
          label,
          kind,
          starter,
          ...(credential === undefined ? {} : { credential }),
          ...(was === undefined ? {} : { before: was.band }),
          ...(is === undefined ? {} : { after: is.band }),
          evidence,
        },
      ];
    });
  });
}

/** The worst of the ways that start alike. */
function byKey(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>();
  for (const entry of entries) {
    const key = `${entry.kind} ${entry.starter} ${entry.credential ?? ""}`;
    const known = found.get(key);
    if (known === undefined || entry.band < known.band) found.set(key, entry);
  }
  return found;
}

/** Identities whose secrets, trusts, consents, compute or pipelines are others than before. */
function movedHolders(before: Estate, after: Estate): readonly PrincipalId[] {
  const moved = <Item>(old: readonly Item[], now: readonly Item[]): readonly Item[] => {
    if (old === now) return [];
    const [a, b] = [new Set(old), new Set(now)];
    return [...old.filter((item) => !b.has(item)), ...now.filter((item) => !a.has(item))];
  };
  return [
    ...moved(before.credentials, after.credentials).map(({ holder }) => holder),
    ...moved(before.trusts, after.trusts).map(({ to }) => to),
    ...moved(before.consents, after.consents).map(({ app }) => app),
    ...moved(before.pipelines, after.pipelines).flatMap(({ runsAs }) => runsAs ?? []),
    ...moved(before.workloads, after.workloads).flatMap(({ runsAs }) => runsAs),
    ...moved(before.assignments, after.assignments).flatMap(({ actor }) => actor ?? []),
  ];
}

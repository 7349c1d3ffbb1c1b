import { evidenceAt, type OwnershipStatement } from "../estate/index.js";
import type { OwnershipScope } from "./answerable.js";
import type { EstateIndex } from "./estate-index.js";
import type { Column, Sighting, SightingKind } from "./owner-evidence.js";

const kinds: Readonly<Record<OwnershipStatement["kind"], SightingKind>> = {
  registry: "registry",
  annotation: "tag",
  namespace: "namespace",
};

/** What inventories of software, annotations and namespaces say (ownership.md 6a: Backstage, Kubernetes, PagerDuty). */
export function statementSightings(
  index: EstateIndex,
  about: OwnershipScope,
  column: Column,
): readonly Sighting[] {
  if (index.estate.ownerships.length === 0) return [];
  const identities = column === "workload-identity";
  const subjects: (readonly [string, Sighting["directness"]])[] = [
    ...about.resources.map((id) => [id, identities ? 0.6 : 1] as const),
    ...about.principals.map((id) => [id, identities ? 1 : 0.6] as const),
    ...about.workloads.map((id) => [`workload:${id}`, 1] as const),
    ...about.workloads.flatMap((id) => {
      // `payments/etl` of a cluster and `etl` of an inventory are likely one thing, by name only.
      const name = index.estate.workloads.find((item) => item.id === id)?.name;
      return name === undefined || name === id ? [] : [[`workload:${name}`, 0.4] as const];
    }),
    ...[...new Set(about.files.flatMap(({ repository }) => repository ?? []))].map(
      (repository) => [`repository:${repository}`, 1] as const,
    ),
  ];
  const nearest = new Map<string, Sighting["directness"]>();
  for (const [subject, directness] of subjects)
    nearest.set(subject, Math.max(directness, nearest.get(subject) ?? 0) as Sighting["directness"]);
  return [...nearest].flatMap(([subject, directness]) =>
    index.statementsOn(subject).map((statement): Sighting => {
      const observedAt = statement.observedAt ?? statement.origin.source.observedAt;
      return {
        kind: kinds[statement.kind],
        raw: statement.owner,
        source: statement.source,
        ...(observedAt === undefined ? {} : { observedAt }),
        directness,
        ...(statement.ownerKind === "person" ? { person: true } : {}),
        evidence: evidenceAt(statement.origin, `${statement.source}: ${statement.owner}`),
      };
    }),
  );
}

/**
 * Whoever is called first for the workload at this moment (ownership.md 6a: on call is not
 * accountable, it answers now). A calendar holds any text: only a mail address, or a name that somebody is known by.
 */
export function onCallSightings(
  index: EstateIndex,
  about: OwnershipScope,
  now: string,
  isKnown: (name: string) => boolean,
): readonly Sighting[] {
  if (index.estate.shifts.length === 0) return [];
  const names = new Set(
    about.workloads.flatMap((id) => [
      id.toLowerCase(),
      index.estate.workloads.find((item) => item.id === id)?.name.toLowerCase() ?? id.toLowerCase(),
    ]),
  );
  // A service is answered by its escalation policy or schedule, whose name is another.
  for (const { service, calls } of index.estate.onCallServices) if (names.has(service)) names.add(calls);
  const at = Date.parse(now);
  const live = index.estate.shifts.filter(
    ({ covers, from, until }) =>
      covers.some((name) => names.has(name)) && Date.parse(from) <= at && at < Date.parse(until),
  );
  const first = Math.min(...live.map(({ level }) => level));
  return live
    .filter(({ level, person }) => level === first && (person.includes("@") || isKnown(person)))
    .map((shift) => ({
      kind: "on-call",
      raw: shift.person,
      source: `on call (${shift.schedule})`,
      directness: 1,
      person: true,
      evidence: evidenceAt(shift.origin, `${shift.from} to ${shift.until}: ${shift.person}`),
    }));
}

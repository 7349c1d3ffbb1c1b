import { evidenceAt, resourceId, type Estate, type Origin, type Workload } from "../estate/index.js";
import type { Exposure, ExposureFinding } from "./exposures.js";
import { digestOf, fingerprint } from "./fingerprint.js";
import { registered } from "./weakness-registry.js";
import { weaknessTitle } from "./weakness.js";

/** How exposures are marked that the estate itself shows, without a tool that reported them. */
const tool = "estate";

/** Words by which documents call a guard rail of what runs, and the constraint that is missing while it is off. */
const byName: readonly (readonly [RegExp, string])[] = [
  [/egress|outbound/i, "runtime.no-egress-limit"],
  [/read.?only|immutable|root ?file/i, "runtime.writable-root"],
  [/admission/i, "runtime.no-admission-policy"],
  [/metadata|imds/i, "runtime.open-metadata"],
];

/** The same as facts of a workload: which value means that it is missing. */
const byFact: readonly (readonly [string, boolean, string])[] = [
  ["egressLimited", false, "runtime.no-egress-limit"],
  ["readOnlyRoot", false, "runtime.writable-root"],
  ["admissionPolicy", false, "runtime.no-admission-policy"],
  ["tokenlessMetadata", true, "runtime.open-metadata"],
];

/**
 * R9: what limits a workload where it runs and is missing is an exposure of its own, also while no flaw is known: guard
 * rails that a document calls off, and identities that several workloads share. Only what is said: silence is no gap.
 * They are no input rows, so the counts of rows do not know them.
 */
export function withRuntimeConstraints(reported: readonly Exposure[], estate: Estate): readonly Exposure[] {
  const found = [...ofGuardrails(estate), ...ofFacts(estate), ...ofSharedIdentities(estate)];
  if (found.length === 0) return reported;
  const known = new Set(reported.map(keyOf));
  const own = new Map<string, Exposure>();
  for (const exposure of found) {
    const key = keyOf(exposure);
    // What a tool or a person reports of it says more.
    if (!known.has(key) && !own.has(key)) own.set(key, exposure);
  }
  return [...reported, ...own.values()].sort(
    (a, b) =>
      compare(a.resource, b.resource) ||
      compare(a.weakness, b.weakness) ||
      compare(a.subLocator, b.subLocator) ||
      compare(a.id, b.id),
  );
}

const keyOf = ({ resource, weakness }: Exposure): string => `${resource}\n${weakness}`;

function ofGuardrails(estate: Estate): readonly Exposure[] {
  return estate.guardrails.flatMap(({ id, resource, state, origin }) => {
    const workload = estate.workloads.find((item) => resource === `workload:${item.id}`);
    if (state !== "off" || workload === undefined) return [];
    const weakness = byName.find(([pattern]) => pattern.test(id))?.[1] ?? "runtime.guard-rail-off";
    return [ofWorkload(workload, weakness, origin, `guard rail ${id} is off`)];
  });
}

function ofFacts(estate: Estate): readonly Exposure[] {
  return estate.workloads.flatMap((workload) =>
    byFact.flatMap(([name, missing, weakness]) =>
      workload.facts[name] === missing
        ? [ofWorkload(workload, weakness, workload.origin, `${name}: ${String(missing)}`)]
        : [],
    ),
  );
}

function ofWorkload(workload: Workload, weakness: string, origin: Origin, excerpt: string): Exposure {
  return exposureOf(
    {
      id: `workload:${workload.id}`,
      name: workload.name,
      kind: "workload",
      account: workload.account,
    },
    weakness,
    [[origin, excerpt]],
  );
}

/** One identity of several workloads: whoever breaks into one of them acts as all of them. */
function ofSharedIdentities(estate: Estate): readonly Exposure[] {
  const users = new Map<string, Workload[]>();
  for (const workload of estate.workloads)
    for (const id of new Set(workload.runsAs)) users.set(id, [...(users.get(id) ?? []), workload]);
  if (users.size === 0) return [];
  return estate.principals.flatMap((principal) => {
    const workloads = users.get(principal.id) ?? [];
    if (workloads.length < 2) return [];
    const names = workloads.map(({ name }) => name).sort(compare);
    const listed = names.slice(0, 5).join(", ");
    const more = names.length > 5 ? ` and ${String(names.length - 5)} more` : "";
    return [
      exposureOf(
        { id: principal.id, name: principal.name, kind: `iam:${principal.kind}`, account: principal.account },
        "runtime.shared-identity",
        workloads.slice(0, 5).map(({ origin }) => [origin, `shared by ${listed}${more}`] as const),
      ),
    ];
  });
}

interface Place {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly account: Exposure["account"] | undefined;
}

function exposureOf(
  place: Place,
  weaknessId: string,
  said: readonly (readonly [Origin, string])[],
): Exposure {
  const weakness = registered(weaknessId);
  const resource = resourceId(place.id);
  const title = weaknessTitle(weakness, "");
  const [first] = said;
  const seen = first?.[0].source.observedAt;
  const times = seen === undefined ? {} : { firstSeen: seen, lastSeen: seen };
  const finding: ExposureFinding = {
    fingerprint: fingerprint({
      tool,
      provider: "remit",
      check: weakness.id,
      account: place.account,
      region: undefined,
      resource,
      subLocator: "",
      instance: undefined,
    }),
    tool,
    check: weakness.id,
    nativeIds: [],
    result: "fail",
    state: "open",
    severity: "medium",
    title,
    detail: first?.[1] ?? "",
    ...times,
    quality: [],
    evidence: said.map(([origin, excerpt]) => evidenceAt(origin, excerpt)),
  };
  return {
    id: digestOf(["exposure/1", JSON.stringify([resource, weakness.id, ""]), ""]).slice(0, 24),
    resource,
    resourceName: place.name,
    resourceKind: place.kind,
    ...(place.account === undefined ? {} : { account: place.account }),
    weakness: weakness.id,
    class: weakness.class,
    title,
    subLocator: "",
    // Nobody rated it: by itself it exposes nothing.
    severity: "medium",
    state: "open",
    findings: [finding],
    tags: {},
    ...times,
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

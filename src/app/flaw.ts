import {
  createOwnerFinder,
  type OwnerFinder,
  type OwnershipScope,
  type Role,
} from "../core/accountability/index.js";
import {
  deploymentOf,
  knownWorkloads,
  unionOfReach,
  type Analysis,
  type Case,
  type CaseExposure,
  type FlawCarrier,
  type FlawDocument,
  type FlawOwner,
  type UnscannedComponent,
} from "../core/decision/index.js";
import { accountId, principalId, resourceId, type Estate, type Workload } from "../core/estate/index.js";
import { analyzeLoaded, type AnalyzeOptions } from "./analyze-files.js";
import { flawTerms, matchesFlaw, type FlawTerms } from "./flaw-terms.js";
import { loadInputs, type LoadedInputs } from "./load-inputs.js";
import { scopeOf } from "./playbook.js";
import { becomeOf } from "./questions.js";
import { reachFinder, type ReachOf } from "./summed-reach.js";

/** One flaw, every workload in which it runs, and what all of them together reach (R69). */
export async function askFlaw(typed: string, options: AnalyzeOptions) {
  const loaded = await loadInputs(options);
  if (loaded.inputs.length === 0) return { kind: "nothing-readable", rejected: loaded.rejected } as const;
  return flawIn({ loaded, analysis: await analyzeLoaded(loaded, options) }, typed, options.now);
}

/** The same of an estate that was read once, and decided. */
export async function flawIn(
  { loaded, analysis }: { readonly loaded: LoadedInputs; readonly analysis: Analysis },
  typed: string,
  now: string,
) {
  const readers = await import("../readers/index.js");
  const asked = flawTerms(typed, analysis.cases, readers.parsePurl);
  if (asked.kind === "bad-question") return asked;
  const { terms } = asked;
  const found = analysis.cases.flatMap((item) =>
    item.exposures.filter((exposure) => matchesFlaw(exposure, terms)).map((exposure) => ({ item, exposure })),
  );
  const workloads = knownWorkloads(loaded.estate, loaded.catalogue);
  const unscanned = unscannedOf(terms, workloads, found, readers.parsePurl);
  const notAffected = loaded.exposures
    .filter(
      ({ state, subLocator, findings }) =>
        state === "muted-external" &&
        (terms.ids.has(subLocator) ||
          findings.some(({ vulnerability }) => (vulnerability?.ids ?? []).some((id) => terms.ids.has(id)))),
    )
    .map(({ resource, resourceName, findings }) => ({
      resource,
      name: resourceName,
      reason:
        findings.flatMap(({ muting }) => muting?.reason ?? [])[0] ?? "muted in the tool, no reason given",
    }));
  if (found.length + unscanned.length + notAffected.length === 0)
    return { kind: "bad-question", message: nothingFound(typed, analysis) } as const;
  return {
    kind: "answer",
    document: documentOf(terms, found, { unscanned, notAffected }, workloads, {
      loaded,
      analysis,
      now,
    }),
  } as const;
}

function nothingFound(typed: string, { cases }: Analysis): string {
  const near = [
    ...new Set(cases.flatMap(({ exposures }) => exposures.flatMap(({ flaw }) => flaw?.ids[0] ?? []))),
  ].sort();
  const some = near.slice(0, 5).map((id) => `\`${id}\``);
  return `nothing that was read carries \`${typed}\`: no finding names it, and no workload lists the component${some.length === 0 ? "; give the output of a scanner with `--findings`" : `; flaws that were reported: ${some.join(", ")}${near.length > some.length ? ` and ${String(near.length - some.length)} more` : ""}`}`;
}

interface Found {
  readonly item: Case;
  readonly exposure: CaseExposure;
}

interface Setting {
  readonly loaded: LoadedInputs;
  readonly analysis: Analysis;
  readonly now: string;
}

function documentOf(
  terms: FlawTerms,
  found: readonly Found[],
  beside: Pick<FlawDocument, "unscanned" | "notAffected">,
  workloads: readonly Workload[],
  { loaded, analysis, now }: Setting,
): FlawDocument {
  const { estate, catalogue, reference } = loaded;
  const engine = { actions: reference.actions, managedPolicies: reference.managedPolicies };
  const become = becomeOf(estate, { engine, catalogue, now });
  const owners = createOwnerFinder({ estate, catalogue, engine: become.engine, now });
  const reachOf = reachFinder(estate, become);
  const carriers = grouped(found, workloads)
    .map((group) => carrierOf(group, { estate, owners, reachOf, now }))
    .sort(
      (a, b) =>
        Number(b.state === "open") - Number(a.state === "open") ||
        b.tier - a.tier ||
        Number(b.deployed === true) - Number(a.deployed === true) ||
        (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
    );
  const open = carriers.filter(({ state }) => state === "open" || state === "unknown");
  const scores = found.flatMap(({ exposure }) => exposure.flaw?.epss ?? []);
  const ids = new Set(carriers.map((carrier) => carrier.case));
  return {
    schema: "remit.flaw/1",
    generatedAt: analysis.generatedAt,
    inputs: analysis.inputs,
    rejected: analysis.rejected,
    policyVersion: analysis.policyVersion,
    asked: terms.asked,
    flaw: {
      ids: [...terms.ids].sort(byIssuer),
      components: [...terms.components].sort(),
      fixed: unique(found.flatMap(({ exposure }) => exposure.flaw?.fixed ?? [])),
      knownExploited: found.some(
        ({ item, exposure }) => exposure.flaw?.exploited === true || item.facts["kev"]?.value === true,
      )
        ? true
        : "unknown",
      ...(scores.length === 0 ? {} : { epss: Math.max(...scores) }),
      severity: worst(found.map(({ exposure }) => exposure.severity)),
    },
    carriers,
    ...beside,
    total: {
      carriers: carriers.length,
      running: carriers.filter(({ deployed }) => deployed === true).length,
      perhapsRunning: carriers.filter(({ deployed }) => deployed === "unknown").length,
      open: open.length,
      exposed: open.filter(({ exposed }) => exposed === true).length,
      worstTier: open.reduce<0 | 1 | 2 | 3>((tier, one) => (one.tier > tier ? one.tier : tier), 0),
      reach: unionOfReach(open.filter(({ deployed }) => deployed !== false).map(({ reach }) => reach)),
      late: open.filter(({ clocks }) => clocks.some(({ late }) => late)).length,
      canActNow: open.filter(({ act }) => act.some(({ canNow }) => canNow.verdict === "can")).length,
      unowned: open.reduce(
        (sum, one) => sum + one.owners.filter(({ answerable }) => answerable.length === 0).length,
        0,
      ),
    },
    unknowns: analysis.unknowns
      .filter(({ decides }) => decides.some((id) => ids.has(id)))
      .map(({ key, fact, collect }) => ({ key, fact, collect })),
  };
}

interface Group {
  readonly workload: Workload | undefined;
  readonly resource: string;
  readonly found: readonly Found[];
}

/** One line per workload; what belongs to none stands for itself. A thing of two workloads counts for both. */
function grouped(found: readonly Found[], workloads: readonly Workload[]): readonly Group[] {
  const groups = new Map<string, { workload: Workload | undefined; resource: string; found: Found[] }>();
  for (const one of found) {
    const { resource } = one.exposure;
    const own = workloads.filter(
      ({ id, resources }) => resource === `workload:${id}` || resources.some((each) => each === resource),
    );
    for (const workload of own.length === 0 ? [undefined] : own) {
      const key = workload === undefined ? resource : `workload:${workload.id}`;
      const group = groups.get(key) ?? { workload, resource, found: [] };
      group.found.push(one);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

const planes: readonly (readonly [FlawOwner["plane"], Role])[] = [
  ["build", "BUILD_OWNER"],
  ["runtime", "RUNTIME_OWNER"],
  ["incident", "INCIDENT_OWNER"],
];

function carrierOf(
  { workload, resource, found }: Group,
  {
    estate,
    owners,
    reachOf,
    now,
  }: {
    readonly estate: Estate;
    readonly owners: OwnerFinder;
    readonly reachOf: ReachOf;
    readonly now: string;
  },
): FlawCarrier {
  const [first] = [...found].sort((a, b) => b.item.tier - a.item.tier);
  if (first === undefined) throw new Error(`nothing was found on \`${resource}\``);
  const { item, exposure } = first;
  const exposures = found.map((one) => one.exposure);
  const stated = estate.exposures.filter((one) =>
    exposures.some((each) => each.resource === one.resource && each.weakness === one.weakness),
  );
  const deployed = deploymentOf({
    exposures,
    workloads: workload === undefined ? [] : [workload],
    stated,
    estate,
  });
  const runsAs = workload?.runsAs ?? [];
  const ofResources = exposures.flatMap((one) => estate.resource(resourceId(one.resource))?.runsAs ?? []);
  const identities = unique([...runsAs, ...ofResources]).map((id) => principalId(id));
  const scope = workload === undefined ? resourceScope(exposure, identities) : scopeOf(workload, estate);
  const account = workload?.account ?? exposure.account;
  const name =
    account === undefined ? undefined : (exposure.accountName ?? estate.account(accountId(account))?.name);
  return {
    id: workload === undefined ? resource : `workload:${workload.id}`,
    name: workload?.name ?? exposure.resourceName,
    kind: workload === undefined ? "resource" : "workload",
    ...(account === undefined ? {} : { account }),
    ...(name === undefined ? {} : { accountName: name }),
    deployed: deployed.value,
    exposed: workload?.exposed ?? item.facts["exposed"]?.value ?? "unknown",
    state: stateOf(exposures),
    tier: item.tier,
    tierIfUnknown: item.tierIfUnknown,
    severity: item.severity,
    case: item.id,
    lead: item.lead,
    organisational: deployed.value === false ? [] : organisationalBecause(item),
    found: exposures.flatMap((one) =>
      one.findings.map(({ tool, check, evidence }) => ({ tool, check, resource: one.resource, evidence })),
    ),
    purls: unique(exposures.flatMap(({ flaw }) => flaw?.purls ?? [])),
    fixed: unique(exposures.flatMap(({ flaw }) => flaw?.fixed ?? [])),
    owners: planes
      .filter(([plane]) => plane === "build" || deployed.value !== false)
      .map(([plane, role]): FlawOwner => {
        const { answerables, gap } = owners.owners(role, scope);
        return { role, plane, answerable: answerables.slice(0, 2), ...(gap === undefined ? {} : { gap }) };
      }),
    identities,
    reach: reachOf(identities, [resource, ...(workload?.resources ?? [])]),
    act: item.containment
      .filter(({ phase }) => phase === "stop" || phase === "revoke")
      .map(({ phase, role, title, requires, command, canNow }) => ({
        phase,
        role,
        title,
        requires,
        command,
        canNow,
      })),
    clocks: item.deadlines.map((clock) => ({
      ...clock,
      late: clock.due !== null && Date.parse(clock.due) < Date.parse(now),
    })),
  };
}

/** Open as long as one of its findings is. */
function stateOf(exposures: readonly CaseExposure[]): FlawCarrier["state"] {
  const states = exposures.map(({ state }) => state);
  return (
    (["open", "unknown", "muted-external", "gone", "fixed"] as const).find((state) =>
      states.includes(state),
    ) ?? "unknown"
  );
}

const raising: readonly (readonly [string, string])[] = [
  ["broad_permissions", "broad permissions"],
  ["persistent_secret", "a persistent secret"],
  ["weak_separation", "weak separation of control plane and workload"],
];

/** R7: what raises it from code issue to organisational case. */
const organisationalBecause = (item: Case): readonly string[] =>
  raising.flatMap(([fact, words]) => {
    const record = item.facts[fact];
    if (record?.value !== true) return [];
    const why = record.note ?? record.because[0]?.excerpt;
    return [why === undefined ? words : `${words}: ${why}`];
  });

const resourceScope = (exposure: CaseExposure, principals: OwnershipScope["principals"]): OwnershipScope => ({
  accounts: exposure.account === undefined ? [] : [exposure.account],
  resources: [exposure.resource],
  principals,
  workloads: [],
  files: [],
  credentials: [],
});

function unscannedOf(
  terms: FlawTerms,
  workloads: readonly Workload[],
  found: readonly Found[],
  parsePurl: FlawTerms["parse"],
): readonly UnscannedComponent[] {
  const fixed = new Set(found.flatMap(({ exposure }) => exposure.flaw?.fixed ?? []));
  const covered = new Set(found.map(({ exposure }) => exposure.resource));
  return workloads.flatMap((workload) => {
    if ([`workload:${workload.id}`, ...workload.resources].some((id) => covered.has(id))) return [];
    return workload.components.flatMap((purl): readonly UnscannedComponent[] => {
      const parsed = parsePurl(purl);
      if (parsed === undefined || !terms.components.has(parsed.component)) return [];
      if (terms.version !== undefined && parsed.version !== terms.version) return [];
      const version = parsed.version ?? "";
      const state = terms.versions.has(`${parsed.component}@${version}`)
        ? "same-version"
        : fixed.has(version)
          ? "mended"
          : "not-judged";
      return [{ workload: workload.id, name: workload.name, purl: parsed.purl, state }];
    });
  });
}

const severities: readonly FlawCarrier["severity"][] = [
  "critical",
  "high",
  "medium",
  "low",
  "informational",
  "unknown",
];
const worst = (all: readonly FlawCarrier["severity"][]): FlawCarrier["severity"] =>
  severities.find((severity) => all.includes(severity)) ?? "unknown";

const unique = <Item extends string>(items: readonly Item[]): readonly Item[] => [...new Set(items)].sort();

/** The CVE first, then GHSA, then the rest. */
const byIssuer = (a: string, b: string): number => {
  const rank = (id: string): number => (id.startsWith("CVE-") ? 0 : id.startsWith("GHSA-") ? 1 : 2);
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
};

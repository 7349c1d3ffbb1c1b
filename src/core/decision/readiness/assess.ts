import type { Become } from "../../access/index.js";
import {
  holderResolver,
  indexPatterns,
  matchingWorkloads,
  type Catalogue,
  type HolderResolver,
  type OwnerAnswer,
  type OwnerFinder,
  type OwnershipScope,
  type WorkloadEntry,
} from "../../accountability/index.js";
import {
  evidenceAt,
  type Estate,
  type Evidence,
  type PrincipalId,
  type Workload,
} from "../../estate/index.js";
import { compareText } from "../sorting.js";
import { maturityFigure } from "./cited-figure.js";
import { duties, type DutyKind } from "./duty.js";
import { fixOf } from "./fix-words.js";
import { identityLives } from "./nhi-life.js";
import { nhiGaps } from "./nhi.js";
import type { Readiness, ReadinessCell, ReadinessGap, WorkloadReadiness } from "./readiness.js";
import { readinessShares } from "./shares.js";
import { workloadTier, type WorkloadTier } from "./workload-tier.js";

export interface ReadinessInput {
  readonly estate: Estate;
  readonly become: Become;
  readonly catalogue: Catalogue | undefined;
  readonly owners: OwnerFinder;
  /** ISO instant. */
  readonly now: string;
}

/** The question, and who stands behind the names of the catalogue today. */
interface Resolved extends ReadinessInput {
  readonly resolve: HolderResolver;
}

/** The matrix of workloads and duties with its gaps (R48). Workloads are those of the estate and of the catalogue. */
export function assessReadiness(asked: ReadinessInput): Readiness {
  const input = { ...asked, resolve: holderResolver(asked.catalogue, asked.now, asked.estate.shifts) };
  const rows: WorkloadReadiness[] = [];
  const gaps: ReadinessGap[] = [];
  for (const workload of workloadsOf(input))
    rows.push(rowOf(workload, input, (gap, tier) => gaps.push({ ...gap, tier })));
  const lives = identityLives(input.estate, input.catalogue, input.now);
  gaps.push(...aroundWorkloads(input), ...lives.gaps);
  const { coverage, diffuse } = readinessShares(rows, gaps);
  return {
    workloads: rows,
    gaps: gaps.sort(
      (a, b) =>
        (b.tier ?? 0) - (a.tier ?? 0) ||
        order.indexOf(a.kind) - order.indexOf(b.kind) ||
        compareText(a.scope, b.scope) ||
        compareText(a.text, b.text),
    ),
    coverage,
    identities: lives.identities,
    moreIdentities: lives.moreIdentities,
    compared: maturityFigure,
    diffuse,
  };
}

/** Worst first: nobody there, somebody who cannot, somebody who is not confirmed, then what only ages. */
const order: readonly ReadinessGap["kind"][] = [
  ...([
    "no-owner",
    "no-runtime-authority",
    "bare-team",
    "unlisted",
    "departed",
    "expired",
    "cannot-act",
  ] as const),
  ...([
    "other-class",
    "several",
    "one-side-only",
    "no-deputy",
    "unconfirmed",
    "orphaned",
    "static-access",
  ] as const),
];

/** Deployed workloads, and those that only the catalogue knows. */
function workloadsOf({ estate, catalogue }: ReadinessInput): readonly Workload[] {
  const deployed = new Set(estate.workloads.map((item) => item.id));
  const onlyNamed = (catalogue?.workloads ?? []).filter((entry) => !deployed.has(entry.id));
  const patterns = indexPatterns(
    onlyNamed.flatMap(({ match }, at) => match.principals.map((pattern) => [pattern, at] as const)),
  );
  const runsAs = new Map<number, Set<PrincipalId>>();
  if (onlyNamed.length > 0)
    for (const { id } of estate.principals)
      for (const at of patterns.matching(id)) runsAs.set(at, (runsAs.get(at) ?? new Set()).add(id));
  return [
    ...estate.workloads,
    ...onlyNamed.map((entry, at): Workload => ({
      id: entry.id,
      name: entry.id,
      runsAs: [...(runsAs.get(at) ?? [])],
      resources: [],
      exposed: "unknown",
      components: [],
      facts: {},
      origin: entry.origin,
    })),
  ].sort((a, b) => compareText(a.id, b.id));
}

function rowOf(
  workload: Workload,
  input: Resolved,
  found: (gap: ReadinessGap, tier: 1 | 2 | 3) => void,
): WorkloadReadiness {
  const { estate, catalogue } = input;
  const entries = matchingWorkloads(estate, catalogue, { workloads: [workload.id] }).catalogued;
  const tier = workloadTier(workload, entries, input);
  const scope = scopeOf(workload, estate);
  const cells = duties.map((duty) =>
    cellOf(duty, { workload, entry: entries[0], tier, scope }, input, (gap) => found(gap, tier.tier)),
  );
  return {
    workload: workload.id,
    name: workload.name,
    ...(scope.accounts[0] === undefined ? {} : { account: scope.accounts[0] }),
    tier: tier.tier,
    tierIfUnknown: tier.ifUnknown,
    tierBecause: tier.because,
    cells,
  };
}

function scopeOf(workload: Workload, estate: Estate): OwnershipScope {
  const accounts = [
    ...(workload.account === undefined ? [] : [workload.account]),
    ...workload.runsAs.flatMap((id) => estate.principal(id)?.account ?? []),
  ];
  return {
    accounts: [...new Set(accounts)],
    resources: [`workload:${workload.id}`, ...workload.resources],
    principals: workload.runsAs,
    workloads: [workload.id],
    files: [],
    credentials: workload.runsAs.flatMap((id) => estate.credentialsOf(id).map((item) => item.id)),
  };
}

interface Asked {
  readonly workload: Workload;
  readonly entry: WorkloadEntry | undefined;
  readonly tier: WorkloadTier;
  readonly scope: OwnershipScope;
}

function cellOf(
  duty: DutyKind,
  { workload, entry, tier, scope }: Asked,
  { estate, owners, catalogue, resolve }: Resolved,
  found: (gap: ReadinessGap) => void,
): ReadinessCell {
  // What is not known counts the worse way for gaps (decision-rules.md, Facts).
  if (duty.fromTier > tier.ifUnknown) return { duty: duty.id, state: "-" };
  if (duty.id === "identity" && workload.runsAs.length === 0) return { duty: duty.id, state: "-" };
  if (duty.id === "runtime-authority")
    return accountCell(duty, workload, scope, { catalogue, resolve }, found);
  const calls = duty.calls?.(workload, estate) ?? [];
  const answers =
    calls.length === 0
      ? [owners.owners(duty.role, scope)]
      : calls.map((call) => owners.owners(duty.role, scope, call));
  const answer = worst(answers);
  const gap = (kind: ReadinessGap["kind"], text: string, stoppedBy: readonly Evidence[] = []): void =>
    found({
      kind,
      scope: `workload:${workload.id}`,
      duty: duty.id,
      text: `${workload.name}, ${duty.title}: ${text}`,
      fix: fixOf(kind, duty, workload, scope),
      rows: duty.rows,
      evidence: evidenceAt(entry?.origin ?? workload.origin, workload.id),
      ...(stoppedBy.length === 0 ? {} : { stoppedBy }),
    });
  for (const { kind, text } of answer.problems) if (kind !== "cannot-act") gap(kind, text);
  const holders = answer.answerables.filter((item) => !item.via.startsWith("deputy of "));
  const [first] = holders.length > 0 ? holders : answer.answerables;
  const deputy = answer.answerables.find((item) => item !== first);
  if (first === undefined) return { duty: duty.id, state: "gap" };
  const blocked = answer.answerables.every(({ authority }) => authority.verdict === "cannot");
  if (blocked) gap("cannot-act", cannotText(answer.answerables), answer.stoppedBy);
  const short = duty.deputy && tier.tier >= 2 && deputy === undefined;
  if (short) gap("no-deputy", `${first.person ?? first.team ?? ""} stands alone`);
  if (first.inferred && !answer.problems.some(({ kind }) => kind === "unconfirmed"))
    gap("unconfirmed", `${first.person ?? first.team ?? ""} by ${first.via}, confirmed by nobody`);
  const wrong =
    blocked || answer.problems.some(({ kind }) => kind !== "unconfirmed" && kind !== "departed") || short;
  return {
    duty: duty.id,
    state: wrong ? "gap" : first.inferred ? "open" : stateOf(first.authority.verdict, calls.length > 0),
    who: first.person ?? first.team ?? "",
    ...(deputy === undefined ? {} : { deputy: deputy.person ?? deputy.team ?? "" }),
    via: first.via,
    ...(calls.length === 0 ? {} : { authority: first.authority }),
  };
}

/** `m.okafor and s.kaya are named and cannot: …`: the first refusal, then who could. */
function cannotText(answerables: OwnerAnswer["answerables"]): string {
  const names = [...new Set(answerables.map(({ person, team, role }) => person ?? team ?? role))];
  const proof = answerables[0]?.authority.proof ?? [];
  const could = proof.filter((line) => line.startsWith("could: ") || line.startsWith("people who can: "));
  const refusals = proof.filter((line) => !could.includes(line));
  return `${names.join(" and ")} ${names.length === 1 ? "is" : "are"} named and technically cannot: ${[...refusals.slice(0, 1), ...could].join("; ")}`;
}

const stateOf = (verdict: "can" | "cannot" | "unknown", asked: boolean): "can" | "named" =>
  asked && verdict === "can" ? "can" : "named";

/** Of several calls that one duty takes, the one that fares worst: an owner who can do half of it cannot do it. */
function worst(answers: readonly OwnerAnswer[]): OwnerAnswer {
  const rank = ({ answerables }: OwnerAnswer): number => {
    if (answerables.length === 0) return 0;
    if (answerables.every(({ authority }) => authority.verdict === "cannot")) return 1;
    return answerables[0]?.authority.verdict === "can" ? 3 : 2;
  };
  return [...answers].sort((a, b) => rank(a) - rank(b))[0] ?? { answerables: [], problems: [] };
}

/** R49: exactly one runtime authority for the account that a workload runs in. */
function accountCell(
  duty: DutyKind,
  workload: Workload,
  scope: OwnershipScope,
  { catalogue, resolve }: Pick<Resolved, "catalogue" | "resolve">,
  found: (gap: ReadinessGap) => void,
): ReadinessCell {
  const named = (catalogue?.accounts ?? []).filter((account) => scope.accounts.includes(account.id));
  const holders = [...new Set(named.flatMap((account) => account.runtimeAuthority ?? []))];
  const gap = (kind: ReadinessGap["kind"], text: string, who: readonly string[] = holders): ReadinessCell => {
    found({
      kind,
      scope: scope.accounts[0] ?? `workload:${workload.id}`,
      duty: duty.id,
      text: `${workload.name}, account: ${text}`,
      fix: fixOf(kind, duty, workload, scope),
      rows: duty.rows,
    });
    return { duty: duty.id, state: "gap", ...(who[0] === undefined ? {} : { who: who[0] }) };
  };
  const [holder] = holders;
  if (holder === undefined)
    return gap(
      "no-runtime-authority",
      `nobody is the runtime authority of ${scope.accounts[0] ?? "its account"}`,
    );
  if (scope.accounts.length === 1 && holders.length > 1)
    return gap("several", `several runtime authorities for one account: ${holders.sort().join(", ")}`);
  const { problem, people } = resolve(holder);
  // R47: a name that stands for nobody who is there is no runtime authority, whoever stands in meanwhile.
  if (problem !== undefined)
    return gap(
      problem.kind,
      `the runtime authority of ${scope.accounts[0] ?? ""}: ${problem.text}`,
      people.slice(0, 1).map(({ id }) => id),
    );
  return {
    duty: duty.id,
    state: "named",
    who: holder,
    via: `runtime authority of ${scope.accounts[0] ?? ""}`,
  };
}

/** Third parties with one side only (R76), and standing access of identities that are nobody's person. */
function aroundWorkloads({ estate, catalogue, now }: ReadinessInput): readonly ReadinessGap[] {
  const oneSided = (catalogue?.thirdParties ?? []).flatMap((party): readonly ReadinessGap[] => {
    const contract = party.contract !== undefined && party.contract !== "none";
    const technical = party.technical !== undefined;
    // Open source has no contract, and its lever defaults to the version pin (decision-rules.md, D9).
    if (party.kind === "open-source" || (contract && technical)) return [];
    const missing = contract
      ? "technical lever and telemetry"
      : technical
        ? "contract duty"
        : "contract duty and technical lever";
    return [
      {
        kind: "one-side-only",
        scope: `third party ${party.id}`,
        text: `third party ${party.id} has no ${missing}`,
        fix: contract
          ? `technical: { owner: TEAM, lever: disable-trust, telemetry: cloudtrail }`
          : `contract: { mustPatchWithin: P14D, notice: PT24H, clause: "…" }`,
        rows: ["R74", "R75", "R76"],
      },
    ];
  });
  return [...oneSided, ...nhiGaps(estate, catalogue, now)];
}

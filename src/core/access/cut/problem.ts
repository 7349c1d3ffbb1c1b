import {
  accountOfArn,
  principalId,
  type AccountId,
  type MissingFact,
  type PrincipalId,
} from "../../estate/index.js";
import type { Become } from "../become.js";
import { createBecome } from "../become/become.js";
import type { Change } from "../change/change.js";
import { overlayOfChanges } from "../change/overlay.js";
import type { AccessEngine } from "../engine.js";
import { broadGrantFloor } from "../recreate/broad-grant.js";
import type { DerivedActions } from "../recreate/derived-formula.js";
import { distinctFacts } from "../recreate/path.js";
import { createRecreation, type RecreationAnalysis } from "../recreate/recreate.js";
import type { Recreation, RecreationQuestion, SharedCause, Verdict } from "../recreation.js";
import type { AccessPolicy } from "../sanction.js";
import { credentialCandidates, entryCandidates } from "./entry-candidates.js";
import { codeCandidates } from "./code-candidates.js";
import type { Candidate } from "./candidate.js";
import { grantCandidates } from "./grant-candidates.js";
import type { Ground } from "./ground.js";
import { actionGuards, guardCandidates } from "./guard-candidates.js";
import { createPlaces } from "./located.js";
import { createUse, type UsedAccess } from "./use.js";
import { countedWays, openWays, type Way } from "./way.js";

/** What is left once changes are made. */
export interface Asked {
  readonly ways: readonly Way[];
  /** Ways beyond the limit of one question. */
  readonly more: number;
  readonly verdict: Verdict;
  readonly basis: Recreation["basis"];
  /** Facts without which nobody can promise that no further way exists. */
  readonly missing: readonly MissingFact[];
  /** The estate as it would be, for what else the changes do. */
  readonly engine: AccessEngine;
  readonly unapplied: readonly string[];
}

/** A question that changes are to settle: which ways remain, and what could break each. */
export interface CutProblem {
  readonly ground: Ground;
  ask(changes: readonly Change[]): Asked;
  candidates(way: Way): readonly Candidate[];
  /** Identities that were looked away from because they are expected administrators: taking rights from them brings ways into view. */
  readonly lifted: ReadonlySet<string>;
}

export interface RecreationCut {
  readonly become: Become;
  readonly policy: AccessPolicy;
  readonly derived: DerivedActions;
  /** Exposures that must not come back. */
  readonly questions: readonly RecreationQuestion[];
  /** Every exposure of the analysis: broad grants are lifted out over all of them. */
  readonly all: readonly RecreationQuestion[];
  /** Populations that nobody below expected administration may enter. */
  readonly sharedCauses: readonly string[];
  /** Use that the audit log does not show. */
  readonly used?: readonly UsedAccess[];
  /** Most ways written out per exposure and question. */
  readonly maxWays: number;
}

export function recreationProblem(input: RecreationCut): CutProblem {
  const { become, questions, all } = input;
  const { engine } = become;
  const { estate } = engine;
  const ground: Ground = {
    estate,
    places: createPlaces(estate),
    use: createUse(estate, input.used ?? [], new Set(questions.map(({ resource }) => resource))),
    sanctions: input.policy.sanctions,
  };
  const policy: AccessPolicy = { ...input.policy, maxRoutes: input.maxWays };
  const before = createRecreation(become, policy, input.derived);
  const shared = before.sharedCauses(all);
  // Populations are worked out again only where something rests on them.
  const asksShared = input.sharedCauses.length > 0 || all.length >= broadGrantFloor.exposures;
  const accountOf = (question: RecreationQuestion): AccountId | undefined =>
    question.account ??
    estate.resource(question.resource)?.account ??
    engine.accountOf(question.resource) ??
    accountOfArn(question.resource);
  const administrators = new Map<string, readonly PrincipalId[]>();
  for (const cause of shared)
    if (cause.kind === "administrators") administrators.set(cause.account, cause.members);
  const spared = (account: AccountId): readonly PrincipalId[] => administrators.get(account) ?? [];
  /** A credential that is the exposure itself: what containment revokes is what ends it for good. */
  const exposedSecrets = (question: RecreationQuestion): readonly Candidate[] =>
    [...(before.containmentOverlay(question).revokedCredentials ?? [])].flatMap((id) => {
      const credential = estate.credentials.find((item) => item.id === id);
      return credential === undefined ? [] : credentialCandidates("secret", credential);
    });
  return {
    ground,
    lifted: new Set(shared.flatMap(({ members }) => members)),
    ask(changes) {
      if (changes.length === 0) return askOf(before, input, shared, become, []);
      const { overlay, applied } = overlayOfChanges(estate, changes);
      const view = engine.withOverlay(overlay);
      const under: AccessPolicy = { ...policy, sanctions: [...policy.sanctions, ...applied.sanctions] };
      const after = createBecome(view, under);
      const analysis = createRecreation(after, under, input.derived);
      return askOf(
        analysis,
        input,
        asksShared ? analysis.sharedCauses(all) : [],
        after,
        applied.unapplied.map(({ reason }) => reason),
      );
    },
    candidates(way) {
      const question = typeof way.of === "number" ? questions[way.of] : undefined;
      const guards = question === undefined ? [] : guardCandidates(estate, question, accountOf(question));
      const code =
        way.code === undefined || question === undefined
          ? []
          : codeCandidates(estate, way.code, before.containmentOverlay(question));
      const secrets = question === undefined || way.entered ? [] : exposedSecrets(question);
      return distinct([...hopCandidates(ground, way, spared), ...guards, ...code, ...secrets]);
    },
  };
}

/** What could break a way at one of its hops. */
export function hopCandidates(
  ground: Ground,
  way: Way,
  spared: (account: AccountId) => readonly PrincipalId[],
): readonly Candidate[] {
  return way.hops.flatMap((hop, at) => {
    if (way.entered && at === 0) return entryCandidates(ground, hop);
    if (hop.cause === "guardrail" || hop.cause === "setting" || hop.cause === "code") return [];
    return [
      ...grantCandidates(ground, hop),
      ...(ground.estate.principal(principalId(hop.from)) === undefined
        ? []
        : actionGuards(ground.estate, hop, spared)),
    ];
  });
}

/** One of each, the cheapest reading of the same change. */
export function distinct(candidates: readonly Candidate[]): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const known = found.get(candidate.key);
    if (known === undefined || candidate.cost < known.cost) found.set(candidate.key, candidate);
  }
  return [...found.values()];
}

function askOf(
  analysis: RecreationAnalysis,
  { questions, sharedCauses }: RecreationCut,
  shared: readonly SharedCause[],
  become: Become,
  unapplied: readonly string[],
): Asked {
  const answers = questions.map((question) => analysis.recreate(question));
  const populations = shared.filter(({ key }) => sharedCauses.includes(key));
  const ways = [
    ...answers.flatMap((answer, index) => countedWays(answer.paths, index)),
    ...answers.flatMap((answer, index) => openWays(become, answer.missing, index)),
    ...populations.flatMap((cause) => countedWays(cause.paths ?? [], cause.key)),
  ];
  const verdicts = answers.map(({ verdict }) => verdict);
  const entered = populations.map((cause): Verdict => {
    const counted = countedWays(cause.paths ?? [], cause.key);
    return counted.some(({ verdict }) => verdict === true)
      ? "possible"
      : counted.length > 0
        ? "unknown"
        : "governed";
  });
  return {
    ways,
    more: answers.reduce((sum, answer) => sum + answer.morePaths, 0),
    verdict: worst([...verdicts, ...entered]),
    basis: [...new Set(answers.flatMap(({ basis }) => basis))],
    missing: distinctFacts([
      ...answers.flatMap(({ missing }) => missing),
      ...ways.flatMap((way) => way.missing),
    ]),
    engine: become.engine,
    unapplied,
  };
}

/** Precedence of interfaces.md: possible, unknown, governed, none. */
const worst = (verdicts: readonly Verdict[]): Verdict =>
  (["possible", "unknown", "governed"] as const).find((verdict) => verdicts.includes(verdict)) ?? "none";

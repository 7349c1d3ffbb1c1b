import type { Evidence } from "../estate/index.js";
import type { Answerable, Role } from "../accountability/index.js";
import type { DecisionLink } from "./decision-link.js";
import type { Analysis, Case, FactRecord } from "./analysis.js";
import { compareText } from "./sorting.js";
import { rules } from "./rules.js";

/** Why a case was decided as it was, and who has still to sign: `decision.json` of an evidence folder (R87). */
export interface DecisionRecord {
  readonly schema: "remit.decision-record/1";
  readonly case: string;
  readonly title: string;
  readonly decidedAt: string;
  readonly policyVersion: string;
  readonly verdict: string;
  readonly tier: number;
  readonly lead: string;
  readonly leadBecause: string;
  /** Rules that fired, each with the facts that it reads and their evidence. */
  readonly rules: readonly {
    readonly id: string;
    readonly when: string;
    readonly because: string;
    readonly facts: Readonly<Record<string, FactRecord>>;
  }[];
  /** Every other rule: the facts that kept it from firing. */
  readonly notFired: readonly {
    readonly id: string;
    readonly when: string;
    readonly facts: readonly string[];
  }[];
  /** Rules and weaknesses that the catalogue decides otherwise, with the reason given. */
  readonly overrides: readonly {
    readonly rule: string;
    readonly enabled: boolean;
    readonly reason: string;
  }[];
  /** R57: what led to it, by layer. */
  readonly decisionChain: readonly DecisionLink[];
  readonly deadlines: Case["deadlines"];
  readonly followUps: Case["followUps"];
  readonly frameworks: Case["frameworks"];
  readonly gaps: Case["gaps"];
  /** What has to be signed, by whom; an analysis signs nothing itself. */
  readonly signatures: readonly SignatureNeeded[];
}

export interface SignatureNeeded {
  readonly what: string;
  readonly role: Role;
  readonly people: readonly string[];
  readonly because: string;
}

export function decisionRecord(
  item: Case,
  { generatedAt, policyVersion }: Pick<Analysis, "generatedAt" | "policyVersion">,
  overrides: DecisionRecord["overrides"],
): DecisionRecord {
  const fired = new Map(item.rules.map((rule) => [rule.id, rule.because]));
  const factsOf = (names: readonly string[]): Readonly<Record<string, FactRecord>> =>
    Object.fromEntries(
      names.flatMap((name) => (item.facts[name] === undefined ? [] : [[name, item.facts[name]]])),
    );
  return {
    schema: "remit.decision-record/1",
    case: item.id,
    title: item.title,
    decidedAt: generatedAt,
    policyVersion,
    verdict: item.recreation.verdict,
    tier: item.tier,
    lead: item.lead,
    leadBecause: item.leadBecause,
    rules: rules.flatMap(({ id, when, reads }) => {
      const because = fired.get(id);
      return because === undefined ? [] : [{ id, when, because, facts: factsOf(reads) }];
    }),
    notFired: rules
      .filter(({ id }) => !fired.has(id))
      .map(({ id, when, reads }) => ({
        id,
        when,
        facts: reads.map((name) => `${name}: ${valueWords(item.facts[name])}`),
      })),
    overrides,
    decisionChain: item.decisionChain ?? [],
    deadlines: item.deadlines,
    followUps: item.followUps,
    frameworks: item.frameworks,
    gaps: item.gaps,
    signatures: signaturesOf(item),
  };
}

const valueWords = (fact: FactRecord | undefined): string =>
  fact === undefined ? "not asked" : fact.value === true ? "yes" : fact.value === false ? "no" : "unknown";

const namesOf = (answerables: readonly Answerable[]): readonly string[] => [
  ...new Set(answerables.flatMap(({ person, team }) => person ?? team ?? [])),
];

function signaturesOf(item: Case): readonly SignatureNeeded[] {
  const { followUps, authorities, rules: held } = item;
  const needed: SignatureNeeded[] = [];
  const named: readonly (readonly [string, Case["followUps"]["accessReview"]])[] = [
    ["access review", followUps.accessReview],
    ["secret rotation", followUps.secretRotation],
    ["privilege reduction", followUps.privilegeReduction],
  ];
  for (const [name, { required, notApplicable, because }] of named) {
    if (!required) continue;
    needed.push(
      notApplicable === undefined
        ? {
            what: `${name} done, or waived with a reason`,
            role: "RISK_SIGNER",
            people: namesOf(authorities.residualRisk),
            because,
          }
        : {
            what: `${name} is not applicable: ${notApplicable}`,
            role: "RISK_SIGNER",
            people: namesOf(authorities.residualRisk),
            because,
          },
    );
  }
  if (held.some(({ id }) => id === "D13")) {
    needed.push(
      {
        what: "compensating control until the fix is in",
        role: "CC_APPROVER",
        people: namesOf(authorities.compensatingControl),
        because: "past the deadline, or no patch will come",
      },
      {
        what: "residual risk, with the day on which it ends",
        role: "RISK_SIGNER",
        people: namesOf(authorities.residualRisk),
        because: "past the deadline, or no patch will come",
      },
    );
  }
  for (const exposure of item.exposures)
    if (exposure.intended !== undefined)
      needed.push({
        what: `${exposure.resourceName} is wanted until ${exposure.intended.until}`,
        role: "RISK_SIGNER",
        people: [exposure.intended.approvedBy],
        because: exposure.intended.reason,
      });
  return needed;
}

/** Every place that a value cites, however deep, once each; sorted by document and place. */
export function citationsOf(value: unknown): readonly Evidence[] {
  const found = new Map<string, Evidence>();
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) {
      for (const each of part) walk(each);
      return;
    }
    if (typeof part !== "object" || part === null) return;
    if (isEvidence(part)) {
      found.set(
        `${part.document}\n${part.pointer ?? ""}\n${part.inner ?? ""}\n${String(part.line ?? "")}`,
        part,
      );
      return;
    }
    for (const each of Object.values(part)) walk(each);
  };
  walk(value);
  return [...found].sort(([a], [b]) => compareText(a, b)).map(([, evidence]) => evidence);
}

const isEvidence = (part: object): part is Evidence =>
  "document" in part &&
  typeof part.document === "string" &&
  "digest" in part &&
  typeof part.digest === "string";

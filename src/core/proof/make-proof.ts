import { certify } from "./certify.js";
import { checkPath, type PathResult } from "./check-path.js";
import { contained } from "./containment.js";
import type { ClaimedHop, ClaimedPath, HopResult, Outcome } from "./claim.js";
import { weaknessRules } from "./formulas.js";
import { plainPlace } from "./holders.js";
import type { Proof, ProofHop, ProofPath, ProofQuestion } from "./proof.js";
import { sealed } from "./seal.js";
import { placeText } from "./raw-document.js";
import type { Setting, Taken } from "./ruling.js";

/** What the analysis says of a case, as far as a proof repeats it. */
export interface ClaimedCase {
  readonly id: string;
  readonly title: string;
  readonly verdict: Proof["verdict"];
  readonly words: string;
  readonly exposures: readonly {
    readonly id: string;
    readonly resource: string;
    readonly weakness: string;
    readonly account?: string | undefined;
  }[];
  readonly paths: readonly (ClaimedPath & {
    readonly governed: boolean;
    readonly exposures: readonly string[];
    readonly missing: ProofPath["missing"];
  })[];
  readonly morePaths: number;
  readonly missing: Proof["missing"];
}

/** Works everything out anew and writes down what was found beside what is claimed. */
export function makeProof(setting: Setting, claimed: ClaimedCase, at: string): Proof {
  const questions = claimed.exposures.map(({ id, resource, weakness, account }): ProofQuestion => ({
    exposure: id,
    resource,
    weakness,
    ...(account === undefined ? {} : { account }),
    formula: weaknessRules[weakness]?.restore ?? null,
    contained: (({ what, statements }) => ({ what, statements }))(
      contained(setting, { resource, weakness, account }),
    ),
  }));
  const paths = claimed.paths.map((path): ProofPath => proofPath(setting, questions, path));
  const { verdict } = claimed;
  const certificates =
    verdict === "none" || verdict === "governed"
      ? questions.map((question) =>
          certify(
            contained(setting, question).setting,
            question.exposure,
            question,
            verdict,
            paths.filter((path) => path.exposures.length === 0 || path.exposures.includes(question.exposure)),
          ),
        )
      : [];
  return sealed({
    schema: "remit.proof/1",
    case: claimed.id,
    title: claimed.title,
    at,
    verdict,
    words: claimed.words,
    questions,
    paths,
    morePaths: claimed.morePaths,
    missing: claimed.missing,
    certificates,
    documents: [...setting.directory.documents.values()].map(({ path, digest }) => ({ path, digest })),
  });
}

/** Every exposure that the path is said to re-create; of one that names none, the first. */
export function checkAgainst(
  setting: Setting,
  questions: readonly ProofQuestion[],
  path: ClaimedPath & { readonly exposures: readonly string[] },
): PathResult {
  const asked = questions.filter(({ exposure }) => path.exposures.includes(exposure));
  const results = (asked.length > 0 ? asked : questions.slice(0, 1)).map((question) =>
    checkPath(contained(setting, question).setting, question, path),
  );
  const rank = { holds: 0, "not-followed": 1, fails: 2 } as const;
  const [first, ...others] = results;
  return others.reduce(
    (worst, item) => (rank[item.outcome] > rank[worst.outcome] ? item : worst),
    first ?? checkPath(setting, { resource: "", weakness: "" }, path),
  );
}

function proofPath(
  setting: Setting,
  questions: readonly ProofQuestion[],
  path: ClaimedCase["paths"][number],
): ProofPath {
  const result = checkAgainst(setting, questions, path);
  return {
    route: path.route,
    exposures: path.exposures,
    leg: path.leg,
    verdict: path.verdict,
    certainty: path.certainty,
    governed: path.governed,
    starter: path.starter,
    actor: path.actor,
    ...(path.condition === undefined ? {} : { condition: path.condition }),
    ...(path.colluding === undefined ? {} : { colluding: path.colluding }),
    missing: path.missing,
    hops: path.hops.map((hop, index) => proofHop(hop, result.hops[index])),
    outcome: result.outcome,
    text: textOf(result),
  };
}

export function textOf({ hops, whole }: PathResult): string {
  const at = hops.findIndex(({ outcome }) => outcome !== "holds");
  const hop = hops[at];
  if (hop === undefined || (whole.outcome === "fails" && hop.outcome !== "fails")) return whole.text;
  return `hop ${at + 1}: ${hop.text}`;
}

const granting = new Set<Taken["layer"]>(["identity", "resource", "trust"]);

function proofHop(hop: ClaimedHop, result: HopResult | undefined): ProofHop {
  const taken = result?.taken ?? [];
  const outcome: Outcome = result?.outcome ?? "not-followed";
  return {
    from: hop.from,
    to: hop.to,
    via: hop.via,
    ...(hop.action === undefined ? {} : { action: hop.action }),
    ...(hop.rule === undefined ? {} : { rule: hop.rule }),
    ...(hop.asks === undefined
      ? {}
      : { asks: hop.asks.map(({ action, resource }) => ({ action, resource })) }),
    evidence: hop.evidence.map((item) => ({ ...plainPlace(item), excerpt: item.excerpt })),
    found: {
      outcome,
      text: result?.text ?? "",
      grants: distinct(taken.filter(({ layer, statement }) => granting.has(layer) && !statement.deny)).map(
        ({ statement }) => plainPlace(statement.at),
      ),
      read: distinctPlaces(result?.read ?? []),
      limits: distinct(taken.filter(({ layer, statement }) => !granting.has(layer) || statement.deny)).map(
        ({ layer, statement }) => ({ ...plainPlace(statement.at), layer }),
      ),
      conditions: result?.conditions ?? [],
      denies: result?.denies ?? 0,
    },
  };
}

function distinct(taken: readonly Taken[]): readonly Taken[] {
  const seen = new Map<string, Taken>();
  for (const item of taken) {
    const { document, pointer, inner } = item.statement.at;
    const key = `${item.layer} ${document} ${pointer ?? ""} ${inner ?? ""}`;
    if (!seen.has(key)) seen.set(key, item);
  }
  return [...seen.values()];
}

function distinctPlaces(read: HopResult["read"]): ProofHop["found"]["read"] {
  const seen = new Map<string, ProofHop["found"]["read"][number]>();
  for (const { layer, at } of read) {
    const place = { ...plainPlace(at), layer };
    seen.set(`${layer} ${placeText(at)}`, place);
  }
  return [...seen.values()];
}

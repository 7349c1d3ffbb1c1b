import { certify } from "./certify.js";
import { contained } from "./containment.js";
import { checkAgainst, makeProof, textOf, type ClaimedCase } from "./make-proof.js";
import { placeText, type Citation } from "./raw-document.js";
import type { Proof } from "./proof.js";
import type { Setting } from "./ruling.js";
import { isMissing } from "./missing-fact.js";

/** Where a proof does not hold. */
export interface ProofFault {
  /** `/paths/0/hops/2`, `/certificates/1`, `/documents/3`. */
  readonly part: string;
  readonly text: string;
  /** `document pointer`, where it is about one. */
  readonly at?: string;
  /** The check has no rule or reader for it; nothing speaks against it. */
  readonly unfollowed: boolean;
}

/**
 * Verifies a proof against its documents, without the engine: every path and certificate is worked out anew, and what
 * was found before must be found again. Documents and seals are the caller's to compare first.
 */
export function checkProof(setting: Setting, proof: Proof): readonly ProofFault[] {
  const faults: ProofFault[] = [];
  const add = (part: string, text: string, unfollowed = false, at?: Citation): void => {
    faults.push({ part, text, unfollowed, ...(at === undefined ? {} : { at: placeText(at) }) });
  };
  proof.paths.forEach((path, index) => {
    const result = checkAgainst(setting, proof.questions, path);
    if (result.outcome === "holds") return;
    const hop = result.hops.findIndex(({ outcome }) => outcome === result.outcome);
    const found = hop < 0 ? result.whole : result.hops[hop];
    add(
      hop < 0 ? `/paths/${index}` : `/paths/${index}/hops/${hop}`,
      hop < 0 ? textOf(result) : (found?.text ?? textOf(result)),
      result.outcome === "not-followed",
      found?.at,
    );
  });
  const { verdict } = proof;
  if (verdict === "none" || verdict === "governed")
    proof.questions.forEach((question, index) => {
      const again = certify(
        contained(setting, question).setting,
        question.exposure,
        question,
        verdict,
        proof.paths.filter(
          (path) => path.exposures.length === 0 || path.exposures.includes(question.exposure),
        ),
      );
      const claimed = proof.certificates.find(({ exposure }) => exposure === question.exposure);
      const part = `/certificates/${index}`;
      if (claimed === undefined) add(part, `nothing certifies \`${verdict}\` for ${question.resource}`);
      else if (JSON.stringify(claimed) !== JSON.stringify(again)) add(part, difference(claimed, again));
      else if (again.outcome !== "holds") add(part, again.text, again.outcome === "not-followed");
    });
  verdictFaults(setting, proof, add);
  if (faults.length === 0 && !sameAgain(setting, proof))
    add("/", "the documents give another proof than this one: what was found is not what is written");
  return faults;
}

function verdictFaults(
  setting: Setting,
  proof: Proof,
  add: (part: string, text: string, unfollowed?: boolean) => void,
): void {
  const counted = proof.paths.filter(({ governed, colluding }) => !governed && colluding !== true);
  const proven = counted.filter(({ verdict }) => verdict === true);
  switch (proof.verdict) {
    case "possible":
      if (proven.length === 0) add("/", "`possible` without a path that is proven");
      break;
    case "unknown":
      if (proof.missing.length === 0 && counted.length === 0)
        add("/", "`unknown` without a fact that is missing");
      proof.missing.forEach((fact, index) => {
        const answer = isMissing(setting, fact.key);
        if (answer === false) add(`/missing/${index}`, `${fact.fact}: the documents do say it`);
      });
      break;
    case "governed":
    case "none":
      if (counted.length > 0) add("/", `\`${proof.verdict}\` with a path that counts`);
      break;
  }
}

/** Which statement the certificate forgot or made up. */
function difference(claimed: Proof["certificates"][number], again: Proof["certificates"][number]): string {
  for (const atom of again.atoms) {
    const other = claimed.atoms.find(
      (item) => item.action === atom.action && item.resource === atom.resource,
    );
    if (other === undefined) return `${atom.action} on ${atom.resource} is not in it`;
    for (const candidate of atom.candidates) {
      const named = other.candidates.find(
        ({ statement }) => placeText(statement) === placeText(candidate.statement),
      );
      if (named === undefined)
        return `${atom.action}: the candidate ${placeText(candidate.statement)} is not in it`;
      if (JSON.stringify(named) !== JSON.stringify(candidate))
        return `${atom.action}: who holds ${placeText(candidate.statement)}, or what blocks them, is not what the documents say`;
    }
  }
  return "it is not what the documents give";
}

function sameAgain(setting: Setting, proof: Proof): boolean {
  const claimed: ClaimedCase = {
    id: proof.case,
    title: proof.title,
    verdict: proof.verdict,
    words: proof.words,
    exposures: proof.questions.map(({ exposure, resource, weakness, account }) => ({
      id: exposure,
      resource,
      weakness,
      account,
    })),
    paths: proof.paths,
    morePaths: proof.morePaths,
    missing: proof.missing,
  };
  return makeProof(setting, claimed, proof.at).digest === proof.digest;
}

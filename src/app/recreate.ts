import { createRecreation, type PathCode, type Recreation } from "../core/access/index.js";
import { codeOwnersOf } from "../core/accountability/index.js";
import { comesBackWords, vouchedAnswer, type Vouch } from "../core/decision/index.js";
import { resourceId, type Estate } from "../core/estate/index.js";
import type { CheckReference } from "../core/findings/index.js";
import { becomeOf, policyOf, type QuestionSetting } from "./questions.js";

/** Who could bring `weakness` back on `resource`, asked of the estate alone; every path is checked a second time. */
export function recreateOne(
  estate: Estate,
  setting: QuestionSetting,
  checks: CheckReference,
  resource: string,
  weakness: string,
  vouch: Vouch,
) {
  const analysis = createRecreation(becomeOf(estate, setting), policyOf(setting), {
    overrides: setting.catalogue?.overrides.weaknessActions ?? {},
    actionsFor: (asked) => {
      const dot = asked.indexOf(".");
      const info = checks.prowler(asked.slice(0, dot), asked.slice(dot + 1));
      return info === undefined
        ? undefined
        : {
            actions: info.derivedActions,
            derivation: `${info.derivation.join(", ")}; confidence ${info.confidence}`,
          };
    },
  });
  const known = estate.resource(resourceId(resource));
  const question = {
    resource: resourceId(resource),
    weakness,
    subLocator: "",
    ...(known?.account === undefined ? {} : { account: known.account }),
  };
  const { shared, answers } = analysis.analyse([question]);
  const [asked] = answers;
  if (asked === undefined) throw new Error("a question without an answer");
  const answer = vouchedAnswer(asked, question, vouch);
  const causes = shared.filter((cause) => answer.sharedCauses.includes(cause.key));
  return {
    resource,
    weakness,
    verdict: answer.verdict,
    ...(answer.band === undefined ? {} : { band: answer.band }),
    words: comesBackWords("posture", answer.verdict, answer.band, answer.basis, false),
    basis: [...answer.basis],
    paths: answer.paths.map((path) => pathOf(estate, path)),
    morePaths: answer.morePaths,
    missing: answer.missing.map((fact) => {
      const effect = answer.wouldDecide.find((item) => item.fact.key === fact.key);
      return {
        ...fact,
        ifTrue: effect?.ifTrue ?? "confirms the answer",
        ifFalse: effect?.ifFalse ?? "confirms the answer",
      };
    }),
    sharedCauses: causes.map((cause) => ({
      key: cause.key,
      title: cause.title,
      members: [...cause.members],
    })),
    floor: [...answer.floor],
    stopped: answer.stopped.map((item) => ({ ...item })),
    checked: [...answer.checked],
    ...(answer.certificate === undefined ? {} : { certificate: plain(answer.certificate) }),
    elsewhere: [...answer.elsewhere],
    ...(answer.findingReturns === undefined ? {} : { findingReturns: answer.findingReturns }),
    formula: answer.formula,
    derived: answer.derived,
  };
}

const plain = (certificate: NonNullable<Recreation["certificate"]>) => ({
  atoms: certificate.atoms.map((atom) => ({ ...atom, blockedBy: [...atom.blockedBy] })),
  layers: [...certificate.layers],
});

function pathOf(estate: Estate, path: Recreation["paths"][number]) {
  const {
    colluding,
    code,
    repeatOf: _repeatOf,
    control: _control,
    startedBy: _startedBy,
    hops,
    missing,
    ...rest
  } = path;
  return {
    ...rest,
    colluding: colluding === true,
    hops: hops.map((hop) => ({ ...hop, evidence: [...hop.evidence] })),
    missing: [...missing],
    ...(code === undefined ? {} : { code: { ...code, owners: ownersOfCode(estate, code) } }),
  };
}

const ownersOfCode = (estate: Estate, { file, repository }: PathCode): string[] =>
  file === undefined
    ? []
    : [...codeOwnersOf(estate, { file, ...(repository === undefined ? {} : { repository }) })];

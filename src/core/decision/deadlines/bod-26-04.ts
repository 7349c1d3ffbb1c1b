import {
  after,
  days,
  proven,
  startOf,
  worst,
  type DeadlinePack,
  type PackDeadline,
  type PackQuestion,
} from "./pack.js";

/**
 * CISA BOD 26-04 of 2026-06-10, which revoked BOD 22-01 and 19-02: table of the CERT/CC SSVC repository, model
 * cisa:BOD2604 1.0.0. It binds federal civilian agencies; others may choose it.
 */
export const bod2604: DeadlinePack = {
  id: "bod-26-04",
  version: "1.0.0",
  title: "CISA BOD 26-04",
  source: "CERT/CC SSVC, cisa:BOD2604 1.0.0; binds federal civilian agencies of the United States",
  deadlines: (question) => (question.kind === "flaw" ? ofFlaw(question) : []),
};

function ofFlaw(question: PackQuestion): readonly PackDeadline[] {
  const start = startOf(question);
  const kev = proven(question, "kev");
  const exposed = worst(question, "exposed");
  const automatable = worst(question, "automatable");
  const total = worst(question, "technical_impact");
  const fix = (count: number, because: string): PackDeadline => ({
    task: "fix",
    due: after(start, days(count)),
    because,
  });
  if (kev && total && (exposed || automatable))
    return [
      {
        task: "triage",
        due: after(start, days(3)),
        because: "known exploited, total impact: forensic triage",
      },
      fix(3, "known exploited, total impact, exposed or automatable"),
    ];
  if ((kev && exposed && automatable) || (!kev && exposed && automatable && total))
    return [fix(3, "exposed and automatable")];
  if (kev || (exposed && (automatable || total))) return [fix(14, kev ? "known exploited" : "exposed")];
  if (exposed || automatable) return [fix(60, "exposed, or automatable")];
  return [{ task: "fix", due: null, because: "fix on system upgrade" }];
}

import { useRead } from "../api/use-read.js";
import { Person } from "../parts/person.js";
import { PlainText } from "../parts/plain-text.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { Moment } from "../parts/when.js";
import { EvidenceReport } from "../reports/evidence-report.js";

interface ProofRead {
  readonly at: string;
  readonly person: string;
  readonly action: string;
  readonly subject: string;
  readonly caller: string;
}

/** Who opened which proof, and the chain that no entry leaves unseen. */
export function AuditPage() {
  const reads = useRead<{ readonly items: readonly ProofRead[] }>("/reads", { limit: 200 });
  const items = reads.data?.value.items;
  return (
    <>
      <EvidenceReport />
      <section className="block" aria-label="Who opened what">
        <h2>Who opened what</h2>
        {reads.isError ? (
          <Fault
            error={reads.error}
            what="could not read who opened what"
            retry={() => void reads.refetch()}
          />
        ) : undefined}
        {reads.isPending ? <Waiting what="who opened what" /> : undefined}
        {items?.length === 0 ? (
          <Empty title="Nobody opened a proof yet.">
            <p>Whoever opens a case, its evidence or an answer about the estate is written down here.</p>
          </Empty>
        ) : undefined}
        {items === undefined || items.length === 0 ? undefined : (
          <div className="table-frame">
            <table className="table">
              <thead>
                <tr>
                  <th>When</th>
                  <th>Who</th>
                  <th>Did</th>
                  <th>Of</th>
                  <th>With</th>
                </tr>
              </thead>
              <tbody>
                {items.map((item, index) => (
                  <tr key={index}>
                    <td className="tight">
                      <Moment at={item.at} />
                    </td>
                    <td className="words">
                      <Person name={item.person} inferred={false} />
                    </td>
                    <td className="words">{deedOf(item.action)}</td>
                    <td>
                      {item.subject === item.action ? (
                        "–"
                      ) : (
                        <code>
                          <PlainText
                            text={
                              /^[0-9a-f]{64}$/u.test(item.subject)
                                ? `${item.subject.slice(0, 12)}…`
                                : item.subject
                            }
                          />
                        </code>
                      )}
                    </td>
                    <td className="tight">{callerOf(item.caller)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
    </>
  );
}

/** What was done, of the routes of which each call is kept. */
const deeds: Readonly<Record<string, string>> = {
  caseEvidence: "took the evidence",
  casePlaybook: "took the playbook",
  caseReport: "took the report",
  compare: "compared analyses",
  cutAll: "asked what cuts most",
  cutCase: "asked what cuts it",
  explainCase: "took the explanation",
  explainOwners: "asked for the owners",
  flaw: "asked about a flaw",
  getAnalysis: "took the whole analysis",
  getCase: "opened the case",
  getCaseEvents: "read its ledger",
  getDocumentExcerpt: "opened a document",
  reach: "asked what it reaches",
  readiness: "opened readiness",
  readinessTrend: "opened its trend",
  recreate: "asked who brings it back",
  whatIf: "asked what if",
  whatIfCase: "asked what if",
  whoCan: "asked who can",
};

/** A route that is not among them is told by its name, in words. */
const deedOf = (action: string): string =>
  deeds[action] ?? action.replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);

/** `session/92FapWdnVkXu3hMn` is a secret to nobody, and no name either: its end tells two of them apart. */
const callerOf = (caller: string): string =>
  caller.startsWith("session/") ? `session …${caller.slice(-4)}` : caller.replace("/", " ");

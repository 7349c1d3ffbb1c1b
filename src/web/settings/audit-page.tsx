import { useRead } from "../api/use-read.js";
import { Person } from "../parts/person.js";
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
        {items?.length === 0 ? <Empty title="Nobody opened a proof yet." /> : undefined}
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
                    <td className="mono">{item.action}</td>
                    <td className="mono">
                      {item.subject.length > 24 ? `${item.subject.slice(0, 12)}…` : item.subject}
                    </td>
                    <td className="words">{item.caller}</td>
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

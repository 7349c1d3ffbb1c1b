import type { Measures } from "../../api/index.js";
import { Empty } from "../parts/state-blocks.js";
import { CaseTable } from "./clock-report.js";

/** What was closed and came back: where the fix was none. */
export function RecurrenceReport({ measures }: { readonly measures: Measures }) {
  const { period, before } = measures;
  const rate = (value: number | undefined) => (value === undefined ? "–" : `${(100 * value).toFixed(0)} %`);
  const cases = measures.cases.filter(({ recurred }) => recurred);
  return (
    <>
      <div className="figures">
        <div className="panel">
          <p className="label">Came back</p>
          <p className="figure">{rate(period.recurrenceRate)}</p>
          <p className="meta">
            {period.recurred} of {period.closed} closed · {rate(before.recurrenceRate)} in the period before
          </p>
        </div>
        <div className="panel">
          <p className="label">Opened and closed</p>
          <p className="figure">
            {period.opened} / {period.closed}
          </p>
          <p className="meta">
            {before.opened} / {before.closed} in the period before
          </p>
        </div>
      </div>
      {cases.length === 0 ? (
        <Empty title="Nothing came back in this period.">
          <p>
            {period.closed === 0
              ? "Nothing was closed either, so there is no rate to tell."
              : "What was closed has stayed closed so far."}
          </p>
        </Empty>
      ) : (
        <CaseTable cases={cases} more={measures.more} />
      )}
    </>
  );
}

import { Link } from "@tanstack/react-router";
import type { MyRemit, Summary } from "../../api/index.js";
import { useRead } from "../api/use-read.js";
import { absolute } from "../parts/when.js";

const readiness: string = "/readiness";

type Row = NonNullable<MyRemit["ifItHappened"]>["rows"][number];

/** What would be asked of you, before anything is: proven, impossible, not known. */
export function IfItHappened({ remit }: { readonly remit: MyRemit }) {
  const duties = remit.ifItHappened;
  const summary = useRead<Summary>("/summary", {}, { fresh: 60_000 }).data?.value;
  if (duties === undefined) {
    return (
      <aside className="panel" aria-labelledby="if">
        <h2 id="if">If it happened today</h2>
        <p className="meta" role="status">
          {summary !== undefined && summary.estate.documents === 0
            ? "Not known: no estate was imported yet."
            : "Being worked out: the estate is read first."}
        </p>
      </aside>
    );
  }
  const of = (state: Row["state"]) => duties.rows.filter((row) => row.state === state);
  const whole = duties.carried === duties.duties;
  return (
    <aside className="panel" aria-labelledby="if">
      <h2 id="if">If it happened today</h2>
      <p>
        {plural(duties.workloads, "workload is", "workloads are")} yours in{" "}
        {plural(duties.duties, "duty", "duties")}
        {whole ? "." : " ="}
      </p>
      {duties.duties === 0 ? undefined : whole ? (
        <p>
          {duties.duties === 1 ? "You can carry it out" : `You can carry out all ${String(duties.duties)}`},
          proven or without a call.
        </p>
      ) : (
        <ul className="sums">
          <li>{duties.carried} you can carry out, proven or without a call</li>
          <Part count={duties.cannot} words="you cannot" rows={of("cannot")} />
          <Part count={duties.unknown} words="not known" rows={of("unknown")} />
          <Part count={duties.lapsed} words="lapsed" rows={of("lapsed")} />
        </ul>
      )}
      {duties.withoutDeputy.length === 0 ? undefined : <p>No deputy for {listed(duties.withoutDeputy)}</p>}
      <p>
        <Link to={readiness}>Open readiness</Link>
      </p>
      <p className="meta">as of {absolute(duties.at)}</p>
    </aside>
  );
}

function Part({
  count,
  words,
  rows,
}: {
  readonly count: number;
  readonly words: string;
  readonly rows: readonly Row[];
}) {
  if (count === 0) return null;
  return (
    <li>
      <details>
        <summary>
          + {count} {words}
        </summary>
        <ul className="sums-rows">
          {rows.map((row) => (
            <li key={`${row.workload} ${row.duty}`}>
              <bdi>{row.name}</bdi>: {row.duty}
              {row.proof[0] === undefined ? undefined : <span className="meta"> {row.proof[0]}</span>}
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

const plural = (count: number, one: string, many: string) => `${String(count)} ${count === 1 ? one : many}`;

const listed = (names: readonly string[]): string =>
  names.length <= 4
    ? names.join(", ")
    : `${names.slice(0, 3).join(", ")} and ${String(names.length - 3)} more`;

import { Link } from "@tanstack/react-router";
import type { Measures } from "../../api/index.js";
import { CaseLink } from "../parts/case-link.js";
import { LineChart } from "../parts/line-chart.js";
import { Sentence } from "../parts/plain-text.js";
import { Empty } from "../parts/state-blocks.js";
import { dayOf } from "../parts/when.js";
import { hours } from "./measure-words.js";

const kinds = [
  { id: "contain", name: "Contain" },
  { id: "revoke", name: "Revoke" },
  { id: "durable", name: "Durable fix" },
] as const;

/** How long it took to contain, to revoke and to fix for good (R42). Open cases are counted apart, never averaged in. */
export function ClockReport({ measures }: { readonly measures: Measures }) {
  const { period, weeks } = measures;
  return (
    <>
      <div className="figures">
        {kinds.map(({ id, name }) => (
          <div key={id} className="panel">
            <p className="label">{name}</p>
            <p className="figure">{hours(period[id].median)}</p>
            <p className="meta">
              median of {period[id].n} proven · {period[id].open} not proven yet, {period[id].said} of them
              said done
            </p>
          </div>
        ))}
      </div>
      {weeks.some((week) => kinds.some(({ id }) => week[id].median !== undefined)) ? (
        <section className="block" aria-label="Median hours per week">
          <h2>Median hours, weekly</h2>
          <LineChart
            title="Median hours to contain, revoke and durably fix, per week"
            unit="h"
            labels={weeks.map(({ from }) => dayOf(from))}
            lines={kinds.map(({ id, name }) => ({ name, values: weeks.map((week) => week[id].median) }))}
          />
        </section>
      ) : measures.cases.length === 0 ? undefined : (
        <p className="meta">
          No week has five proven cases, so there is no median to draw: here are the cases.
        </p>
      )}
      <CaseTable cases={measures.cases} more={measures.more} />
    </>
  );
}

interface CaseTableProps {
  readonly cases: Measures["cases"];
  readonly more: number;
}

export function CaseTable({ cases, more }: CaseTableProps) {
  if (cases.length === 0)
    return (
      <Empty title="No case began in this period.">
        <p>Choose a longer period above, or import findings: each case that they open is counted here.</p>
        <Link to="/findings" search={{}} className="button">
          Open Findings
        </Link>
      </Empty>
    );
  return (
    <section className="block" aria-label="Cases">
      <h2>
        Cases <span className="amount">{(cases.length + more).toLocaleString("en")}</span>
      </h2>
      <div className="table-frame">
        <table className="table">
          <thead>
            <tr>
              <th>Case</th>
              <th>What</th>
              <th>Lead</th>
              <th className="number">Tier</th>
              <th>Since</th>
              <th className="number">Contain</th>
              <th className="number">Revoke</th>
              <th className="number">Durable</th>
            </tr>
          </thead>
          <tbody>
            {cases.map((row) => (
              <tr key={`${row.case} ${row.since}`}>
                <td className="tight">
                  <CaseLink id={row.case} />
                </td>
                <td>
                  <Sentence text={row.title} />
                  {row.recurred ? <span className="meta"> came back</span> : undefined}
                </td>
                <td className="tight">{row.lead}</td>
                <td className="number">{row.tier}</td>
                <td className="tight">{dayOf(row.since)}</td>
                <td className="number">{hours(row.contain)}</td>
                <td className="number">{hours(row.revoke)}</td>
                <td className="number">{hours(row.durable)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more === 0 ? undefined : (
        <p className="meta">{more.toLocaleString("en")} more are counted and not listed</p>
      )}
    </section>
  );
}

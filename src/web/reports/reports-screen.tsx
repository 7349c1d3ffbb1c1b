import { NativeSelect } from "@mantine/core";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { CaseFacets, Measures } from "../../api/index.js";
import { comesBackOrder } from "../../report/index.js";
import { useRead } from "../api/use-read.js";
import { LineChart } from "../parts/line-chart.js";
import { useNow } from "../parts/now.js";
import { ScreenTitle } from "../parts/screen-title.js";
import { Fault, Waiting } from "../parts/state-blocks.js";
import { dayOf } from "../parts/when.js";
import { WordBadge } from "../parts/word-badge.js";
import { ClockReport } from "./clock-report.js";
import { csvOf, EvidenceReport } from "./evidence-report.js";
import { hours, leadOf } from "./measure-words.js";
import { RecurrenceReport } from "./recurrence-report.js";
import "./reports.css";

const reports = [
  { name: "clocks", title: "Clocks" },
  { name: "posture", title: "Posture" },
  { name: "recurrence", title: "Recurrence" },
  { name: "evidence", title: "Evidence" },
] as const;

const day = 86_400_000;

/** What changed against the period before, as a sentence; then the figures, each with its cases. */
export function ReportsScreen() {
  const { name } = useParams({ from: "/reports/$name" });
  const search = useSearch({ from: "/reports/$name" });
  const measures = useRead<Measures>("/measures", { from: search.from, to: search.to });
  const value = measures.data?.value;
  return (
    <div className="report">
      <header className="page-head">
        <ScreenTitle text="Reports" />
        {value === undefined ? undefined : (
          <>
            <p className="sum">
              {dayOf(value.period.from)} to {dayOf(value.period.to)}
            </p>
            <p className="lead">{leadOf(value)}</p>
          </>
        )}
      </header>
      <nav className="tabs no-print" aria-label="Reports">
        {reports.map((report) => (
          <Link
            key={report.name}
            to="/reports/$name"
            params={{ name: report.name }}
            search={search}
            activeOptions={{ includeSearch: false }}
          >
            {report.title}
          </Link>
        ))}
      </nav>
      <Tools value={value} />
      {measures.isError ? (
        <Fault
          error={measures.error}
          what="could not read the measures"
          retry={() => void measures.refetch()}
        />
      ) : undefined}
      {measures.isPending ? <Waiting what="the measures" rows={8} /> : undefined}
      {value === undefined ? undefined : name === "recurrence" ? (
        <RecurrenceReport measures={value} />
      ) : name === "evidence" ? (
        <EvidenceReport />
      ) : name === "posture" ? (
        <Posture measures={value} />
      ) : (
        <ClockReport measures={value} />
      )}
      <p className="print-foot">
        {value === undefined
          ? ""
          : `as of ${value.now} · figures proven by snapshots, not by what people say`}
      </p>
    </div>
  );
}

function Tools({ value }: { readonly value: Measures | undefined }) {
  const now = useNow();
  const navigate = useNavigate({ from: "/reports/$name" });
  const chosen =
    value === undefined
      ? "90"
      : String(Math.round((Date.parse(value.period.to) - Date.parse(value.period.from)) / day));
  return (
    <div className="tools no-print">
      <NativeSelect
        size="xs"
        label="Period"
        value={chosen}
        data={[...new Set([chosen, "30", "90", "180", "365"])]
          .toSorted((a, b) => Number(a) - Number(b))
          .map((days) => ({ value: days, label: `last ${days} days` }))}
        onChange={(event) => {
          const from = new Date(Date.parse(now) - Number(event.currentTarget.value) * day).toISOString();
          void navigate({ search: { from } });
        }}
      />
      <button type="button" className="button" onClick={() => window.print()}>
        Print
      </button>
      {value === undefined ? undefined : (
        <a
          className="button"
          download="remit-measures.csv"
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(csvOf(value))}`}
        >
          CSV
        </a>
      )}
    </div>
  );
}

/** As the list of cases has them: what is worst comes first, however few they are. */
const wordOrder: readonly string[] = comesBackOrder;

/** What is open now, by its word, and how much was opened and closed. */
function Posture({ measures }: { readonly measures: Measures }) {
  const facets = useRead<CaseFacets>("/cases/facets", { view: "open" });
  const words = (facets.data?.value.facets.words ?? []).toSorted(
    (a, b) => wordOrder.indexOf(a.value) - wordOrder.indexOf(b.value),
  );
  return (
    <>
      <section className="block" aria-label="Open cases by what they come back as">
        <h2>
          Open cases <span className="amount">{facets.data?.value.total.toLocaleString("en") ?? ""}</span>
        </h2>
        {facets.isError ? (
          <Fault error={facets.error} what="could not count the cases" retry={() => void facets.refetch()} />
        ) : undefined}
        <ul className="word-counts">
          {words.map(({ value, count }) => (
            <li key={value}>
              <Link to="/cases" search={{ back: value }}>
                <WordBadge word={value} />
                <span className="figure">{count.toLocaleString("en")}</span>
              </Link>
            </li>
          ))}
        </ul>
        {facets.data?.value.total === 0 ? (
          <p className="meta">No case is open.</p>
        ) : (
          <p>
            <Link to="/cases">Open all of them</Link>
          </p>
        )}
      </section>
      <section className="block" aria-label="Opened and closed per week">
        <h2>Opened, closed and come back, per week</h2>
        {measures.weeks.every(({ opened, closed, recurred }) => opened + closed + recurred === 0) ? (
          <p className="meta">No case was opened, closed or came back in these weeks.</p>
        ) : (
          <LineChart
            whole
            title="Cases opened, closed and come back per week"
            unit=""
            labels={measures.weeks.map(({ from }) => dayOf(from))}
            lines={[
              { name: "opened", values: measures.weeks.map(({ opened }) => opened) },
              { name: "closed", values: measures.weeks.map(({ closed }) => closed) },
              { name: "came back", values: measures.weeks.map(({ recurred }) => recurred) },
            ]}
          />
        )}
        <details>
          <summary>the same as table</summary>
          <div className="table-frame">
            <table className="table">
              <thead>
                <tr>
                  <th>Week from</th>
                  <th className="number">Opened</th>
                  <th className="number">Closed</th>
                  <th className="number">Came back</th>
                  <th className="number">Contained, median</th>
                </tr>
              </thead>
              <tbody>
                {measures.weeks.map((week) => (
                  <tr key={week.from}>
                    <td className="tight">{dayOf(week.from)}</td>
                    <td className="number">{week.opened}</td>
                    <td className="number">{week.closed}</td>
                    <td className="number">{week.recurred}</td>
                    <td className="number">{hours(week.contain.median)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </section>
    </>
  );
}

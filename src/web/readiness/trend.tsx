import { useRead } from "../api/use-read.js";
import { LineChart } from "../parts/line-chart.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { absolute, dayOf } from "../parts/when.js";

interface Point {
  readonly at: string;
  readonly required: number;
  readonly covered: number;
  readonly unproven: number;
  readonly gaps: number;
}

/** Coverage over analyses. Two points are the least that can show a direction. */
export function Trend() {
  const trend = useRead<{ readonly points: readonly Point[]; readonly narrowed?: true }>("/readiness/trend");
  if (trend.isPending) return <Waiting what="the trend" rows={4} />;
  if (trend.data === undefined)
    return trend.error === null ? undefined : (
      <Fault error={trend.error} what="could not read the trend" retry={() => void trend.refetch()} />
    );
  const { points, narrowed } = trend.data.value;
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2)
    return (
      <Empty title="No trend yet.">
        <p>
          {narrowed === true
            ? "It is counted over every team, and shown to those who see all of them."
            : points.length === 0
              ? "Nothing was analysed."
              : "One analysis is no direction: the next one makes it a trend."}
        </p>
      </Empty>
    );
  const share = ({ covered, required }: Point) =>
    required === 0 ? 0 : Math.round((100 * covered) / required);
  return (
    <>
      <p className="trend-lead">
        {share(last)} % of the duties that are asked for are covered, {share(first)} % on {dayOf(first.at)}.
      </p>
      <LineChart
        title="Duties covered, asked for and missing, per analysis"
        unit=""
        labels={points.map(({ at }) => dayOf(at))}
        lines={[
          { name: "asked for", values: points.map(({ required }) => required) },
          { name: "covered", values: points.map(({ covered }) => covered) },
          { name: "unproven", values: points.map(({ unproven }) => unproven) },
          { name: "gaps", values: points.map(({ gaps }) => gaps) },
        ]}
      />
      <div className="table-frame">
        <table className="table">
          <thead>
            <tr>
              <th>Analysis</th>
              <th className="number">Asked for</th>
              <th className="number">Covered</th>
              <th className="number">Unproven</th>
              <th className="number">Gaps</th>
            </tr>
          </thead>
          <tbody>
            {points.toReversed().map((point) => (
              <tr key={point.at}>
                <td className="tight">{absolute(point.at)}</td>
                <td className="number">{point.required}</td>
                <td className="number">{point.covered}</td>
                <td className="number">{point.unproven}</td>
                <td className="number">{point.gaps}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

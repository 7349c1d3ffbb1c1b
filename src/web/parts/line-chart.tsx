import { useMediaQuery } from "@mantine/hooks";
import "./line-chart.css";

export interface ChartLine {
  readonly name: string;
  /** One per place on the axis; undefined breaks the line: a gap in the data is no zero. */
  readonly values: readonly (number | undefined)[];
}

interface LineChartProps {
  readonly title: string;
  readonly labels: readonly string[];
  readonly lines: readonly ChartLine[];
  readonly unit: string;
  /** Things that are counted: no half of one on the axis. */
  readonly whole?: boolean;
}

const height = 180;
const left = 48;
const right = 96;
const top = 12;
const bottom = 28;
/** Between two names. */
const apart = 14;

/** Lines told apart by their strokes and by the name at their end; the same figures stand in the table below it. */
export function LineChart({ title, labels, lines, unit, whole = false }: LineChartProps) {
  // Drawn in the size that it is shown in, so that its words stay as large as words are.
  const width = useMediaQuery("(max-width: 720px)") ? 340 : 640;
  const all = lines.flatMap(({ values }) => values.flatMap((value) => value ?? []));
  const most = niceTop(Math.max(1, ...all));
  const x = (index: number) =>
    labels.length < 2 ? left : left + (index * (width - left - right)) / (labels.length - 1);
  const y = (value: number) => top + (1 - value / most) * (height - top - bottom);
  const ends = spread(
    lines.map((line) => lastOf(line.values)).map((end) => (end === undefined ? undefined : y(end.value))),
    height - bottom,
  );
  return (
    <svg className="chart" role="img" aria-label={title} viewBox={`0 0 ${String(width)} ${String(height)}`}>
      {(whole && most % 2 === 1 ? [0, most] : [0, most / 2, most]).map((value) => (
        <g key={value}>
          <line className="chart-rule" x1={left} x2={width - right} y1={y(value)} y2={y(value)} />
          <text className="chart-text" x={left - 8} y={y(value) + 4} textAnchor="end">
            {Math.round(value * 10) / 10} {unit}
          </text>
        </g>
      ))}
      <text className="chart-text" x={left} y={height - 8}>
        {labels[0]}
      </text>
      {labels.length < 2 ? undefined : (
        <text className="chart-text" x={width - right} y={height - 8} textAnchor="end">
          {labels.at(-1)}
        </text>
      )}
      {lines.map((line, index) => (
        <g key={line.name} data-line={index}>
          <path className="chart-line" d={pathOf(line.values, x, y)} />
          {line.values.map((value, place) =>
            value === undefined ? undefined : (
              <circle
                key={labels[place] ?? place}
                className="chart-dot"
                cx={x(place)}
                cy={y(value)}
                r={2.5}
              />
            ),
          )}
          <text className="chart-name" x={width - right + 8} y={(ends[index] ?? top) + 4}>
            {line.name}
          </text>
        </g>
      ))}
    </svg>
  );
}

function pathOf(
  values: readonly (number | undefined)[],
  x: (index: number) => number,
  y: (value: number) => number,
) {
  let drawing = false;
  return values
    .map((value, index) => {
      const command = drawing ? "L" : "M";
      drawing = value !== undefined;
      return value === undefined ? "" : `${command}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join("");
}

function lastOf(values: readonly (number | undefined)[]) {
  const index = values.findLastIndex((value) => value !== undefined);
  const value = values[index];
  return value === undefined ? undefined : { index, value };
}

/** 1, 2, 5 times a power of ten, at or above. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

/** Names at the ends of lines that meet stand below each other, and none of them below the axis. */
function spread(places: readonly (number | undefined)[], lowest: number): readonly (number | undefined)[] {
  const order = places
    .flatMap((place, index) => (place === undefined ? [] : [{ place, index }]))
    .toSorted((a, b) => a.place - b.place || a.index - b.index);
  const out: (number | undefined)[] = [...places];
  let floor = -Infinity;
  for (const { place, index } of order) {
    floor = Math.max(place, floor + apart);
    out[index] = floor;
  }
  let ceiling = lowest;
  for (const { index } of order.toReversed()) {
    const place = Math.min(out[index] ?? lowest, ceiling);
    out[index] = place;
    ceiling = place - apart;
  }
  return out;
}

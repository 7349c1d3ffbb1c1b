import type { Measures } from "../../api/index.js";

type Took = Measures["period"]["contain"];

/** `6 h`, `11 d`; a dash where there are too few cases for a median. */
export function hours(value: number | undefined): string {
  if (value === undefined) return "–";
  if (value < 1) return `${String(Math.round(value * 60))} min`;
  return value < 72 ? `${String(Math.round(value * 10) / 10)} h` : `${String(Math.round(value / 24))} d`;
}

/** The change against the period before, or why there is none to tell. */
export function leadOf({ period, before }: Measures): string {
  const back =
    period.closed === 0
      ? "none was closed, so none came back"
      : `${String(period.recurred)} of ${String(period.closed)} closed cases came back`;
  const { contain } = period;
  if (period.opened + period.closed + contain.n + contain.open === 0) return "No case began in this period.";
  if (contain.median === undefined)
    return contain.n === 0
      ? `No case of this period is proven contained yet, ${String(contain.open)} are open; ${back}.`
      : `${String(contain.n)} ${contain.n === 1 ? "case is" : "cases are"} proven contained, too few for a median; ${back}.`;
  return `Contained in ${hours(contain.median)} at the median${change(contain, before.contain)}; ${back}.`;
}

function change(now: Took, then: Took): string {
  if (now.median === undefined || then.median === undefined) return "";
  const difference = now.median - then.median;
  if (Math.abs(difference) < 0.05) return ", as before";
  return difference < 0
    ? `, ${hours(-difference)} faster than before`
    : `, ${hours(difference)} slower than before`;
}

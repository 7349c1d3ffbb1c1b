import type { Case } from "../core/decision/index.js";
import type { WhatIfDocument } from "../core/decision/index.js";

type Flip = WhatIfDocument["verdicts"][number];

/**
 * Answers that are others after the change, exposure by exposure: cases may be cut differently on both sides. Shared
 * causes are compared by the population that they stand for.
 */
export function compareVerdicts(
  before: readonly Case[],
  after: readonly Case[],
  fresh: ReadonlySet<string>,
  closed: ReadonlySet<string>,
): { verdicts: Flip[]; unchanged: number } {
  const [old, now] = [rowsOf(before), rowsOf(after)];
  const verdicts: Flip[] = [];
  let unchanged = 0;
  for (const key of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const [was, is] = [old.get(key), now.get(key)];
    const row = was ?? is;
    if (row === undefined || fresh.has(key)) continue;
    const same =
      was !== undefined &&
      is !== undefined &&
      was.side.words === is.side.words &&
      was.side.because === is.side.because &&
      was.side.lead === is.side.lead;
    if (same && !closed.has(key)) {
      unchanged += 1;
      continue;
    }
    verdicts.push({
      ...row.exposure,
      ...(was === undefined ? {} : { before: was.side }),
      ...(is === undefined ? {} : { after: is.side }),
      effect: effectOf(was, is),
      closed: closed.has(key),
    });
  }
  const order = ["worse", "better", "other"];
  verdicts.sort(
    (a, b) =>
      order.indexOf(a.effect) - order.indexOf(b.effect) ||
      (`${a.resource} ${a.weakness}` < `${b.resource} ${b.weakness}` ? -1 : 1),
  );
  return { verdicts, unchanged };
}

interface Row {
  readonly exposure: Pick<Flip, "resource" | "name" | "weakness" | "title">;
  readonly side: NonNullable<Flip["before"]>;
}

function rowsOf(cases: readonly Case[]): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>();
  for (const item of cases) {
    const { recreation } = item;
    const side = {
      case: item.id,
      verdict: recreation.verdict,
      ...(recreation.band === undefined ? {} : { band: recreation.band }),
      words: recreation.words,
      because: recreation.because,
      lead: item.lead,
    };
    for (const { resource, resourceName, weakness, weaknessTitle } of item.exposures) {
      const key =
        item.kind === "identity" ? `${item.controlPoint.id} ${weakness}` : `${resource} ${weakness}`;
      rows.set(key, { exposure: { resource, name: resourceName, weakness, title: weaknessTitle }, side });
    }
  }
  return rows;
}

/** How bad an answer is, as first-minute.md orders the rows: 0 is worst. */
function rankOf(row: Row | undefined): number {
  if (row === undefined) return 7;
  const { verdict, band = 2, words } = row.side;
  switch (verdict) {
    case "possible":
      return band;
    case "unknown":
      return 3;
    case "governed":
      return words === "governed" ? 5 : 4;
    case "none":
      return 6;
  }
}

function effectOf(was: Row | undefined, is: Row | undefined): Flip["effect"] {
  const [old, now] = [rankOf(was), rankOf(is)];
  return now > old ? "better" : now < old ? "worse" : "other";
}

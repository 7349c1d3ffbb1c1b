import { measuresOf, type CaseState, type RoundMeasures } from "../../core/cases/index.js";
import type { Viewer } from "../access/viewer.js";
import { caseRecordOf } from "../cases/case-row.js";
import type { Installation } from "../installation/installation.js";

/** How long something took, over several rounds. Hours. */
export interface TookOver {
  readonly median?: number;
  readonly n: number;
  readonly open: number;
  readonly said: number;
}

export interface Period {
  readonly from: string;
  readonly to: string;
  readonly contain: TookOver;
  readonly revoke: TookOver;
  readonly durable: TookOver;
  readonly opened: number;
  readonly closed: number;
  readonly recurred: number;
  readonly recurrenceRate?: number;
}

interface MeasuredRound {
  readonly case: string;
  readonly title: string;
  readonly lead: string;
  readonly tier: number;
  readonly since: string;
  readonly ended?: string;
  readonly contain?: number;
  readonly revoke?: number;
  readonly durable?: number;
  readonly recurred: boolean;
}

export interface MeasuresOver {
  readonly now: string;
  readonly period: Period;
  readonly before: Period;
  readonly weeks: Omit<Period, "to" | "recurrenceRate">[];
  readonly cases: MeasuredRound[];
  readonly more: number;
}

const day = 86_400_000;
const mostRows = 500;
/** Fewer cases have no typical one (screens.md 4.10). */
const fewest = 5;

interface Seen {
  readonly row: MeasuredRound;
  readonly measures: RoundMeasures;
}

/** What the ledger says of rounds: they begin, end and come back. */
interface Mark {
  readonly kind: string;
  readonly stream: string;
  readonly at: string;
}

/** Times of the rounds that began between two instants (R42), and of those in the same time before. */
export async function measuresBetween(
  installation: Installation,
  { visible }: Viewer,
  asked: { readonly from?: string; readonly to?: string },
): Promise<MeasuresOver> {
  const now = installation.now();
  const to = asked.to ?? now;
  const from = asked.from ?? instant(Date.parse(to) - 90 * day);
  const earlier = instant(2 * Date.parse(from) - Date.parse(to));
  const all = await installation.store.ledger.marks(["closed", "recurred"], earlier, to);
  const { rounds, marks } = await allRounds(installation, visible, now, earlier, all);
  const weeks: MeasuresOver["weeks"] = [];
  for (let at = Date.parse(from); at < Date.parse(to) && weeks.length < 520; at += 7 * day) {
    const {
      to: _to,
      recurrenceRate: _rate,
      ...week
    } = over({ rounds, marks }, instant(at), instant(Math.min(at + 7 * day, Date.parse(to))));
    weeks.push(week);
  }
  const shown = rounds
    .filter(({ row }) => isIn(row.since, from, to))
    .map(({ row }) => row)
    .sort((a, b) => Date.parse(b.since) - Date.parse(a.since) || (a.case < b.case ? -1 : 1));
  return {
    now,
    period: over({ rounds, marks }, from, to),
    before: over({ rounds, marks }, earlier, from),
    weeks,
    cases: shown.slice(0, mostRows),
    more: Math.max(0, shown.length - mostRows),
  };
}

const instant = (at: number): string => new Date(at).toISOString();
const isIn = (at: string, from: string, to: string): boolean =>
  Date.parse(at) > Date.parse(from) && Date.parse(at) <= Date.parse(to);

function over(
  { rounds, marks }: { readonly rounds: readonly Seen[]; readonly marks: readonly Mark[] },
  from: string,
  to: string,
): Period {
  const own = rounds.filter(({ row }) => isIn(row.since, from, to));
  const count = (kind: string): number =>
    marks.filter((mark) => mark.kind === kind && isIn(mark.at, from, to)).length;
  const [closed, recurred] = [count("closed"), count("recurred")];
  return {
    from,
    to,
    contain: took(own, "contain"),
    revoke: took(own, "revoke"),
    durable: took(own, "durable"),
    opened: own.length,
    closed,
    recurred,
    ...(closed === 0 ? {} : { recurrenceRate: recurred / closed }),
  };
}

function took(rounds: readonly Seen[], name: "contain" | "revoke" | "durable"): TookOver {
  const proven = rounds.flatMap(({ measures }) => measures[name].seen ?? []).sort((a, b) => a - b);
  const open = rounds.filter(({ measures }) => measures[name].seen === undefined);
  const said = open.filter(
    ({ measures }) => (name === "durable" ? measures.fix : measures[name]).said !== undefined,
  );
  const middle = proven.length / 2;
  const [low = 0, high = 0] = [proven[Math.ceil(middle) - 1], proven[Math.floor(middle)]];
  return {
    ...(proven.length < fewest ? {} : { median: Math.round(((low + high) / 2) * 100) / 100 }),
    n: proven.length,
    open: open.length,
    said: said.length,
  };
}

/** Rounds that may count: those of cases that changed since. */
async function allRounds(
  { store }: Installation,
  visible: Viewer["visible"],
  now: string,
  since: string,
  marks: readonly Mark[],
): Promise<{ readonly rounds: readonly Seen[]; readonly marks: readonly Mark[] }> {
  const again = new Set(
    marks.flatMap(({ kind, stream, at }) => (kind === "recurred" ? [`${stream} ${at}`] : [])),
  );
  const rounds: Seen[] = [];
  const shown = new Set<string>();
  for (let after: string | undefined; ;) {
    const page = await store.cases.list(
      { visible },
      { limit: 200, ...(after === undefined ? {} : { after }) },
    );
    for (const row of page.items) {
      shown.add(row.id);
      const { state } = caseRecordOf(row);
      if (Date.parse(state.at) >= Date.parse(since)) rounds.push(...roundsOf(state, row, now, again));
    }
    // What somebody may not see is not counted either.
    if (page.next === undefined) return { rounds, marks: marks.filter(({ stream }) => shown.has(stream)) };
    after = page.next;
  }
}

function roundsOf(
  state: CaseState,
  { id, title, lead, tier }: { id: string; title: string; lead: string; tier: number },
  now: string,
  again: ReadonlySet<string>,
): readonly Seen[] {
  return measuresOf(state, now).rounds.map((measures) => {
    const { since, ended, contain, revoke, durable } = measures;
    return {
      measures,
      row: {
        case: id,
        title,
        lead,
        tier,
        since,
        ...(ended === undefined ? {} : { ended }),
        ...(contain.seen === undefined ? {} : { contain: contain.seen }),
        ...(revoke.seen === undefined ? {} : { revoke: revoke.seen }),
        ...(durable.seen === undefined ? {} : { durable: durable.seen }),
        recurred: again.has(`${id} ${since}`),
      },
    };
  });
}

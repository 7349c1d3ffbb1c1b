import { sql, type Kysely } from "kysely";
import { mergeExposures, restateExposure, severityRank, type Exposure } from "../../core/findings/index.js";
import { rowWriter } from "../json-rows.js";
import { plain } from "../plain-text.js";
import type { Tables } from "../tables.js";
import { parseHeld, type HeldFinding } from "./finding-rows.js";
import { unheard } from "./unheard.js";
import { createWriting } from "./writing.js";

const exposureRows = rowWriter((exposure: Exposure) => ({
  id: exposure.id,
  resource: plain(exposure.resource),
  weakness: plain(exposure.weakness),
  class: exposure.class,
  account: exposure.account === undefined ? null : plain(exposure.account),
  state: exposure.state,
  severity: severityRank(exposure.severity),
  last_seen: exposure.lastSeen ?? "",
  exposure: JSON.stringify(exposure),
}));

/**
 * Works out the exposures again that findings belong to which were just written. Of the same (resource, weakness) there
 * may be others, of which nothing was said: those are read. `first`: there were no findings before.
 */
export async function refreshExposures(
  db: Kysely<Tables>,
  written: Iterable<HeldFinding>,
  first = false,
): Promise<void> {
  const places = new Map<string, HeldFinding[]>();
  for (const finding of written) {
    const place = JSON.stringify([finding.record.resource, finding.record.weakness]);
    const there = places.get(place);
    if (there === undefined) places.set(place, [finding]);
    else there.push(finding);
  }
  const parts = partsOf([...places.values()]);
  const read = (part: Part | undefined) => unheard(first ? Promise.resolve([]) : othersOf(db, part));
  let others = read(parts[0]);
  const writing = createWriting(first ? 2 : 1);
  try {
    for (const [at, part] of parts.entries()) {
      const held = [...part.known, ...(await others)].sort(byFingerprint);
      // The database reads for the next part, and writes the last one, while this process works on this one.
      others = read(parts[at + 1]);
      const records = new Map(held.map(({ record }) => [record.fingerprint, record]));
      const exposures = mergeExposures(held.map(({ latest }) => latest)).map((exposure) =>
        restateExposure(exposure, records),
      );
      await writing.add(() => writeExposures(db, first ? undefined : part, exposures));
    }
    await writing.done();
  } finally {
    await Promise.allSettled([others, writing.settled()]);
  }
}

/** Some places, and what was written of them. */
interface Part {
  /** JSON: `resource` and `weakness`. */
  readonly places: string;
  readonly known: readonly HeldFinding[];
}

function partsOf(places: readonly (readonly HeldFinding[])[]): readonly Part[] {
  const parts: Part[] = [];
  for (let from = 0; from < places.length; from += 500) {
    const part = places.slice(from, from + 500);
    const named = part.map(([first]) => ({
      resource: plain(first?.record.resource ?? ""),
      weakness: plain(first?.record.weakness ?? ""),
    }));
    parts.push({ places: JSON.stringify(named), known: part.flat() });
  }
  return parts;
}

const wantedOf = ({ places }: Part) =>
  sql`jsonb_to_recordset(${places}::jsonb) as wanted (resource text, weakness text)`;

async function othersOf(db: Kysely<Tables>, part: Part | undefined): Promise<readonly HeldFinding[]> {
  if (part === undefined) return [];
  const known = JSON.stringify(part.known.map(({ record }) => record.fingerprint));
  const { rows } = await sql<{ record: string; latest: string }>`
    select findings.record, findings.latest from ${wantedOf(part)}
    join findings on findings.resource = wanted.resource and findings.weakness = wanted.weakness
    where findings.fingerprint not in (select jsonb_array_elements_text(${known}::jsonb))`.execute(db);
  return rows.map(parseHeld);
}

/**
 * `part`: where others may lie. Parts join and fall apart when another tool names one: what is not worked out any more is
 * no exposure.
 */
async function writeExposures(
  db: Kysely<Tables>,
  part: Part | undefined,
  exposures: readonly Exposure[],
): Promise<void> {
  const statement =
    part === undefined
      ? writingOf(exposures)
      : sql`
    with gone as (
      delete from exposures using ${wantedOf(part)}
      where exposures.resource = wanted.resource and exposures.weakness = wanted.weakness
        and exposures.id not in (
          select jsonb_array_elements_text(${JSON.stringify(exposures.map(({ id }) => id))}::jsonb))
    ) ${writingOf(exposures)}`;
  await statement.execute(db);
}

const writingOf = (exposures: readonly Exposure[]) => sql`
    insert into exposures (id, resource, weakness, class, account, state, severity, last_seen, exposure)
    select id, resource, weakness, class, account, state, severity, last_seen, exposure
    from json_to_recordset(${exposureRows(exposures)}::json) as given (
      id text, resource text, weakness text, class text, account text, state text, severity smallint,
      last_seen text, exposure text)
    on conflict (id) do update set account = excluded.account, state = excluded.state,
      severity = excluded.severity, last_seen = excluded.last_seen, exposure = excluded.exposure`;

const byFingerprint = (a: HeldFinding, b: HeldFinding): number =>
  a.record.fingerprint < b.record.fingerprint ? -1 : a.record.fingerprint > b.record.fingerprint ? 1 : 0;

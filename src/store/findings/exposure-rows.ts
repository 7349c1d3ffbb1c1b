import { sql, type Kysely } from "kysely";
import { mergeExposures, restateExposure, severityRank, type Exposure } from "../../core/findings/index.js";
import { plain } from "../plain-text.js";
import type { Tables } from "../tables.js";
import { parseHeld, type HeldFinding } from "./finding-rows.js";

const columnsOf = (exposure: Exposure) => ({
  id: exposure.id,
  resource: plain(exposure.resource),
  weakness: plain(exposure.weakness),
  class: exposure.class,
  account: exposure.account === undefined ? null : plain(exposure.account),
  state: exposure.state,
  severity: severityRank(exposure.severity),
  last_seen: exposure.lastSeen ?? "",
  exposure: JSON.stringify(exposure),
});

/**
 * Works out the exposures again that findings belong to which were just written. Of the same (resource, weakness) there
 * may be others, of which nothing was said: those are read.
 */
export async function refreshExposures(db: Kysely<Tables>, written: Iterable<HeldFinding>): Promise<void> {
  const places = new Map<string, HeldFinding[]>();
  for (const finding of written) {
    const place = JSON.stringify([finding.record.resource, finding.record.weakness]);
    const there = places.get(place);
    if (there === undefined) places.set(place, [finding]);
    else there.push(finding);
  }
  const all = [...places];
  for (let from = 0; from < all.length; from += 500) {
    const known = all.slice(from, from + 500).flatMap(([, findings]) => findings);
    const part = all.slice(from, from + 500).map(([text]) => {
      const [resource, weakness] = JSON.parse(text) as [string, string];
      return { resource: plain(resource), weakness: plain(weakness) };
    });
    const wanted = sql`jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as wanted (resource text, weakness text)`;
    const { rows } = await sql<{ record: string; latest: string }>`
      select findings.record, findings.latest from ${wanted}
      join findings on findings.resource = wanted.resource and findings.weakness = wanted.weakness
      where findings.fingerprint not in (
        select jsonb_array_elements_text(${JSON.stringify(known.map(({ record }) => record.fingerprint))}::jsonb))`.execute(
      db,
    );
    const held = [...known, ...rows.map(parseHeld)].sort(byFingerprint);
    const records = new Map(held.map(({ record }) => [record.fingerprint, record]));
    const exposures = mergeExposures(held.map(({ latest }) => latest)).map((exposure) =>
      restateExposure(exposure, records),
    );
    // Parts join and fall apart when another tool names one: what is not worked out any more is no exposure.
    await sql`
      delete from exposures using ${wanted}
      where exposures.resource = wanted.resource and exposures.weakness = wanted.weakness
        and exposures.id not in (
          select jsonb_array_elements_text(${JSON.stringify(exposures.map(({ id }) => id))}::jsonb))`.execute(
      db,
    );
    await sql`
      insert into exposures (id, resource, weakness, class, account, state, severity, last_seen, exposure)
      select id, resource, weakness, class, account, state, severity, last_seen, exposure
      from jsonb_to_recordset(${JSON.stringify(exposures.map(columnsOf))}::jsonb) as given (
        id text, resource text, weakness text, class text, account text, state text, severity smallint,
        last_seen text, exposure text)
      on conflict (id) do update set account = excluded.account, state = excluded.state,
        severity = excluded.severity, last_seen = excluded.last_seen, exposure = excluded.exposure`.execute(
      db,
    );
  }
}

const byFingerprint = (a: HeldFinding, b: HeldFinding): number =>
  a.record.fingerprint < b.record.fingerprint ? -1 : a.record.fingerprint > b.record.fingerprint ? 1 : 0;

import { sql, type Kysely } from "kysely";
import { mergeExposures, restateExposure, severityRank, type Exposure } from "../../core/findings/index.js";
import { plain } from "../plain-text.js";
import type { Tables } from "../tables.js";
import { parseHeld } from "./finding-rows.js";

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

/** Works out the exposures of some (resource, weakness) again, from the findings that are held. */
export async function refreshExposures(db: Kysely<Tables>, touched: Iterable<string>): Promise<void> {
  const pairs = [...touched].map((text) => JSON.parse(text) as [string, string]);
  for (let from = 0; from < pairs.length; from += 500) {
    const part = pairs.slice(from, from + 500).map(([resource, weakness]) => ({
      resource: plain(resource),
      weakness: plain(weakness),
    }));
    const wanted = sql`jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as wanted (resource text, weakness text)`;
    const { rows } = await sql<{ record: string; latest: string }>`
      select findings.record, findings.latest from ${wanted}
      join findings on findings.resource = wanted.resource and findings.weakness = wanted.weakness`.execute(
      db,
    );
    const held = rows.map(parseHeld);
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

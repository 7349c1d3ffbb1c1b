import { sql, type SelectQueryBuilder } from "kysely";
import type { FindingState } from "../../core/findings/index.js";
import type { FindingsTable, Tables } from "../tables.js";
import { prefixesOf } from "../terms.js";

export interface FindingFilter {
  /** Not fixed and not gone. */
  readonly open?: boolean;
  readonly state?: FindingState;
  readonly account?: string;
  readonly weakness?: string;
  readonly class?: string;
  readonly tool?: string;
  readonly resource?: string;
  /** `severityRank`: at least so severe. */
  readonly severity?: number;
  /** Muted in the tool, and nobody is named who answers for that. */
  readonly unowned?: boolean;
  /** It came back, or repeats one that was closed before. */
  readonly returned?: boolean;
  /** What the cases are about that whoever asks sees: nothing else is found or counted. Absent: everything. */
  readonly places?: readonly { readonly resource: string; readonly weakness: string }[];
  /** Beginnings of words of resource, check and weakness, in lower case, letters and digits only. */
  readonly terms?: readonly string[];
}

export type FindingQuery = SelectQueryBuilder<Tables, "findings", FindingsTable>;

/** As the index `findings_terms` has it. */
const searched = sql`array_to_tsvector(array_remove(regexp_split_to_array(
  lower(resource || ' ' || "check" || ' ' || weakness), '[^[:alnum:]]+'), ''))`;

export function filtered(query: FindingQuery, filter: FindingFilter): FindingQuery {
  let found = query;
  for (const name of ["open", "state", "account", "weakness", "class", "tool", "resource"] as const) {
    const value = filter[name];
    if (value !== undefined) found = found.where(name, "=", value);
  }
  if (filter.places !== undefined) {
    const places = JSON.stringify(filter.places.map(({ resource, weakness }) => ({ resource, weakness })));
    found = found.where(
      sql<boolean>`(resource, weakness) in (
        select resource, weakness from jsonb_to_recordset(${places}::jsonb) as place(resource text, weakness text))`,
    );
  }
  if (filter.returned === true) found = found.where("level", ">", 0);
  if (filter.unowned === true) found = found.where(sql<boolean>`(latest::json #>> '{muting,by}') is null`);
  if (filter.terms !== undefined && filter.terms.length > 0)
    found = found.where(sql<boolean>`${searched} @@ ${prefixesOf(filter.terms)}::tsquery`);
  return filter.severity === undefined ? found : found.where("severity", ">=", filter.severity);
}

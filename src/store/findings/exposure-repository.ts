import type { SelectQueryBuilder } from "kysely";
import type { Exposure, ExposureState } from "../../core/findings/index.js";
import type { StoreContext } from "../context.js";
import { pageLimit, pageOf, readCursor, type Page, type PageRequest } from "../page.js";
import type { ExposuresTable, Tables } from "../tables.js";

export interface ExposureFilter {
  readonly state?: ExposureState;
  readonly account?: string;
  readonly class?: string;
  readonly resource?: string;
  readonly weakness?: string;
  /** `severityRank`: at least so severe. */
  readonly severity?: number;
}

/** What the findings of all tools say of one resource and weakness; kept up by imports. */
export interface ExposureRepository {
  find(id: string): Promise<Exposure | undefined>;
  /** Most severe first, then the last seen. An analysis goes through all pages. */
  list(filter: ExposureFilter, page: PageRequest): Promise<Page<Exposure>>;
}

type ExposureQuery = SelectQueryBuilder<Tables, "exposures", ExposuresTable>;

export function exposureRepository({ db }: StoreContext): ExposureRepository {
  const select = (): ExposureQuery => db.selectFrom("exposures").selectAll();
  const parse = (row: ExposuresTable): Exposure => JSON.parse(row.exposure) as Exposure;
  return {
    async find(id) {
      const row = await select().where("id", "=", id).executeTakeFirst();
      return row === undefined ? undefined : parse(row);
    },
    async list(filter, page) {
      const limit = pageLimit(page);
      let query = select()
        .orderBy("severity", "desc")
        .orderBy("last_seen", "desc")
        .orderBy("id", "desc")
        .limit(limit + 1);
      for (const name of ["state", "account", "class", "resource", "weakness"] as const) {
        const value = filter[name];
        if (value !== undefined) query = query.where(name, "=", value);
      }
      if (filter.severity !== undefined) query = query.where("severity", ">=", filter.severity);
      if (page.after !== undefined) {
        const cursor = readCursor(page.after, ["number", "string", "string"]) as [number, string, string];
        query = query.where((eb) => eb(eb.refTuple("severity", "last_seen", "id"), "<", eb.tuple(...cursor)));
      }
      return pageOf(await query.execute(), limit, parse, (row) => [row.severity, row.last_seen, row.id]);
    },
  };
}

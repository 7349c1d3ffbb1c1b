import type { StoreContext } from "../context.js";
import { pageLimit, pageOf, readCursor, type Page, type PageRequest } from "../page.js";

/** What an import was made of and what it changed; `report` is JSON as the product writes it. */
export interface ImportReport {
  /** Id of the analysis that was made of it. */
  readonly snapshot: string;
  readonly at: string;
  /** Pseudonym. */
  readonly by?: string;
  readonly report: string;
}

/** How much of the duties was covered at an analysis. */
export interface ReadinessPoint {
  readonly snapshot: string;
  readonly at: string;
  readonly required: number;
  readonly covered: number;
  readonly unproven: number;
  readonly gaps: number;
}

export interface ReportRepository {
  /** The same again replaces what was kept. */
  keepImport(report: ImportReport): Promise<void>;
  findImport(snapshot: string): Promise<ImportReport | undefined>;
  /** Newest first. */
  imports(page: PageRequest): Promise<Page<ImportReport>>;
  keepReadiness(point: ReadinessPoint): Promise<void>;
  /** Oldest first, the last 1,000. */
  readiness(): Promise<readonly ReadinessPoint[]>;
}

export function reportRepository({ db }: StoreContext): ReportRepository {
  const select = () => db.selectFrom("import_reports").selectAll();
  return {
    async keepImport({ snapshot, at, by, report }) {
      await db
        .insertInto("import_reports")
        .values({ snapshot, at, imported_by: by ?? null, report })
        .onConflict((conflict) => conflict.column("snapshot").doUpdateSet({ report }))
        .execute();
    },
    async findImport(snapshot) {
      const row = await select().where("snapshot", "=", snapshot).executeTakeFirst();
      return row === undefined ? undefined : reportOf(row);
    },
    async imports(page) {
      const limit = pageLimit(page);
      let query = select()
        .orderBy("at", "desc")
        .orderBy("snapshot", "desc")
        .limit(limit + 1);
      if (page.after !== undefined) {
        const cursor = readCursor(page.after, ["string", "string"]) as [string, string];
        query = query.where((eb) => eb(eb.refTuple("at", "snapshot"), "<", eb.tuple(...cursor)));
      }
      return pageOf(await query.execute(), limit, reportOf, (row) => [row.at, row.snapshot]);
    },
    async keepReadiness(point) {
      await db
        .insertInto("readiness_points")
        .values(point)
        .onConflict((conflict) => conflict.column("snapshot").doNothing())
        .execute();
    },
    async readiness() {
      const rows = await db
        .selectFrom("readiness_points")
        .selectAll()
        .orderBy("at", "desc")
        .orderBy("snapshot", "desc")
        .limit(1000)
        .execute();
      return rows.reverse();
    },
  };
}

interface Row {
  readonly snapshot: string;
  readonly at: string;
  readonly imported_by: string | null;
  readonly report: string;
}

const reportOf = ({ snapshot, at, imported_by: by, report }: Row): ImportReport => ({
  snapshot,
  at,
  ...(by === null ? {} : { by }),
  report,
});

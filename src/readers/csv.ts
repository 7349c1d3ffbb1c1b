import { CsvError, parse } from "csv-parse/sync";

export interface CsvRow {
  readonly values: Readonly<Record<string, string>>;
  /** 1-based line on which the row ends. */
  readonly line: number;
}

export type CsvTable =
  | { readonly columns: readonly string[]; readonly rows: readonly CsvRow[] }
  | { readonly reason: string; readonly line?: number };

/** Comma-separated text with a header row. A row of another width than the header is a fault of the whole file. */
export function parseCsv(text: string): CsvTable {
  try {
    const records: unknown = parse(text, {
      bom: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: false,
    });
    const rows = records as { record: string[]; info: { lines: number } }[];
    const [header, ...body] = rows;
    if (header === undefined) return { reason: "the table has no header row" };
    const columns = header.record.map((name) => name.trim());
    return {
      columns,
      rows: body.map(({ record, info }) => ({
        values: Object.fromEntries(columns.map((name, index) => [name, record[index] ?? ""])),
        line: info.lines,
      })),
    };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line: unknown = error["lines"];
    const reason =
      error.code === "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH"
        ? "a row has another number of columns than the header: the file may be cut off"
        : "not valid comma-separated text: a quote is left open or out of place";
    return { reason, ...(typeof line === "number" ? { line } : {}) };
  }
}

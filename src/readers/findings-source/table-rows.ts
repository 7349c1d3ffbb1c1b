import { CsvError, parse } from "csv-parse";
import { pipeline } from "node:stream";
import type { ByteSource } from "../json-stream/index.js";
import type { JsonObject } from "../json-value.js";
import type { SourceLimits } from "./limits.js";
import type { TableLayout } from "./table-layout.js";

export interface TableRow {
  readonly value: JsonObject;
  /** 1-based line on which the row starts. */
  readonly line: number;
}

export interface TableHandlers {
  row(row: TableRow): void;
  /** A row that cannot be used; reading goes on behind it. */
  fault(line: number, reason: string): void;
  readonly onProgress?: () => void;
}

export interface TableEnd {
  readonly bytes: number;
  /** The last byte is a line break. */
  readonly endsLine: boolean;
  /** Why the table could not be read to its end, and on which line. */
  readonly stopped?: { readonly line: number; readonly reason: string };
}

/** Streams the rows of a table (RFC 4180, any delimiter) as objects of texts by column. Never rejects. */
export async function readTableRows(
  source: ByteSource,
  layout: TableLayout,
  handlers: TableHandlers,
  limits: SourceLimits,
): Promise<TableEnd> {
  let bytes = 0;
  let last = 0;
  let line = layout.comments.length + 1;
  let columns: readonly string[] | undefined;
  let stopped: TableEnd["stopped"];
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of source.chunks) {
      bytes += chunk.length;
      last = chunk.at(-1) ?? last;
      yield chunk;
      if (stopped !== undefined) return;
      handlers.onProgress?.();
    }
  }
  // Rows and faults are told as they are parsed, in the order of the file: a stream of rows would come later.
  const parser = parse({
    bom: true,
    info: true,
    delimiter: layout.delimiter,
    from_line: layout.comments.length + 1,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: limits.rowBytes,
    on_record: (record: unknown, context) => {
      if (stopped !== undefined) return null;
      const values = (record as { readonly record: readonly string[] }).record;
      if (columns === undefined) columns = values.map((name) => name.trim());
      else {
        const names = columns;
        const value = Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
        handlers.row({ value, line });
      }
      line = context.lines + 1;
      return null;
    },
    on_skip: (error) => {
      if (error === undefined || stopped !== undefined) return undefined;
      if (error.code === "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH") handlers.fault(line, reasonOf(error));
      else stopped = { line, reason: reasonOf(error) };
      const end: unknown = error["lines"];
      if (typeof end === "number") line = end + 1;
      return undefined;
    },
  });
  const failed = await new Promise<unknown>((resolve) => {
    pipeline(counted(), parser, resolve);
    parser.resume();
  });
  if (failed instanceof CsvError) stopped ??= { line, reason: reasonOf(failed) };
  else if (failed instanceof Error) throw failed;
  const problem = source.fault();
  if (problem !== undefined) stopped ??= { line, reason: problem.reason };
  return { bytes, endsLine: last === 0x0a, ...(stopped === undefined ? {} : { stopped }) };
}

function reasonOf(error: CsvError): string {
  switch (error.code) {
    case "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH":
      return "the row has another number of columns than the header";
    case "CSV_MAX_RECORD_SIZE":
      return "the row is larger than the limit";
    case "CSV_QUOTE_NOT_CLOSED":
      return "the table ends inside a quoted value: the file was cut off";
    default:
      return "the row is not valid comma-separated text: a quote is left open or out of place";
  }
}

import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { AssertedScope, FindingCounts, FindingRow, SeenPassing } from "../core/findings/index.js";

/** Rows of documents, as a store takes them in. */
export interface ReadRows {
  readonly rows: FindingRow[];
  readonly passing: SeenPassing[];
  readonly scopes: AssertedScope[];
  readonly files: ReadFile[];
}

/** How the rows of one document fell. */
export interface ReadFile {
  readonly path: string;
  readonly digest: string;
  readonly counts: FindingCounts;
}

type Line =
  | { readonly row: FindingRow }
  | { readonly pass: SeenPassing }
  | { readonly scope: AssertedScope }
  | { readonly file: ReadFile };

interface Given {
  readonly rows: readonly FindingRow[];
  readonly passing: Iterable<SeenPassing>;
  readonly scopes: readonly AssertedScope[];
  readonly inputs: readonly ReadFile[];
}

/** Beside the file of the rows: digests of documents whose rows are stored already. */
export const knownFile = (path: string): string => `${path}.known`;

/** Writes what an analysis read of findings, a line each, without what is stored already. */
export async function writeRows(path: string, { rows, passing, scopes, inputs }: Given): Promise<void> {
  const known = new Set(JSON.parse(await readFile(knownFile(path), "utf8")) as readonly string[]);
  const digests = new Map(inputs.map((input) => [input.path, input.digest]));
  const out = createWriteStream(path, { mode: 0o600 });
  const put = async (line: Line): Promise<void> => {
    if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, "drain");
  };
  for (const row of rows) if (!known.has(row.origin.source.digest)) await put({ row });
  for (const pass of passing) if (!known.has(pass.origin.source.digest)) await put({ pass });
  for (const scope of scopes) if (!known.has(digests.get(scope.document) ?? "")) await put({ scope });
  for (const { path: file, digest, counts } of inputs)
    if (!known.has(digest)) await put({ file: { path: file, digest, counts } });
  out.end();
  await once(out, "finish");
}

export async function readRows(path: string): Promise<ReadRows> {
  const read: ReadRows = { rows: [], passing: [], scopes: [], files: [] };
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const line = JSON.parse(text) as Line;
    if ("row" in line) read.rows.push(line.row);
    else if ("pass" in line) read.passing.push(line.pass);
    else if ("scope" in line) read.scopes.push(line.scope);
    else read.files.push(line.file);
  }
  return read;
}

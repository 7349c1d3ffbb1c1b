import { isSkippedName } from "../input-paths.js";
import { openByteSource, type ByteSource } from "../json-stream/index.js";
import { bounded, peek } from "./bounded.js";
import type { SourceLimits } from "./limits.js";
import { readZipDirectory } from "./zip-directory.js";
import { zipEntryBytes, zipEntryFault } from "./zip-entry.js";

/** A file, or a file inside an archive (`findings.zip!prowler.json`), opened and looked at. */
export type Part =
  | { readonly kind: "part"; readonly path: string; readonly head: Buffer; readonly source: ByteSource }
  | { readonly kind: "fault"; readonly path: string; readonly reason: string; readonly hint: string };

/** The parts of a path: itself, or what an archive holds, in the order of names. Archives in archives are refused. */
export async function* openParts(path: string, limits: SourceLimits): AsyncGenerator<Part> {
  const source = openByteSource(path);
  const { head, source: whole, close } = await peek(bounded(source, () => source.rawBytes(), limits));
  if (!isZip(head)) {
    yield { kind: "part", path, head, source: whole };
    return;
  }
  await close();
  if (path === "-") {
    yield fault(
      path,
      "a zip archive cannot be read from standard input",
      "give its path, or unpack it first",
    );
    return;
  }
  const directory = await readZipDirectory(path, limits);
  if ("reason" in directory) {
    yield fault(path, directory.reason, directory.hint);
    return;
  }
  let read = 0;
  for (const entry of [...directory.entries].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
  )) {
    const names = entry.name.split("/");
    if (entry.name.endsWith("/") || names.some((name) => name === "__MACOSX" || isSkippedName(name)))
      continue;
    read += 1;
    const inner = `${path}!${entry.name}`;
    const problem = zipEntryFault(entry);
    if (problem !== undefined) {
      yield fault(inner, problem.reason, problem.hint);
      continue;
    }
    const opened = openByteSource(inner, zipEntryBytes(path, entry));
    const part = await peek(bounded(opened, () => entry.packedBytes, limits));
    if (isZip(part.head)) {
      await part.close();
      yield fault(inner, "an archive inside an archive is not read", "unpack it first");
    } else yield { kind: "part", path: inner, head: part.head, source: part.source };
  }
  if (read === 0) yield fault(path, "the archive holds no file that could be findings", "check the archive");
}

/** `PK`, then a file, or the end of an empty archive. */
const isZip = (head: Buffer): boolean =>
  head[0] === 0x50 &&
  head[1] === 0x4b &&
  ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));

const fault = (path: string, reason: string, hint: string): Part => ({ kind: "fault", path, reason, hint });

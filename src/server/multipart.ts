import { Busboy } from "@fastify/busboy";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { SentDocument } from "../app/index.js";
import { isProblem, problem } from "./problem-response.js";
import { atMost, shownName } from "./upload-bounds.js";

/** Bounds on what one request may hold, whatever its size. */
const limits = { files: 20_000, fields: 0, parts: 20_000, headerPairs: 50, fieldNameSize: 100 } as const;

/**
 * The files of a multipart/form-data (RFC 7578) as they come, one after the other: the sender is read no faster than
 * they are. The parts `estate` and `findings` hold documents; anything else is told.
 */
export async function* sentDocuments(request: Request, mostBytes: number): AsyncGenerator<SentDocument> {
  const stated = Number(request.headers.get("content-length") ?? "0");
  if (stated > mostBytes) throw problem("too-large");
  const parser = parserOf(request.headers.get("content-type"));
  const found: { readonly field: string; readonly name: string; readonly bytes: Readable }[] = [];
  const at: { wake: () => void; open?: Readable; end?: { readonly error?: Error } } = {
    wake: () => undefined,
  };
  const stop = (error?: unknown): void => {
    at.end ??= error === undefined ? {} : { error: isProblem(error) ? error : notToItsEnd() };
    if (at.end.error !== undefined) at.open?.destroy(at.end.error);
    at.wake();
  };
  parser.on("file", (field, bytes, name) => {
    at.open = bytes;
    // Whoever reads it hears of it; one that nobody reads any more must not end the process.
    bytes.on("error", () => undefined);
    found.push({ field, name, bytes });
    at.wake();
  });
  for (const event of ["filesLimit", "partsLimit", "fieldsLimit"] as const)
    parser.on(event, () => {
      stop(problem("unusable", { detail: whyNoFile }));
    });
  const body = request.body === null ? Readable.from([]) : Readable.fromWeb(request.body);
  const reading = pipeline(body, atMost(mostBytes), parser).then(() => {
    stop();
  }, stop);
  try {
    for (;;) {
      const item = found.shift();
      if (item !== undefined) {
        yield { kind: kindOf(item.field), path: shownName(item.name), bytes: told(item.bytes) };
        continue;
      }
      if (at.end?.error !== undefined) throw at.end.error;
      if (at.end !== undefined) return;
      await new Promise<void>((resolve) => (at.wake = resolve));
    }
  } finally {
    if (at.end === undefined) body.destroy();
    at.open?.destroy();
    await reading;
  }
}

const whyNoFile = "send each document as a file, in a part `estate` or `findings`, with its name";

const notToItsEnd = () =>
  problem("bad-request", {
    detail:
      "send the documents as multipart/form-data, to its end; or one as the body, with `?as=findings&name=prowler.json`",
  });

async function* told(bytes: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw isProblem(error) ? error : notToItsEnd();
  }
}

function parserOf(type: string | null) {
  try {
    return new Busboy({ headers: { "content-type": type ?? "" }, preservePath: true, limits });
  } catch {
    throw notToItsEnd();
  }
}

function kindOf(field: string): SentDocument["kind"] {
  if (field === "estate" || field === "findings") return field;
  throw problem("unusable", { detail: `a part is called \`${field.slice(0, 60)}\`: ${whyNoFile}` });
}

import { Readable } from "node:stream";
import type { SentDocument } from "../app/index.js";
import { isProblem, problem } from "./problem-response.js";
import { atMost, shownName } from "./upload-bounds.js";

/** What the address says of a document that is the body of a request. */
export interface NamedDocument {
  readonly kind: SentDocument["kind"];
  readonly name: string;
}

/**
 * The body of a request as one document, as it comes: the sender is read no faster than it is. Its type is not asked:
 * documents are recognised by their content, and `curl --data-binary` calls everything a form.
 */
export async function* sentDocument(
  request: Request,
  { kind, name }: NamedDocument,
  mostBytes: number,
): AsyncGenerator<SentDocument> {
  if (Number(request.headers.get("content-length") ?? "0") > mostBytes) throw problem("too-large");
  const encoding = request.headers.get("content-encoding") ?? "identity";
  // A compressed document is stored compressed, and read so.
  if (encoding !== "identity" && encoding !== "gzip")
    throw problem("wrong-type", {
      detail: `documents are taken as they are or with gzip, not with \`${encoding}\``,
    });
  const path = shownName(name);
  if (request.body === null) throw empty();
  const body = Readable.fromWeb(request.body);
  const bounded = body.pipe(atMost(mostBytes));
  body.on("error", (error) => bounded.destroy(error));
  // Whoever reads it hears of it; one that nobody reads any more must not end the process.
  bounded.on("error", () => body.destroy());
  try {
    yield { kind, path, bytes: told(bounded) };
  } finally {
    bounded.destroy();
    body.destroy();
  }
}

async function* told(bytes: Readable): AsyncGenerator<Uint8Array> {
  let any = false;
  try {
    for await (const piece of bytes as AsyncIterable<Uint8Array>) {
      any ||= piece.length > 0;
      yield piece;
    }
  } catch (error) {
    throw isProblem(error) ? error : problem("bad-request", { detail: "send the document to its end" });
  }
  if (!any) throw empty();
}

const empty = () =>
  problem("unusable", {
    detail: "the body is empty: it is the document, as `curl --data-binary @FILE` sends it",
  });

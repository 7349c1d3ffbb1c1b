import { setTimeout as sleep } from "node:timers/promises";
import { importDocuments } from "../../api/index.js";
import {
  followImport,
  runImports,
  takeUpload,
  type ImportState,
  type Installation,
} from "../../app/index.js";
import { allowed } from "../allowed.js";
import { sentDocuments } from "../multipart.js";
import { plainly } from "../plainly.js";
import { preferredWait } from "../prefer.js";
import { problem } from "../problem-response.js";
import { sentDocument } from "../sent-document.js";
import type { Server } from "../server-env.js";

/** An import of so much is waited for, where nobody says otherwise. */
const waitedBytes = 32 * 1024 * 1024;
const longestWait = 3600;
const lookMs = 250;

/**
 * Takes documents in as they come. Once all of them are stored the import goes on whoever still listens, and in another
 * process where this one ends.
 */
export function uploadRoutes(app: Server, installation: Installation, mostBytes: number): void {
  const { newImportId } = installation;
  app.openapi(importDocuments, async (c) => {
    const { person } = allowed(c, "import");
    const wish = preferredWait(c.req.valid("header").prefer);
    const { as, name } = c.req.valid("query");
    if (as === undefined && name !== undefined)
      throw problem("bad-request", {
        detail: "`name` is of a body that is the document: say `as=estate` or `as=findings` too",
      });
    const sent =
      as === undefined
        ? sentDocuments(c.req.raw, mostBytes)
        : sentDocument(c.req.raw, { kind: as, name: nameOf(c.req.raw, name) }, mostBytes);
    const taken = await takeUpload(installation, sent, { id: newImportId(), by: person });
    if (taken.kind === "empty")
      throw problem("unusable", { detail: "there is no file: name the parts `estate` or `findings`" });
    if (taken.kind === "ambiguous")
      throw problem("unusable", { detail: `two files are called \`${taken.path}\` and are not the same` });
    const { id } = taken;
    const seconds = Math.min(wish ?? (taken.bytes <= waitedBytes ? longestWait : 0), longestWait);
    const running = runImports(installation);
    // Whoever waits hears of it; whoever does not finds it where the import is asked for.
    running.catch(() => undefined);
    const state = await waitFor(installation, id, running, seconds);
    if (state.kind === "done") return c.json(plainly({ id, ...state.result }), 200);
    if (state.kind === "failed") throw problem("internal", { detail: `the import failed: ${state.failure}` });
    c.header("location", `/api/v1/imports/${id}`);
    if (wish !== undefined)
      c.header("preference-applied", wish === 0 ? "respond-async" : `wait=${String(wish)}`);
    return c.json({ id, state: state.kind, documents: taken.documents, bytes: taken.bytes }, 202);
  });
}

/** A document counts by its name: the newest of a name replaces the one before. */
function nameOf({ headers }: Request, stated: string | undefined): string {
  const disposition = headers.get("content-disposition") ?? "";
  const name = stated ?? /;\s*filename="([^"]+)"/i.exec(disposition)?.[1];
  if (name !== undefined) return name;
  throw problem("unusable", {
    detail:
      "the document has no name: give it with `&name=prowler.json`, the newest document of a name counts",
  });
}

async function waitFor(
  installation: Installation,
  id: string,
  running: Promise<unknown>,
  seconds: number,
): Promise<ImportState> {
  const until = performance.now() + seconds * 1000;
  let own: Promise<unknown> | undefined = running;
  for (;;) {
    const left = until - performance.now();
    if (left <= 0) break;
    const gone = new AbortController();
    // A fault of the analysis is that of whoever waits for it.
    await Promise.race([
      ...(own === undefined ? [] : [own.then(() => (own = undefined))]),
      sleep(own === undefined ? Math.min(lookMs, left) : left, undefined, { signal: gone.signal }).catch(
        () => undefined,
      ),
    ]).finally(() => {
      gone.abort();
    });
    const state = await followImport(installation, id);
    // Another process may have it.
    if (state.kind === "done" || state.kind === "failed") return state;
  }
  return followImport(installation, id);
}

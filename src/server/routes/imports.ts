import type { Context } from "hono";
import {
  getFindingsSummary,
  getImport,
  importDocuments,
  listFindingEvents,
  listFindings,
  listImports,
} from "../../api/index.js";
import {
  findFindings,
  findingEvents,
  findingsSummary,
  importLines,
  importView,
  reanalyse,
  takeInDocuments,
  type Installation,
} from "../../app/index.js";
import { plainly } from "../plainly.js";
import { stated } from "../stated.js";
import { allowed } from "../allowed.js";
import type { Server, ServerEnv } from "../server-env.js";
import { problem } from "../problem-response.js";

export function importRoutes(app: Server, installation: Installation): void {
  app.openapi(importDocuments, async (c) => {
    const { person } = allowed(c, "import");
    const form = await formOf(c);
    let documents = 0;
    for (const kind of ["estate", "findings"] as const) {
      const uploads = form.getAll(kind).map((part) => {
        if (typeof part === "string")
          throw problem("unusable", { detail: `a part \`${kind}\` is no file: send it with a file name` });
        return { path: shownName(part.name), bytes: part.stream() as ReadableStream<Uint8Array> };
      });
      if (uploads.length === 0) continue;
      await takeInDocuments(installation, kind, uploads);
      documents += uploads.length;
    }
    if (documents === 0)
      throw problem("unusable", { detail: "there is no file: name the parts `estate` or `findings`" });
    const { analysis, digest, opened, redecided, verified, refused } = await reanalyse(installation, person);
    return c.json(
      {
        documents,
        analysis: digest,
        opened: [...opened],
        redecided: [...redecided],
        verified: [...verified],
        refused: [...refused],
        rejected: analysis.rejected.map((item) => ({ ...item })),
      },
      200,
    );
  });
}

/** What was imported, and what is known of each finding since. */
export function findingRoutes(app: Server, installation: Installation): void {
  app.openapi(listImports, async (c) => {
    allowed(c, "read");
    return c.json(await importLines(installation, stated(c.req.valid("query"))), 200);
  });
  app.openapi(getImport, async (c) => {
    allowed(c, "read");
    const { id } = c.req.valid("param");
    const view = await importView(installation, id);
    if (view === undefined) throw problem("not-found", { detail: `there is no import \`${id}\`` });
    return c.json(plainly(view), 200);
  });
  app.openapi(getFindingsSummary, async (c) => {
    allowed(c, "read");
    return c.json(plainly(await findingsSummary(installation)), 200);
  });
  app.openapi(listFindings, async (c) => {
    allowed(c, "read");
    const { after, limit, open, repeat, ...query } = stated(c.req.valid("query"));
    const found = await findFindings(
      installation,
      {
        ...query,
        ...(open === undefined ? {} : { open: open === "true" }),
        ...(repeat === undefined ? {} : { repeat: true }),
      },
      { ...(after === undefined ? {} : { after }), ...(limit === undefined ? {} : { limit }) },
    );
    return c.json(plainly(found), 200);
  });
  app.openapi(listFindingEvents, async (c) => {
    allowed(c, "read");
    const { fingerprint } = c.req.valid("param");
    const events = await findingEvents(installation, fingerprint);
    if (events === undefined)
      throw problem("not-found", { detail: `there is no finding \`${fingerprint}\`` });
    return c.json({ items: [...events] }, 200);
  });
}

/** Relative and without steps upwards: a name, not a place of the server. */
function shownName(name: string): string {
  const parts = name.split(/[\\/]+/).filter((part) => part !== "" && part !== "." && part !== "..");
  const shown = parts.join("/");
  if (shown === "" || shown.length > 500 || /[\p{Cc}]/u.test(shown))
    throw problem("unusable", { detail: "a file has no name that can be shown" });
  return shown;
}

/** Hono gives what it has read before without a promise, whatever the type says. */
async function formOf(c: Context<ServerEnv>): Promise<FormData> {
  try {
    return await c.req.formData();
  } catch {
    throw problem("bad-request", { detail: "send the documents as multipart/form-data, to its end" });
  }
}

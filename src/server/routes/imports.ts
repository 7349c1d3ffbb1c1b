import {
  getFindingsSummary,
  getImport,
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
  type Installation,
} from "../../app/index.js";
import { plainly } from "../plainly.js";
import { stated } from "../stated.js";
import { allowed } from "../allowed.js";
import { askerOf, narrowedOf } from "../looker.js";
import type { Server } from "../server-env.js";
import { problem } from "../problem-response.js";

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
    const asker = askerOf(c, allowed(c, "read"));
    const summary = await findingsSummary(installation, asker);
    return c.json(plainly({ ...summary, ...narrowedOf(asker) }), 200);
  });
  app.openapi(listFindings, async (c) => {
    const asker = askerOf(c, allowed(c, "read"));
    const { after, limit, open, repeat, ...query } = stated(c.req.valid("query"));
    const found = await findFindings(
      installation,
      asker,
      {
        ...query,
        ...(open === undefined ? {} : { open: open === "true" }),
        ...(repeat === undefined ? {} : { repeat: true }),
      },
      { ...(after === undefined ? {} : { after }), ...(limit === undefined ? {} : { limit }) },
    );
    return c.json(plainly({ ...found, ...narrowedOf(asker) }), 200);
  });
  app.openapi(listFindingEvents, async (c) => {
    const asker = askerOf(c, allowed(c, "read"));
    const { fingerprint } = c.req.valid("param");
    const events = await findingEvents(installation, asker, fingerprint);
    if (events === undefined)
      throw problem("not-found", { detail: `there is no finding \`${fingerprint}\`` });
    return c.json({ items: [...events] }, 200);
  });
}

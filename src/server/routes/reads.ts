import { listReads } from "../../api/index.js";
import { readsWithNames, type Installation } from "../../app/index.js";
import { allowed } from "../allowed.js";
import type { Server } from "../server-env.js";
import { stated } from "../stated.js";

export function readRoutes(app: Server, installation: Installation): void {
  app.openapi(listReads, async (c) => {
    allowed(c, "admin");
    return c.json(await readsWithNames(installation, stated(c.req.valid("query"))), 200);
  });
}

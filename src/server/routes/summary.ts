import { getSummary } from "../../api/index.js";
import { summaryFor, type Installation } from "../../app/index.js";
import { allowed } from "../allowed.js";
import type { Server } from "../server-env.js";

/** `example`: the company of the project's `examples/` folder. */
export function summaryRoutes(app: Server, installation: Installation, example: boolean): void {
  app.openapi(getSummary, async (c) => {
    const viewer = allowed(c, "read");
    return c.json({ ...(await summaryFor(installation, viewer)), example }, 200);
  });
}

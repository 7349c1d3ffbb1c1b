import { allowed } from "../allowed.js";
import type { Metrics } from "../metrics.js";
import type { Server } from "../server-env.js";

/** `/metrics`, for whoever holds a token that reads: how many cases nobody has taken is not for everybody. */
export function metricsRoutes(app: Server, metrics: Metrics): void {
  app.get("/metrics", async (c) => {
    allowed(c, "read");
    return c.body(await metrics.text(), 200, {
      "content-type": metrics.contentType,
      "cache-control": "no-store",
    });
  });
}

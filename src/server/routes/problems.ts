import { problemKinds } from "../../api/index.js";
import type { Server } from "../server-env.js";

/** What the `type` of a problem means. */
export function problemRoutes(app: Server): void {
  app.get("/problems/:code", (c) => {
    const found = Object.entries(problemKinds).find(([code]) => code === c.req.param("code"));
    return found === undefined ? c.notFound() : c.json({ code: found[0], ...found[1] });
  });
}

import type { Installation } from "../../app/index.js";
import type { Server } from "../server-env.js";

/** `/healthz`: the process answers. `/readyz`: and its store does. */
export function healthRoutes(app: Server, { store }: Installation): void {
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    await store.ping();
    return c.json({ status: "ready", store: store.kind });
  });
}

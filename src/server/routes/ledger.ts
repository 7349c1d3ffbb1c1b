import type { Installation } from "../../app/index.js";
import { allowed } from "../allowed.js";
import type { Server } from "../server-env.js";

/** Where the ledger ends: whoever keeps this elsewhere can prove later that nothing was rewritten. */
export function ledgerRoutes(app: Server, { store }: Installation): void {
  app.get("/api/v1/ledger/head", async (c) => {
    allowed(c, "read");
    return c.json({ ...(await store.ledger.head()), checkpoint: (await store.checkpoints.latest()) ?? null });
  });
}

import { ledgerHead } from "../../api/index.js";
import type { Installation } from "../../app/index.js";
import { allowed } from "../allowed.js";
import type { Server } from "../server-env.js";

export function ledgerRoutes(app: Server, { store }: Installation): void {
  app.openapi(ledgerHead, async (c) => {
    allowed(c, "read");
    return c.json(
      { ...(await store.ledger.head()), checkpoint: (await store.checkpoints.latest()) ?? null },
      200,
    );
  });
}

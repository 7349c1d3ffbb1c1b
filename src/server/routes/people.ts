import { erasePersonRoute } from "../../api/index.js";
import { erasePerson, type Installation } from "../../app/index.js";
import { allowed } from "../allowed.js";
import { refuse } from "../middleware/authorize.js";
import { plainly } from "../plainly.js";
import { problem } from "../problem-response.js";
import type { Server } from "../server-env.js";

export function peopleRoutes(app: Server, installation: Installation): void {
  app.openapi(erasePersonRoute, async (c) => {
    const caller = allowed(c, "admin");
    const { person, reason, preview = false } = c.req.valid("json");
    refuse(c.get("judge")({ self: person === caller.person }), { group: "administer" }, caller);
    const erasing = await erasePerson(installation, { person, reason, preview, by: caller.person });
    switch (erasing.kind) {
      case "unknown":
        throw problem("not-found", {
          detail: `nobody is known here as \`${person}\`: nothing names them, or they were erased before`,
        });
      case "not-now":
        throw problem("unusable", { detail: erasing.why });
      case "done":
        return c.json(plainly(erasing.report), 200);
    }
  });
}

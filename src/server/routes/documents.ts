import { getDocumentExcerpt } from "../../api/index.js";
import { storedExcerpt, type Installation } from "../../app/index.js";
import { allowed } from "../allowed.js";
import { askerOf } from "../looker.js";
import { problem } from "../problem-response.js";
import type { Server } from "../server-env.js";
import { stated } from "../stated.js";

const usualAround = 3;

export function documentRoutes(app: Server, installation: Installation): void {
  app.openapi(getDocumentExcerpt, async (c) => {
    const asker = askerOf(c, allowed(c, "read"));
    const { digest } = c.req.valid("param");
    const { around = usualAround, ...place } = c.req.valid("query");
    const shown = await storedExcerpt(installation, asker, digest, { ...stated(place), around });
    switch (shown.kind) {
      case "unknown":
        throw problem("not-found", {
          detail: asker.whole
            ? `no document \`${digest}\` was imported`
            : `nothing that you see cites this place of a document \`${digest}\``,
        });
      case "gone":
        throw problem("no-longer-stored", { detail: `\`${shown.path}\`, sha256 ${digest}` });
      case "unshowable":
        throw problem("unusable", { detail: shown.reason });
      case "shown":
        return c.json(shown.excerpt, 200);
    }
  });
}

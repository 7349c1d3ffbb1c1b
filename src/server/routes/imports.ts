import { importDocuments } from "../../api/index.js";
import { reanalyse, takeInDocuments, type Installation } from "../../app/index.js";
import { allowed } from "../allowed.js";
import type { Server } from "../server-env.js";
import { problem } from "../problem-response.js";

export function importRoutes(app: Server, installation: Installation): void {
  app.openapi(importDocuments, async (c) => {
    allowed(c, "import");
    const form = await c.req.formData();
    let documents = 0;
    for (const kind of ["estate", "findings"] as const) {
      const uploads = form.getAll(kind).map((part) => {
        if (typeof part === "string")
          throw problem("unusable", { detail: `a part \`${kind}\` is no file: send it with a file name` });
        return { path: shownName(part.name), bytes: part.stream() as ReadableStream<Uint8Array> };
      });
      if (uploads.length === 0) continue;
      await takeInDocuments(installation, kind, uploads);
      documents += uploads.length;
    }
    if (documents === 0)
      throw problem("unusable", { detail: "there is no file: name the parts `estate` or `findings`" });
    const { analysis, digest, opened, redecided, verified, refused } = await reanalyse(installation);
    return c.json(
      {
        documents,
        analysis: digest,
        opened: [...opened],
        redecided: [...redecided],
        verified: [...verified],
        refused: [...refused],
        rejected: analysis.rejected.map((item) => ({ ...item })),
      },
      200,
    );
  });
}

/** Relative and without steps upwards: a name, not a place of the server. */
function shownName(name: string): string {
  const parts = name.split(/[\\/]+/).filter((part) => part !== "" && part !== "." && part !== "..");
  const shown = parts.join("/");
  if (shown === "" || shown.length > 500 || /[\p{Cc}]/u.test(shown))
    throw problem("unusable", { detail: "a file has no name that can be shown" });
  return shown;
}

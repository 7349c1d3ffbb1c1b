import type { Installation } from "../../app/index.js";
import { latestAnalysis } from "../../app/index.js";
import { renderFormat } from "../../report/index.js";
import { problem } from "../problem-response.js";
import { reportPolicy } from "../page-policy.js";
import type { Server } from "../server-env.js";

/** The report of the last analysis, for whoever sits at this machine. */
export function reportRoutes(app: Server, installation: Installation): void {
  app.get("/report", async (c) => {
    const analysis = await latestAnalysis(installation);
    if (analysis === undefined)
      throw problem("not-found", { detail: "nothing was analysed yet: import documents" });
    const page = renderFormat("html", analysis, { width: 160, colour: false, all: true, verbose: false });
    c.res = new Response(page, {
      headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    });
    c.set("pagePolicy", reportPolicy);
    return c.res;
  });
  app.all("/report", () => {
    throw problem("wrong-method", { allow: ["GET", "HEAD"] });
  });
}

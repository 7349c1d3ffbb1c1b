import type { Installation } from "../../app/index.js";
import { latestAnalysis } from "../../app/index.js";
import { renderFormat } from "../../report/index.js";
import { allowed } from "../allowed.js";
import { problem } from "../problem-response.js";
import { reportPolicy } from "../page-policy.js";
import type { Server } from "../server-env.js";

/**
 * The report of the last analysis, for whoever sits at this machine; `login`: people log in here from elsewhere, and it
 * is for those who see every case.
 */
export function reportRoutes(app: Server, installation: Installation, login: boolean): void {
  app.get("/report", async (c) => {
    if (login && allowed(c, "read").visible.kind !== "all")
      throw problem("not-allowed", { detail: "the report shows every case, and some are another team's" });
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

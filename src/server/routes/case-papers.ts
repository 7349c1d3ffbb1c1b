import { caseEvidence, casePlaybook, caseReport, explainCase } from "../../api/index.js";
import { decidedCase, storedPlaybook, type Installation } from "../../app/index.js";
import {
  estateFolder,
  pageOf,
  renderCaseHtml,
  renderPageMarkdown,
  renderPlaybook,
} from "../../report/index.js";
import { allowed } from "../allowed.js";
import { reportPolicy } from "../page-policy.js";
import { problem } from "../problem-response.js";
import type { Server } from "../server-env.js";
import { plainly } from "../plainly.js";
import { tarOf } from "../tar.js";
import { ownersOf } from "./estate-questions.js";

const markdown = "text/markdown; charset=utf-8";

export function casePaperRoutes(app: Server, installation: Installation): void {
  app.openapi(casePlaybook, async (c) => {
    allowed(c, "read");
    const { id } = c.req.valid("param");
    const playbook = await storedPlaybook(installation, id);
    if (playbook === undefined) throw noCase(id);
    if (c.req.valid("query").as === "json") return c.json(plainly(playbook), 200);
    return c.body(renderPlaybook(playbook), 200, {
      "content-type": markdown,
      ...download(`${id}-playbook.md`, "inline"),
    });
  });
  app.openapi(explainCase, async (c) => {
    allowed(c, "read");
    const { id } = c.req.valid("param");
    const found = await decidedCase(installation, id);
    if (found === undefined) throw noCase(id);
    const { item, analysis } = found;
    const [told] = await ownersOf(installation, [id]);
    return c.json(
      plainly({
        decided: item,
        decidedAt: analysis.generatedAt,
        folder: estateFolder(analysis),
        owners: [...(told?.owners ?? [])],
      }),
      200,
    );
  });
  app.openapi(caseReport, async (c) => {
    allowed(c, "read");
    const { id } = c.req.valid("param");
    const found = await decidedCase(installation, id);
    if (found === undefined) throw noCase(id);
    const { item, analysis } = found;
    const query = c.req.valid("query");
    const verbose = query.brief === undefined;
    const owners = query.owners === undefined ? [] : ((await ownersOf(installation, [id]))[0]?.owners ?? []);
    if (query.as === "markdown")
      return c.body(renderPageMarkdown(pageOf(item, analysis, { verbose, owners })), 200, {
        "content-type": markdown,
        ...download(`${id}.md`, "inline"),
      });
    c.set("pagePolicy", reportPolicy);
    return c.body(renderCaseHtml(item, analysis, { all: true, verbose, reasons: () => owners }), 200, {
      "content-type": "text/html; charset=utf-8",
      ...download(`${id}.html`, "inline"),
    });
  });
  app.openapi(caseEvidence, async (c) => {
    allowed(c, "read");
    const { id } = c.req.valid("param");
    const bundle = await installation.asking.evidence(id);
    if (bundle.kind === "no-case") throw noCase(id);
    const tar = tarOf(`${id}-evidence`, bundle.files, Date.parse(installation.now()) / 1000);
    return c.body(new Uint8Array(tar), 200, {
      "content-type": "application/x-tar",
      ...download(`${id}-evidence.tar`, "attachment"),
    });
  });
}

const download = (name: string, how: "inline" | "attachment") => ({
  "content-disposition": `${how}; filename="${name}"`,
  "cache-control": "no-store",
});

const noCase = (id: string) => problem("not-found", { detail: `there is no case \`${id}\`` });

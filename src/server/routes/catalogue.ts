import {
  checkCatalogue,
  getCatalogue,
  getCatalogueVersion,
  listCatalogueVersions,
  listSuggestions,
  putCatalogue,
} from "../../api/index.js";
import {
  catalogueVersions,
  checkedCatalogue,
  reanalyse,
  storedCatalogue,
  takeInCatalogue,
  type Installation,
  type Suggestions,
} from "../../app/index.js";
import { renderDraft } from "../../report/index.js";
import { allowed } from "../allowed.js";
import { askerOf, narrowedOf } from "../looker.js";
import type { Server } from "../server-env.js";
import { plainly } from "../plainly.js";
import { stated } from "../stated.js";
import { answered, answerTo } from "../answer-to.js";
import { etagOf, versionOf } from "../etag.js";
import { problem } from "../problem-response.js";

export function catalogueRoutes(app: Server, installation: Installation): void {
  app.openapi(getCatalogue, async (c) => {
    allowed(c, "read");
    const stored = await storedCatalogue(installation);
    if (stored === undefined) throw problem("not-found", { detail: "no catalogue was stored yet" });
    return c.body(Buffer.from(stored.bytes).toString("utf8"), 200, {
      "content-type": "application/yaml",
      etag: etagOf(stored.version),
    });
  });
  app.openapi(listCatalogueVersions, async (c) => {
    allowed(c, "read");
    return c.json(await catalogueVersions(installation, stated(c.req.valid("query"))), 200);
  });
  app.openapi(getCatalogueVersion, async (c) => {
    allowed(c, "read");
    const { version } = c.req.valid("param");
    const bytes = await installation.store.catalogues.bytes(version);
    if (bytes === undefined)
      throw problem("not-found", { detail: `there is no version ${String(version)} of the catalogue` });
    return c.body(Buffer.from(bytes).toString("utf8"), 200, {
      "content-type": "application/yaml",
      etag: etagOf(version),
    });
  });
  app.openapi(checkCatalogue, async (c) => {
    const asker = askerOf(c, allowed(c, "read"));
    const { effect = "true" } = c.req.valid("query");
    const yaml = await c.req.text();
    const checked = await answered(() =>
      checkedCatalogue(installation, yaml, effect === "true" && asker.whole),
    );
    return c.json(plainly(checked), 200);
  });
  app.openapi(listSuggestions, async (c) => {
    const asker = askerOf(c, allowed(c, "read"));
    // What evidence suggests is drawn from everything.
    if (!asker.whole) return c.json({ items: [], more: 0, yaml: "", ...narrowedOf(asker) }, 200);
    const { draft, generatedAt, kinds, items, more } = await answerTo<Suggestions>(installation, {
      kind: "suggestions",
    });
    const yaml = renderDraft(draft, generatedAt.slice(0, 10), kinds);
    return c.json(plainly({ items, more, yaml }), 200);
  });
  app.openapi(putCatalogue, async (c) => {
    const { person } = allowed(c, "admin");
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const taken = await takeInCatalogue(installation, {
      bytes,
      expected: versionOf(c.req.valid("header")["if-match"]),
      by: person,
      note: "",
    });
    if (taken.kind === "conflict")
      throw problem("changed", {
        detail: `version ${String(taken.current)} is in force`,
        conflict: { seen: c.req.valid("header")["if-match"], current: etagOf(taken.current) },
      });
    if (taken.kind === "unusable")
      throw problem("unusable", {
        detail: taken.rejected
          .slice(0, 20)
          .map(
            ({ line, column, reason, hint }) =>
              `line ${String(line ?? 1)}:${String(column ?? 1)} ${reason}${hint === undefined ? "" : ` (${hint})`}`,
          )
          .join("\n"),
      });
    const { snapshots } = installation.store;
    // The catalogue may come first: without documents there is nothing to analyse.
    const documents = (await snapshots.latest("estate", "*")) ?? (await snapshots.latest("findings", "*"));
    const analysis = documents === undefined ? null : (await reanalyse(installation)).digest;
    c.header("etag", etagOf(taken.version));
    return c.json(
      { version: taken.version, notices: taken.notices.map((item) => ({ ...item })), analysis },
      200,
    );
  });
}

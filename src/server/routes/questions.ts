import {
  compare,
  cutCase,
  flaw,
  getAnalysis,
  listSnapshots,
  reach,
  readiness,
  readinessTrend,
  recreate,
  search,
  whatIfCase,
  whoCan,
  type CaseWhatIf,
} from "../../api/index.js";
import {
  compareStored,
  findAnything,
  keepReadinessPoint,
  latestAnalysis,
  readinessTrendOf,
  storedAnalyses,
  type Installation,
  type Question,
} from "../../app/index.js";
import type {
  CutDocument,
  ReachDocument,
  ReadinessDocument,
  RecreateDocument,
  WhoCanDocument,
} from "../../contract/index.js";
import type { FlawDocument } from "../../core/decision/index.js";
import { allowed } from "../allowed.js";
import { answered, answerTo } from "../answer-to.js";
import { askerOf, narrowedOf, ownOf } from "../looker.js";
import { problem } from "../problem-response.js";
import type { Server } from "../server-env.js";
import { stated } from "../stated.js";
import { sentChangeOf } from "./estate-questions.js";

const usualLimit = 100;

export function questionRoutes(app: Server, installation: Installation): void {
  const ask = <Document>(question: Question): Promise<Document> => answerTo<Document>(installation, question);
  app.openapi(cutCase, async (c) => {
    allowed(c, "read");
    return c.json(await ask<CutDocument>({ kind: "cut", case: c.req.valid("param").id }), 200);
  });
  app.openapi(whatIfCase, async (c) => {
    allowed(c, "read");
    const given = c.req.valid("json");
    const change = isCut(given) ? { cut: given.cut } : { document: sentChangeOf(given) };
    const document = await ask<CaseWhatIf>({ kind: "what-if", case: c.req.valid("param").id, change });
    return c.json(document, 200);
  });
  app.openapi(whoCan, async (c) => {
    const own = ownOf(askerOf(c, allowed(c, "read")));
    const { action, resource, limit = usualLimit } = c.req.valid("query");
    return c.json(await ask<WhoCanDocument>({ kind: "who-can", action, resource, limit, ...own }), 200);
  });
  app.openapi(reach, async (c) => {
    const own = ownOf(askerOf(c, allowed(c, "read")));
    const { principal, limit = usualLimit } = c.req.valid("query");
    return c.json(await ask<ReachDocument>({ kind: "reach", principal, limit, ...own }), 200);
  });
  app.openapi(recreate, async (c) => {
    const own = ownOf(askerOf(c, allowed(c, "read")));
    const { resource, weakness } = c.req.valid("query");
    return c.json(await ask<RecreateDocument>({ kind: "recreate", resource, weakness, ...own }), 200);
  });
  app.openapi(flaw, async (c) => {
    allowed(c, "read");
    return c.json(await ask<FlawDocument>({ kind: "flaw", id: c.req.valid("query").id }), 200);
  });
  app.openapi(getAnalysis, async (c) => {
    allowed(c, "read");
    const analysis = await latestAnalysis(installation);
    if (analysis === undefined)
      throw problem("unusable", { detail: "nothing was analysed yet: import documents" });
    return c.json(analysis, 200);
  });
  app.openapi(readiness, async (c) => {
    const own = ownOf(askerOf(c, allowed(c, "read")));
    const found = await ask<ReadinessDocument>({ kind: "readiness", ...own });
    // A point of the trend is of everything.
    if (found.narrowed === undefined) await keepReadinessPoint(installation, found);
    return c.json(found, 200);
  });
  app.openapi(readinessTrend, async (c) => {
    const asker = askerOf(c, allowed(c, "read"));
    return c.json(
      { points: asker.whole ? await readinessTrendOf(installation) : [], ...narrowedOf(asker) },
      200,
    );
  });
  app.openapi(search, async (c) => {
    const asker = askerOf(c, allowed(c, "read"));
    const query = c.req.valid("query");
    const found = await answered(() => findAnything(installation, asker, stated(query)));
    return c.json({ ...found, ...narrowedOf(asker) }, 200);
  });
  app.openapi(compare, async (c) => {
    const asker = askerOf(c, allowed(c, "read"));
    const { from, to } = c.req.valid("query");
    const found = await compareStored(installation, asker, from, to);
    if (found === undefined)
      throw problem("not-found", { detail: "one of the two analyses is not stored: see /api/v1/snapshots" });
    return c.json({ ...found, ...narrowedOf(asker) }, 200);
  });
  app.openapi(listSnapshots, async (c) => {
    allowed(c, "read");
    return c.json(await storedAnalyses(installation, stated(c.req.valid("query"))), 200);
  });
}

const isCut = (given: object): given is { cut: number[] } => "cut" in given && Array.isArray(given.cut);

import { cutAll, draftCatalogue, explainOwners, whatIf, workloadPlaybook } from "../../api/index.js";
import { namesFiles, type Installation } from "../../app/index.js";
import type { CutDocument, DraftDocument } from "../../contract/index.js";
import type { OwnerExplanation } from "../../core/accountability/index.js";
import type { PlaybookDocument, WhatIfDocument } from "../../core/decision/index.js";
import { allowed } from "../allowed.js";
import { answerTo } from "../answer-to.js";
import { askerOf, ownOf } from "../looker.js";
import { problem } from "../problem-response.js";
import type { Server } from "../server-env.js";

/** Questions to the estate as a whole. */
export function estateQuestionRoutes(app: Server, installation: Installation): void {
  app.openapi(cutAll, async (c) => {
    allowed(c, "read");
    return c.json(await answerTo<CutDocument>(installation, { kind: "cut" }), 200);
  });
  app.openapi(whatIf, async (c) => {
    allowed(c, "read");
    const document = sentChangeOf(c.req.valid("json"));
    return c.json(await answerTo<WhatIfDocument>(installation, { kind: "what-if-all", document }), 200);
  });
  app.openapi(workloadPlaybook, async (c) => {
    const own = ownOf(askerOf(c, allowed(c, "read")));
    const { workload } = c.req.valid("query");
    return c.json(
      await answerTo<PlaybookDocument>(installation, { kind: "playbook", workload, ...own }),
      200,
    );
  });
  app.openapi(draftCatalogue, async (c) => {
    allowed(c, "read");
    return c.json(await answerTo<DraftDocument>(installation, { kind: "draft" }), 200);
  });
  app.openapi(explainOwners, async (c) => {
    allowed(c, "read");
    const cases = c.req.valid("query").cases.split(",");
    return c.json({ items: [...(await ownersOf(installation, cases))] }, 200);
  });
}

interface ExplainedCase {
  readonly case: string;
  readonly owners: OwnerExplanation[];
}

/** Why the owners of these cases are their owners, of those that the documents still show. */
export const ownersOf = (installation: Installation, cases: readonly string[]) =>
  answerTo<readonly ExplainedCase[]>(installation, { kind: "owner-reasons", cases });

/** A change as JSON; one that names files of the server is refused. */
export function sentChangeOf(change: object): string {
  if (namesFiles(change))
    throw problem("unusable", {
      detail: "a change that is sent holds what it needs: it names no files of the server",
    });
  return JSON.stringify(change);
}

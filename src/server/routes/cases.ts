import { actOnCaseRoute, getCase, getCaseEvents, getCaseFacets, listCases } from "../../api/index.js";
import {
  actOnCase,
  caseEvents,
  caseFacets,
  findCases,
  viewCase,
  type CaseView,
  type Installation,
} from "../../app/index.js";
import { allowed } from "../allowed.js";
import { stated } from "../stated.js";
import type { Server } from "../server-env.js";
import { etagOf, versionOf } from "../etag.js";
import { problem } from "../problem-response.js";

export function caseRoutes(app: Server, installation: Installation): void {
  app.openapi(listCases, async (c) => {
    const viewer = allowed(c, "read");
    return c.json(await findCases(installation, viewer, asked(viewer.person, c.req.valid("query"))), 200);
  });
  app.openapi(getCaseFacets, async (c) => {
    const viewer = allowed(c, "read");
    return c.json(await caseFacets(installation, viewer, asked(viewer.person, c.req.valid("query"))), 200);
  });
  app.openapi(getCase, async (c) => {
    const { person } = allowed(c, "read");
    const view = await viewCase(installation, c.req.valid("param").id, person);
    if (view === undefined) throw noCase(c.req.valid("param").id);
    c.header("etag", etagOf(view.state.sequence));
    return c.json(view, 200);
  });
  app.openapi(getCaseEvents, async (c) => {
    allowed(c, "read");
    const { id } = c.req.valid("param");
    const items = await caseEvents(installation, id);
    if (items.length === 0) throw noCase(id);
    return c.json({ items: [...items] }, 200);
  });
  app.openapi(actOnCaseRoute, async (c) => {
    const { id: caller, person } = allowed(c, "act");
    const { id } = c.req.valid("param");
    const headers = c.req.valid("header");
    const seen = headers["if-match"];
    const moved = await actOnCase(installation, {
      case: id,
      person,
      command: c.req.valid("json"),
      // Of this token or session: names are no part of what is stored.
      key: `${caller} ${headers["idempotency-key"]}`,
      judge: c.get("judge"),
      ...(seen === undefined ? {} : { expected: versionOf(seen) }),
    });
    switch (moved.kind) {
      case "no-case":
        throw noCase(id);
      case "changed":
        throw problem("changed", {
          detail: `\`${id}\` is at ${etagOf(moved.sequence)} now`,
          ...(seen === undefined
            ? {}
            : { conflict: await conflictOf(installation, id, seen, moved.sequence) }),
        });
      case "forbidden":
        throw problem("not-allowed", {
          detail: `the policy \`${moved.policy}\` forbids it`,
          rule: moved.policy,
        });
      case "key-reused":
        throw problem("other-request");
      case "refused":
        throw problem("refused", {
          detail: moved.refusal.text,
          rule: moved.refusal.rule,
          todo: moved.refusal.todo,
          roles: moved.refusal.roles,
          people: moved.refusal.people,
        });
      case "moved": {
        const view = (await viewCase(installation, id, person)) as CaseView;
        c.header("etag", etagOf(view.state.sequence));
        return c.json({ case: view, events: [...moved.events] }, 200);
      }
    }
  });
}

/** Events that somebody is told who has missed them. */
const mostMissed = 20;

async function conflictOf(installation: Installation, id: string, seen: string, current: number) {
  const events = (await caseEvents(installation, id)).filter(({ sequence }) => sequence > versionOf(seen));
  return {
    seen,
    current: etagOf(current),
    events: events.slice(-mostMissed).map(({ sequence, at, fact, by }) => ({
      sequence,
      at,
      kind: fact.kind,
      by: by.kind === "person" ? by.person : by.job,
    })),
  };
}

/** `due` and `dueBefore` are one; `mine` is what the caller has taken. */
function asked<Query extends { mine?: unknown; due?: string | undefined; dueBefore?: string | undefined }>(
  person: string,
  { mine, due, dueBefore, ...query }: Query,
) {
  const before = due ?? dueBefore;
  if (before !== undefined && Number.isNaN(Date.parse(before)))
    throw problem("bad-request", { detail: `\`due\`: \`${before}\` is no instant` });
  return {
    ...stated(query),
    ...(before === undefined ? {} : { dueBefore: new Date(before).toISOString() }),
    ...(mine === undefined ? {} : { takenBy: person }),
  };
}

const noCase = (id: string) => problem("not-found", { detail: `there is no case \`${id}\`` });

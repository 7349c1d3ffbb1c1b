import { getMeasures, getRemit, listIncidents, whoCanAct } from "../../api/index.js";
import { liveIncidents, measuresBetween, myRemit, whoCanActIn, type Installation } from "../../app/index.js";
import { allowed } from "../allowed.js";
import { problem } from "../problem-response.js";
import type { Server } from "../server-env.js";

export function remitRoutes(app: Server, installation: Installation): void {
  app.openapi(getRemit, async (c) => {
    const viewer = allowed(c, "read");
    const { as = "me" } = c.req.valid("query");
    const remit = await myRemit(installation, viewer, as);
    if (remit === undefined)
      throw problem("not-found", { detail: `the catalogue in force has no team \`${as}\`` });
    return c.json(remit, 200);
  });
  app.openapi(listIncidents, async (c) => {
    const viewer = allowed(c, "read");
    return c.json({ items: [...(await liveIncidents(installation, viewer))] }, 200);
  });
  app.openapi(whoCanAct, async (c) => {
    allowed(c, "read");
    const { id } = c.req.valid("param");
    const ability = await whoCanActIn(installation, id);
    if (ability === undefined) throw problem("not-found", { detail: `there is no case \`${id}\`` });
    return c.json(ability, 200);
  });
  app.openapi(getMeasures, async (c) => {
    const viewer = allowed(c, "read");
    const { from, to } = c.req.valid("query");
    const period = {
      ...(from === undefined ? {} : { from: instantOf("from", from) }),
      ...(to === undefined ? {} : { to: instantOf("to", to) }),
    };
    const [start, end] = [period.from, period.to ?? installation.now()];
    if (start !== undefined && Date.parse(start) >= Date.parse(end))
      throw problem("bad-request", { detail: "`from` is not before `to`" });
    return c.json(await measuresBetween(installation, viewer, period), 200);
  });
}

function instantOf(name: string, text: string): string {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw problem("bad-request", { detail: `\`${name}\`: \`${text}\` is no instant` });
  return new Date(at).toISOString();
}

import {
  addSourceRoute,
  addWebhookRoute,
  listDeliveriesRoute,
  listSourcesRoute,
  listWebhooksRoute,
  receiveWebhookRoute,
  removeSourceRoute,
  removeWebhookRoute,
  resumeWebhookRoute,
} from "../../api/index.js";
import {
  addSource,
  addWebhook,
  listSources,
  listWebhooks,
  receiveWebhook,
  resumeWebhook,
  wrongTarget,
  type Installation,
  type Reach,
} from "../../app/index.js";
import { allowed } from "../allowed.js";
import { problem } from "../problem-response.js";
import type { Server } from "../server-env.js";
import { stated } from "../stated.js";

/** `reach`: where webhooks may be sent to. */
export function webhookRoutes(app: Server, installation: Installation, reach: Reach): void {
  const { store } = installation;
  app.openapi(addWebhookRoute, async (c) => {
    const { person } = allowed(c, "admin");
    const { url, events, note } = c.req.valid("json");
    const wrong = wrongTarget(url, reach);
    if (wrong !== undefined) throw problem("unusable", { detail: `\`url\`: ${wrong}` });
    const { webhook, secret } = await addWebhook(installation, { url, events, note, by: person });
    return c.json({ webhook: shownWebhook(webhook), secret }, 201);
  });
  app.openapi(listWebhooksRoute, async (c) => {
    allowed(c, "admin");
    return c.json({ items: (await listWebhooks(installation)).map(shownWebhook) }, 200);
  });
  app.openapi(removeWebhookRoute, async (c) => {
    allowed(c, "admin");
    const { id } = c.req.valid("param");
    if (!(await store.webhooks.remove(id))) throw missing("webhook", id);
    return c.body(null, 204);
  });
  app.openapi(resumeWebhookRoute, async (c) => {
    allowed(c, "admin");
    const { id } = c.req.valid("param");
    const again = await resumeWebhook(installation, id, c.req.valid("json").again);
    const webhook = (await listWebhooks(installation)).find((item) => item.id === id);
    if (again === undefined || webhook === undefined) throw missing("webhook", id);
    return c.json({ webhook: shownWebhook(webhook), again }, 200);
  });
  app.openapi(listDeliveriesRoute, async (c) => {
    allowed(c, "admin");
    const { id } = c.req.valid("param");
    if ((await store.webhooks.find(id)) === undefined) throw missing("webhook", id);
    const { items, next } = await store.webhooks.deliveries(id, stated(c.req.valid("query")));
    const shown = items.map(({ body: _body, webhook: _webhook, ...item }) => item);
    return c.json({ items: shown, ...(next === undefined ? {} : { next }) }, 200);
  });
  app.openapi(addSourceRoute, async (c) => {
    const { person } = allowed(c, "admin");
    return c.json(await addSource(installation, { ...c.req.valid("json"), by: person }), 201);
  });
  app.openapi(listSourcesRoute, async (c) => {
    allowed(c, "admin");
    return c.json({ items: [...(await listSources(installation))] }, 200);
  });
  app.openapi(removeSourceRoute, async (c) => {
    allowed(c, "admin");
    const { id } = c.req.valid("param");
    if (!(await store.webhookSources.remove(id))) throw missing("source", id);
    return c.body(null, 204);
  });
  app.openapi(receiveWebhookRoute, async (c) => {
    const headers = c.req.valid("header");
    const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature } = headers;
    const key = headers["x-remit-source"];
    const received = await receiveWebhook(installation, {
      kind: c.req.valid("param").kind,
      // As it was signed, byte for byte.
      body: new Uint8Array(await c.req.arrayBuffer()),
      ...(key === undefined ? {} : { key }),
      ...(id === undefined || timestamp === undefined || signature === undefined
        ? {}
        : {
            signature: {
              "webhook-id": id,
              "webhook-timestamp": timestamp,
              "webhook-signature": signature,
            },
          }),
    });
    switch (received.kind) {
      case "stranger":
        throw problem("not-signed-in", {
          detail: "neither `X-Remit-Source` nor a signature of Standard Webhooks is of a source of this kind",
        });
      case "unusable":
        throw problem("unusable", { detail: received.why });
      case "taken":
        return c.json({ import: received.import, findings: received.findings }, 202);
    }
  });
}

type Webhook = Awaited<ReturnType<typeof listWebhooks>>[number];

const shownWebhook = ({ told: _told, events, ...webhook }: Webhook) => ({ ...webhook, events: [...events] });

const missing = (what: string, id: string) =>
  problem("not-found", { detail: `there is no ${what} \`${id}\`` });

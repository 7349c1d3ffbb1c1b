import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { inTransaction, type StoreContext } from "../context.js";
import { pageLimit, pageOf, readCursor, type Page, type PageRequest } from "../page.js";
import type { WebhookDeliveriesTable, WebhooksTable } from "./webhook-tables.js";

/** Somebody who wants to be told what happens. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** `case.opened`, `case.*`, `analysis`, `import`; empty: everything. */
  readonly events: readonly string[];
  readonly note: string;
  /** Pseudonym. */
  readonly createdBy: string;
  readonly createdAt: string;
  /** Nothing is sent any more, and why. */
  readonly stoppedAt?: string;
  readonly stoppedWhy?: string;
  /** Since when no try got through, and how many; absent: the last one did. */
  readonly failing?: { readonly since: string; readonly tries: number };
  /** Up to where deliveries were written. */
  readonly told: { readonly ledger: number; readonly announced: number };
}

export interface Delivery {
  /** The same for every try: whoever receives it twice knows it again. */
  readonly id: string;
  readonly webhook: string;
  readonly event: string;
  /** JSON, as it is sent and signed; names nobody. */
  readonly body: string;
  readonly createdAt: string;
  readonly state: "waiting" | "delivered" | "failed";
  readonly tries: number;
  readonly lastAt?: string;
  /** What the receiver answered. */
  readonly status?: number;
  readonly error?: string;
}

export interface WebhookRepository {
  /** The secret is in this answer and nowhere else. */
  add(
    webhook: Pick<Webhook, "url" | "events" | "note" | "createdBy" | "told">,
  ): Promise<{ readonly webhook: Webhook; readonly secret: string }>;
  /** Oldest first; there are few. */
  list(): Promise<readonly Webhook[]>;
  find(id: string): Promise<Webhook | undefined>;
  secretOf(id: string): Promise<string | undefined>;
  /** False where it was stopped before. */
  stop(id: string, why: string): Promise<boolean>;
  /** A try has failed; gives since when none got through, and how many have failed. */
  failed(id: string): Promise<{ readonly since: string; readonly tries: number } | undefined>;
  /** A try got through. */
  reached(id: string): Promise<void>;
  /**
   * Sends again from where it was told up to. With `again` also what was given up since it began to fail; gives how many
   * of these wait now, undefined where there is no such webhook.
   */
  resume(id: string, again: boolean): Promise<number | undefined>;
  /** With all its deliveries. */
  remove(id: string): Promise<boolean>;
  /**
   * Writes deliveries and how far the webhook was told, both or neither. False where somebody else told it meanwhile:
   * then nothing was written.
   */
  tell(
    webhook: Pick<Webhook, "id" | "told">,
    deliveries: readonly Pick<Delivery, "id" | "event" | "body">[],
    told: Webhook["told"],
  ): Promise<boolean>;
  /** Deliveries that nobody was asked to make yet, or that somebody was asked to make before `instant`. */
  unasked(instant: string, limit: number): Promise<readonly string[]>;
  asked(id: string): Promise<void>;
  delivery(id: string): Promise<Delivery | undefined>;
  /** What became of a try. */
  tried(
    id: string,
    outcome: { readonly state: Delivery["state"]; readonly status?: number; readonly error?: string },
  ): Promise<void>;
  /** Newest first. */
  deliveries(webhook: string, page: PageRequest): Promise<Page<Delivery>>;
  /** Forgets what was made or given up before `instant`. */
  forget(instant: string): Promise<number>;
  reseal(): Promise<void>;
}

const about = (id: string): string => `webhook/${id}`;

/** As Standard Webhooks write secrets. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

export function webhookRepository(context: StoreContext): WebhookRepository {
  const { db, keys, now, newId } = context;
  const find = (id: string) => db.selectFrom("webhooks").selectAll().where("id", "=", id).executeTakeFirst();
  return {
    async add({ url, events, note, createdBy, told }) {
      const id = newId();
      const secret = newSecret();
      const { keyId, sealed } = await keys.seal(about(id), Buffer.from(secret));
      const row = {
        ...{ id, url, events: [...events], note, sealed, key_id: keyId, created_by: createdBy },
        ...{ created_at: now(), stopped_at: null, stopped_why: null },
        ...{ told_ledger: told.ledger, told_announced: told.announced },
        ...{ failing_since: null, failures: 0 },
      };
      await db.insertInto("webhooks").values(row).execute();
      return { webhook: webhookOf(row), secret };
    },
    async list() {
      const rows = await db.selectFrom("webhooks").selectAll().orderBy("created_at").orderBy("id").execute();
      return rows.map(webhookOf);
    },
    async find(id) {
      const row = await find(id);
      return row === undefined ? undefined : webhookOf(row);
    },
    async secretOf(id) {
      const row = await find(id);
      return row === undefined
        ? undefined
        : (await keys.unseal(row.key_id, about(id), row.sealed)).toString();
    },
    async stop(id, why) {
      const { numUpdatedRows } = await db
        .updateTable("webhooks")
        .set({ stopped_at: now(), stopped_why: why })
        .where("id", "=", id)
        .where("stopped_at", "is", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async failed(id) {
      const row = await db
        .updateTable("webhooks")
        .set({
          failing_since: sql<string>`coalesce(failing_since, ${now()}::timestamptz)`,
          failures: sql<number>`failures + 1`,
        })
        .where("id", "=", id)
        .returningAll()
        .executeTakeFirst();
      return row === undefined ? undefined : webhookOf(row).failing;
    },
    async reached(id) {
      await db
        .updateTable("webhooks")
        .set({ failing_since: null, failures: 0 })
        .where("id", "=", id)
        .where("failing_since", "is not", null)
        .execute();
    },
    resume: (id, again) =>
      inTransaction(context, async (tx) => {
        const row = await tx.selectFrom("webhooks").selectAll().where("id", "=", id).executeTakeFirst();
        if (row === undefined) return undefined;
        let waiting = 0n;
        if (again && row.failing_since !== null)
          ({ numUpdatedRows: waiting } = await tx
            .updateTable("webhook_deliveries")
            .set({ state: "waiting", queued_at: null, tries: 0 })
            .where("webhook", "=", id)
            .where("state", "=", "failed")
            .where("last_at", ">=", row.failing_since)
            .executeTakeFirst());
        await tx
          .updateTable("webhooks")
          .set({ stopped_at: null, stopped_why: null, failing_since: null, failures: 0 })
          .where("id", "=", id)
          .execute();
        return Number(waiting);
      }),
    async remove(id) {
      const { numDeletedRows } = await db.deleteFrom("webhooks").where("id", "=", id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    tell: (webhook, deliveries, told) =>
      inTransaction(context, async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable("webhooks")
          .set({ told_ledger: told.ledger, told_announced: told.announced })
          .where("id", "=", webhook.id)
          .where("told_ledger", "=", webhook.told.ledger)
          .where("told_announced", "=", webhook.told.announced)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        const at = now();
        const rows = deliveries.map((item) => ({
          ...{ id: item.id, webhook: webhook.id, event: item.event, body: item.body, created_at: at },
          ...{ state: "waiting", queued_at: null, tries: 0, last_at: null, status: null, error: null },
        }));
        if (rows.length > 0) await tx.insertInto("webhook_deliveries").values(rows).execute();
        return true;
      }),
    async unasked(instant, limit) {
      const rows = await db
        .selectFrom("webhook_deliveries")
        .select("id")
        .where("state", "=", "waiting")
        .where((eb) => eb.or([eb("queued_at", "is", null), eb("queued_at", "<", instant)]))
        .orderBy("created_at")
        .orderBy("id")
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },
    async asked(id) {
      await db.updateTable("webhook_deliveries").set({ queued_at: now() }).where("id", "=", id).execute();
    },
    async delivery(id) {
      const row = await db
        .selectFrom("webhook_deliveries")
        .selectAll()
        .where("id", "=", id)
        .executeTakeFirst();
      return row === undefined ? undefined : deliveryOf(row);
    },
    async tried(id, { state, status, error }) {
      await db
        .updateTable("webhook_deliveries")
        .set({
          ...{ state, last_at: now(), status: status ?? null, error: error ?? null },
          tries: sql<number>`tries + 1`,
        })
        .where("id", "=", id)
        .execute();
    },
    async deliveries(webhook, page) {
      const limit = pageLimit(page);
      let query = db
        .selectFrom("webhook_deliveries")
        .selectAll()
        .where("webhook", "=", webhook)
        .orderBy("created_at", "desc")
        .orderBy("id")
        .limit(limit + 1);
      if (page.after !== undefined) {
        const [at, id] = readCursor(page.after, ["string", "string"]) as [string, string];
        query = query.where((eb) =>
          eb.or([eb("created_at", "<", at), eb.and([eb("created_at", "=", at), eb("id", ">", id)])]),
        );
      }
      return pageOf(await query.execute(), limit, deliveryOf, (row) => [row.created_at, row.id]);
    },
    async forget(instant) {
      const { numDeletedRows } = await db
        .deleteFrom("webhook_deliveries")
        .where("created_at", "<", instant)
        .where("state", "!=", "waiting")
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
    async reseal() {
      for (const row of await db.selectFrom("webhooks").selectAll().execute()) {
        const plain = await keys.unseal(row.key_id, about(row.id), row.sealed);
        const { keyId, sealed } = await keys.seal(about(row.id), plain);
        await db.updateTable("webhooks").set({ sealed, key_id: keyId }).where("id", "=", row.id).execute();
      }
    },
  };
}

const webhookOf = (row: WebhooksTable): Webhook => ({
  id: row.id,
  url: row.url,
  events: row.events,
  note: row.note,
  createdBy: row.created_by,
  createdAt: row.created_at,
  ...(row.stopped_at === null ? {} : { stoppedAt: row.stopped_at }),
  ...(row.stopped_why === null ? {} : { stoppedWhy: row.stopped_why }),
  ...(row.failing_since === null ? {} : { failing: { since: row.failing_since, tries: row.failures } }),
  told: { ledger: row.told_ledger, announced: row.told_announced },
});

const deliveryOf = (row: WebhookDeliveriesTable): Delivery => ({
  id: row.id,
  webhook: row.webhook,
  event: row.event,
  body: row.body,
  createdAt: row.created_at,
  state: row.state as Delivery["state"],
  tries: row.tries,
  ...(row.last_at === null ? {} : { lastAt: row.last_at }),
  ...(row.status === null ? {} : { status: row.status }),
  ...(row.error === null ? {} : { error: row.error }),
});

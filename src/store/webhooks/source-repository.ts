import type { StoreContext } from "../context.js";
import { newSecret } from "./webhook-repository.js";
import type { WebhookSourcesTable } from "./webhook-tables.js";

/** Somebody who may send findings as they happen. */
export interface WebhookSource {
  readonly id: string;
  /** What it sends: `securityhub`, `wiz`, `defender`, `ocsf`. */
  readonly kind: string;
  readonly name: string;
  /** Pseudonym. */
  readonly createdBy: string;
  readonly createdAt: string;
  readonly usedAt?: string;
}

export interface SourceRepository {
  /** The secret is in this answer and nowhere else. */
  add(
    source: Pick<WebhookSource, "kind" | "name" | "createdBy">,
  ): Promise<{ readonly source: WebhookSource; readonly secret: string }>;
  /** Oldest first; there are few. */
  list(kind?: string): Promise<readonly WebhookSource[]>;
  secretOf(id: string): Promise<string | undefined>;
  used(id: string): Promise<void>;
  remove(id: string): Promise<boolean>;
  reseal(): Promise<void>;
}

const about = (id: string): string => `webhook-source/${id}`;

export function sourceRepository({ db, keys, now, newId }: StoreContext): SourceRepository {
  return {
    async add({ kind, name, createdBy }) {
      const id = newId();
      const secret = newSecret();
      const { keyId, sealed } = await keys.seal(about(id), Buffer.from(secret));
      const row = {
        ...{ id, kind, name, sealed, key_id: keyId, created_by: createdBy },
        ...{ created_at: now(), used_at: null },
      };
      await db.insertInto("webhook_sources").values(row).execute();
      return { source: sourceOf(row), secret };
    },
    async list(kind) {
      let query = db
        .selectFrom("webhook_sources")
        .selectAll()
        .orderBy("created_at")
        .orderBy("id")
        .limit(1000);
      if (kind !== undefined) query = query.where("kind", "=", kind);
      return (await query.execute()).map(sourceOf);
    },
    async secretOf(id) {
      const row = await db.selectFrom("webhook_sources").selectAll().where("id", "=", id).executeTakeFirst();
      return row === undefined
        ? undefined
        : (await keys.unseal(row.key_id, about(id), row.sealed)).toString();
    },
    async used(id) {
      await db.updateTable("webhook_sources").set({ used_at: now() }).where("id", "=", id).execute();
    },
    async remove(id) {
      const { numDeletedRows } = await db
        .deleteFrom("webhook_sources")
        .where("id", "=", id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async reseal() {
      for (const row of await db.selectFrom("webhook_sources").selectAll().execute()) {
        const plain = await keys.unseal(row.key_id, about(row.id), row.sealed);
        const { keyId, sealed } = await keys.seal(about(row.id), plain);
        await db
          .updateTable("webhook_sources")
          .set({ sealed, key_id: keyId })
          .where("id", "=", row.id)
          .execute();
      }
    },
  };
}

const sourceOf = (row: WebhookSourcesTable): WebhookSource => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  createdBy: row.created_by,
  createdAt: row.created_at,
  ...(row.used_at === null ? {} : { usedAt: row.used_at }),
});

import { randomUUID } from "node:crypto";
import { CompiledQuery, Kysely } from "kysely";
import {
  announcementRepository,
  type AnnouncementRepository,
} from "./announcements/announcement-repository.js";
import { caseRepository, type CaseRepository } from "./cases/case-repository.js";
import { inTransaction, type StoreContext } from "./context.js";
import { catalogueRepository, type CatalogueRepository } from "./documents/catalogue-repository.js";
import { documentRepository, type DocumentRepository } from "./documents/document-repository.js";
import { snapshotRepository, type SnapshotRepository } from "./documents/snapshot-repository.js";
import type { Engine } from "./engine/engine.js";
import { openEngine, type Place } from "./engine/open-engine.js";
import { reportRepository, type ReportRepository } from "./documents/import-report-repository.js";
import { uploadRepository, type UploadRepository } from "./documents/upload-repository.js";
import { exposureRepository, type ExposureRepository } from "./findings/exposure-repository.js";
import { findingRepository, type FindingRepository } from "./findings/finding-repository.js";
import { createKeyring } from "./keys/keyring.js";
import { checkpointRepository, type CheckpointRepository } from "./ledger/checkpoint-repository.js";
import { ledgerRepository, type LedgerRepository } from "./ledger/ledger-repository.js";
import { migrate, type Migrated } from "./migrations/migrate.js";
import { statementsOf } from "./migrations/statements.js";
import { migrations } from "./migrations/migration.js";
import { peopleRepository, type PeopleRepository } from "./people/people-repository.js";
import { readRepository, type ReadRepository } from "./people/read-repository.js";
import { sessionRepository, type SessionRepository } from "./people/session-repository.js";
import { tokenRepository, type TokenRepository } from "./people/token-repository.js";
import { writeBackup, type BackupManifest } from "./transfer/backup.js";
import { exportArchive } from "./transfer/export-archive.js";
import type { TableSum } from "./transfer/archive-lines.js";
import type { Tables } from "./tables.js";
import { sourceRepository, type SourceRepository } from "./webhooks/source-repository.js";
import { webhookRepository, type WebhookRepository } from "./webhooks/webhook-repository.js";

/** One per aggregate. */
export interface Repositories {
  readonly documents: DocumentRepository;
  readonly snapshots: SnapshotRepository;
  readonly catalogues: CatalogueRepository;
  readonly findings: FindingRepository;
  readonly reports: ReportRepository;
  readonly uploads: UploadRepository;
  readonly exposures: ExposureRepository;
  readonly ledger: LedgerRepository;
  readonly checkpoints: CheckpointRepository;
  readonly cases: CaseRepository;
  readonly people: PeopleRepository;
  readonly tokens: TokenRepository;
  readonly sessions: SessionRepository;
  readonly reads: ReadRepository;
  readonly announcements: AnnouncementRepository;
  readonly webhooks: WebhookRepository;
  readonly webhookSources: SourceRepository;
}

export interface Store extends Repositories {
  readonly kind: Engine["kind"];
  /** Where the data lie, without password. */
  readonly place: string;
  /** What opening it changed. */
  readonly migrated: Migrated;
  /** All of `work` or nothing. Inside, only the repositories that are handed in. */
  transaction<Result>(work: (repositories: Repositories) => Promise<Result>): Promise<Result>;
  /** One statement as it is, for a queue that brings its own tables. */
  query<Row>(text: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
  /** Several statements, all of them or none, for the tables that a queue brings. */
  script(text: string): Promise<void>;
  /** Writes everything into one file, as of one moment; `importArchive` brings it into another database. */
  exportTo(path: string): Promise<readonly TableSum[]>;
  /**
   * Writes a backup into a folder that is not there yet; `restoreBackup` puts it in an empty place. `key`: file of the
   * key, where it is to be part of it.
   */
  backupTo(folder: string, key?: string): Promise<BackupManifest>;
  /**
   * Another data key seals from now on, and everything that is sealed is sealed again; with `secret` the data keys are
   * sealed with another master key, which REMIT_SECRET_KEY must be from the next start on.
   */
  rotateKeys(secret?: string): Promise<void>;
  /** Whether the database answers: `/readyz`. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly place: Place;
  /** REMIT_SECRET_KEY. Without it nothing can be kept sealed. */
  readonly secret?: string;
  /** ISO instant. */
  readonly now: () => string;
  readonly newId?: () => string;
}

/** Opens the store, creates and migrates it where that is due. Rejects with a `StoreFault`. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const engine = await openEngine(options.place, options.now);
  try {
    return await storeOver(engine, options);
  } catch (error) {
    await engine.close();
    throw error;
  }
}

async function storeOver(engine: Engine, options: StoreOptions): Promise<Store> {
  const { now, secret, newId = randomUUID } = options;
  const db = new Kysely<Tables>({ dialect: engine.dialect });
  const migrated = await migrate(db, engine, migrations(), now());
  await db
    .insertInto("installation")
    .values({ id: newId(), created_at: now() })
    .onConflict((conflict) => conflict.column("only_one").doNothing())
    .execute();
  const keys = createKeyring(db, secret, now, newId);
  // A wrong key is told at the start, not with the first upload.
  if (secret !== undefined) await keys.ready();
  const context: StoreContext = { kind: engine.kind, db, keys, now, newId };
  return {
    ...repositoriesOf(context),
    kind: engine.kind,
    place: engine.place,
    migrated,
    async transaction(work) {
      try {
        return await db.transaction().execute((tx) => work(repositoriesOf({ ...context, db: tx })));
      } catch (error) {
        // Keys that were made in it are undone with it.
        keys.forget();
        throw error;
      }
    },
    async query<Row>(text: string, parameters: readonly unknown[] = []) {
      return (await db.executeQuery<Row>(CompiledQuery.raw(text, [...parameters]))).rows;
    },
    async script(text) {
      await db.transaction().execute(async (tx) => {
        for (const statement of statementsOf(text)) await tx.executeQuery(CompiledQuery.raw(statement));
      });
    },
    exportTo: (path) => exportArchive(db, path, now()),
    backupTo: (folder, key) =>
      writeBackup(engine, {
        folder,
        now: now(),
        exportTo: (path) => exportArchive(db, path, now()),
        ...(key === undefined ? {} : { key }),
      }),
    async rotateKeys(next) {
      await keys.renew(db, now());
      const { documents, people, cases, checkpoints, webhooks, webhookSources } = repositoriesOf(context);
      while ((await documents.reseal(20)) > 0);
      while ((await people.reseal(500)) > 0);
      await cases.reseal();
      await checkpoints.reseal();
      await webhooks.reseal();
      await webhookSources.reseal();
      if (next !== undefined) await inTransaction(context, (tx) => keys.rewrap(tx, next));
    },
    async ping() {
      await db.selectFrom("installation").select("id").executeTakeFirstOrThrow();
    },
    async close() {
      await db.destroy();
      await engine.close();
    },
  };
}

const repositoriesOf = (context: StoreContext): Repositories => ({
  documents: documentRepository(context),
  snapshots: snapshotRepository(context),
  catalogues: catalogueRepository(context),
  findings: findingRepository(context),
  reports: reportRepository(context),
  uploads: uploadRepository(context),
  exposures: exposureRepository(context),
  ledger: ledgerRepository(context),
  checkpoints: checkpointRepository(context),
  cases: caseRepository(context),
  people: peopleRepository(context),
  tokens: tokenRepository(context),
  sessions: sessionRepository(context),
  reads: readRepository(context),
  announcements: announcementRepository(context),
  webhooks: webhookRepository(context),
  webhookSources: sourceRepository(context),
});

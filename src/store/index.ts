export { importArchive, openStore, restoreBackup, verifyArchive } from "./open-store.js";
export type { Repositories, Store, StoreOptions } from "./store.js";
export { holderOfHome } from "./engine/holder-of-home.js";
export type { Place } from "./engine/open-engine.js";
export { isStoreFault, storeFault, storeFaultKinds, type StoreFault, type StoreFaultCode } from "./fault.js";
export type { Page, PageRequest } from "./page.js";
export type { Migrated } from "./migrations/migrate.js";
export type { DocumentRepository, StoredDocument } from "./documents/document-repository.js";
export type {
  NewSnapshot,
  Snapshot,
  SnapshotDocument,
  SnapshotRepository,
} from "./documents/snapshot-repository.js";
export type {
  CatalogueChange,
  CatalogueRepository,
  CatalogueVersion,
} from "./documents/catalogue-repository.js";
export type { FindingFilter } from "./findings/finding-filter.js";
export type { FindingRepository, ImportRecord } from "./findings/finding-repository.js";
export type { PreparedDocument } from "./documents/document-repository.js";
export type {
  Upload as StoredUpload,
  UploadProgress,
  UploadRepository,
} from "./documents/upload-repository.js";
export type { ImportReport, ReadinessPoint, ReportRepository } from "./documents/import-report-repository.js";
export type { HeldFinding } from "./findings/finding-rows.js";
export type { GivenImport } from "./findings/bring-in.js";
export type { ExposureFilter, ExposureRepository } from "./findings/exposure-repository.js";
export type { Appended, AppendRequest, LedgerHead, LedgerRepository } from "./ledger/ledger-repository.js";
export { noHash, type NewEvent, type StoredEvent } from "./ledger/ledger-event.js";
export type { CheckpointRepository, SignedCheckpoint, SigningKey } from "./ledger/checkpoint-repository.js";
export type { CaseAccess, CaseRepository, ProjectCase } from "./cases/case-repository.js";
export type { CaseRow } from "./cases/case-row.js";
export type { ProofRead, ReadRepository } from "./people/read-repository.js";
export { isVisible, visibleColumns, type CaseVisibility, type VisibleColumn } from "./cases/visibility.js";
export type { FacetColumn, FacetCounts } from "./cases/case-columns.js";
export type { CaseFilter, CaseListing, CaseSort } from "./cases/case-listing.js";
export type { PeopleRepository } from "./people/people-repository.js";
export type { NewToken, Token, TokenRepository } from "./people/token-repository.js";
export type { Delivery, Webhook, WebhookRepository } from "./webhooks/webhook-repository.js";
export type { SourceRepository, WebhookSource } from "./webhooks/source-repository.js";
export type { Announcement, AnnouncementRepository } from "./announcements/announcement-repository.js";
export type { NewSession, Session, SessionRepository } from "./people/session-repository.js";
export type { TableSum } from "./transfer/archive-lines.js";
export type { ImportedArchive, ImportOptions } from "./transfer/import-archive.js";
export type { ArchiveReport } from "./transfer/verify-archive.js";
export type { BackupManifest } from "./transfer/backup.js";
export type { Restored } from "./transfer/restore-backup.js";

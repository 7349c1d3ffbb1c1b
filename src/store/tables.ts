import type { Generated } from "kysely";
import type {
  WebhookDeliveriesTable,
  WebhookSourcesTable,
  WebhooksTable,
} from "./webhooks/webhook-tables.js";

/** The tables of the last migration, as Kysely sees them. Instants are ISO strings; JSON is text as it was written. */

export interface InstallationTable {
  only_one: Generated<boolean>;
  id: string;
  created_at: string;
  covered_by: Generated<number>;
}

export interface DataKeysTable {
  id: string;
  wrapped: Uint8Array;
  master: string;
  created_at: string;
  retired_at: string | null;
}

export interface DocumentsTable {
  digest: string;
  blob: string;
  size: number;
  stored_size: number;
  key_id: string;
  stored_at: string;
}

export interface DocumentPartsTable {
  blob: string;
  part: number;
  body: Uint8Array;
}

export interface SnapshotsTable {
  id: string;
  kind: string;
  scope: string;
  taken_at: string;
  stored_at: string;
}

export interface SnapshotDocumentsTable {
  snapshot: string;
  path: string;
  digest: string;
}

export interface ImportsTable {
  id: string;
  at: string;
  documents: number;
  rows: number;
  passing: number;
  events: number;
  stored_at: string;
}

export interface ImportDocumentsTable {
  digest: string;
  path: string;
  import: string;
}

export interface FindingsTable {
  fingerprint: string;
  place: string;
  tool: string;
  provider: string;
  check: string;
  account: string | null;
  region: string;
  resource: string;
  weakness: string;
  class: string;
  state: string;
  open: boolean;
  severity: number;
  level: number;
  last_seen: string;
  paths: readonly string[];
  accepted_until: string | null;
  record: string;
  latest: string;
}

export interface PassesTable {
  place: string;
  sub_locator: string;
  mark: string;
}

export interface FindingEventsTable {
  position: Generated<number>;
  import: string | null;
  fingerprint: string;
  kind: string;
  at: string;
  event: string;
}

export interface ExposuresTable {
  id: string;
  resource: string;
  weakness: string;
  class: string;
  account: string | null;
  state: string;
  severity: number;
  last_seen: string;
  exposure: string;
}

export interface EventsTable {
  position: number;
  stream: string;
  sequence: number;
  kind: string;
  at: string;
  body: string;
  previous: string;
  hash: string;
  chain: string;
}

export interface CommandsTable {
  key: string;
  stream: string;
  first_sequence: number;
  last_sequence: number;
  request: string;
  at: string;
}

export interface CheckpointsTable {
  position: number;
  chain: string;
  at: string;
  key_id: string;
  signature: string;
}

export interface SigningKeysTable {
  id: string;
  public_key: string;
  sealed: Uint8Array;
  key_id: string;
  created_at: string;
  retired_at: string | null;
}

export interface CasesTable {
  id: string;
  sequence: number;
  kind: string;
  state: string;
  open: boolean;
  title: string;
  severity: number;
  tier: number;
  level: number;
  verdict: string;
  lead: string;
  owner: string | null;
  team: string | null;
  account: string | null;
  due_at: string | null;
  wake_at: string | null;
  updated_at: string;
  access_path_key: string | null;
  /** Of rows that were written before cases were sealed. */
  document: string | null;
  sealed: Uint8Array | null;
  key_id: string | null;
  line: Generated<string>;
  back: Generated<number>;
  contain: Generated<string>;
  plane: Generated<string>;
  weakness: Generated<string>;
  incident: Generated<boolean>;
  nobody: Generated<boolean>;
  holders: Generated<readonly string[]>;
  asked: Generated<readonly string[]>;
  terms: Generated<readonly string[]>;
  audience: Generated<readonly string[]>;
  covered: Generated<readonly string[]>;
}

export interface UploadsTable {
  id: string;
  at: string;
  uploaded_by: string | null;
  documents: number;
  bytes: number;
  state: string;
  owner: string | null;
  beat_at: string | null;
  tries: Generated<number>;
  phase: string | null;
  done: Generated<number>;
  total: number | null;
  analysis: string | null;
  result: string | null;
  failure: string | null;
}

export interface CataloguesTable {
  version: number;
  digest: string;
  stored_at: string;
  stored_by: string;
  note: string;
}

export interface PeopleTable {
  pseudonym: string;
  lookup: Uint8Array | null;
  sealed: Uint8Array | null;
  key_id: string | null;
  created_at: string;
  erased_at: string | null;
}

export interface TokensTable {
  id: string;
  hash: Uint8Array;
  name: string;
  person: string;
  scopes: readonly string[];
  created_at: string;
  expires_at: string | null;
  used_at: string | null;
  revoked_at: string | null;
}

export interface SessionsTable {
  hash: Uint8Array;
  person: string;
  csrf: string;
  created_at: string;
  seen_at: string;
  expires_at: string;
  scopes: readonly string[];
  method: string;
  token: string | null;
}

export interface AnnouncementsTable {
  position: number;
  kind: string;
  at: string;
  body: string;
}

export interface ReadsTable {
  minute: string;
  person: string;
  action: string;
  subject: string;
  at: string;
  caller: string;
}

export interface ImportReportsTable {
  snapshot: string;
  at: string;
  imported_by: string | null;
  report: string;
}

export interface ReadinessPointsTable {
  snapshot: string;
  at: string;
  required: number;
  covered: number;
  unproven: number;
  gaps: number;
}

export interface Tables {
  installation: InstallationTable;
  data_keys: DataKeysTable;
  documents: DocumentsTable;
  document_parts: DocumentPartsTable;
  snapshots: SnapshotsTable;
  snapshot_documents: SnapshotDocumentsTable;
  imports: ImportsTable;
  import_documents: ImportDocumentsTable;
  findings: FindingsTable;
  passes: PassesTable;
  finding_events: FindingEventsTable;
  exposures: ExposuresTable;
  events: EventsTable;
  commands: CommandsTable;
  checkpoints: CheckpointsTable;
  signing_keys: SigningKeysTable;
  cases: CasesTable;
  uploads: UploadsTable;
  catalogues: CataloguesTable;
  import_reports: ImportReportsTable;
  readiness_points: ReadinessPointsTable;
  people: PeopleTable;
  tokens: TokensTable;
  sessions: SessionsTable;
  reads: ReadsTable;
  announcements: AnnouncementsTable;
  webhooks: WebhooksTable;
  webhook_deliveries: WebhookDeliveriesTable;
  webhook_sources: WebhookSourcesTable;
}

/** A table in the order in which an archive holds it: what is referred to comes first. */
export interface ArchiveTable {
  readonly name: string;
  /** Columns of its primary key: the order of its rows. */
  readonly key: readonly string[];
  /** Rows that are read at once. */
  readonly block: number;
}

const table = (name: string, key: string, block = 500): ArchiveTable => ({
  name,
  key: key.split(" "),
  block,
});

/** Everything that an installation keeps but the list of its migrations. Keys and checkpoints come before the ledger. */
export const archiveTables: readonly ArchiveTable[] = [
  table("installation", "only_one"),
  table("data_keys", "id"),
  table("signing_keys", "id"),
  table("checkpoints", "position"),
  table("events", "position"),
  table("commands", "key"),
  table("cases", "id"),
  table("documents", "digest"),
  // A part is a megabyte.
  table("document_parts", "blob part", 8),
  table("snapshots", "id"),
  table("snapshot_documents", "snapshot path"),
  table("catalogues", "version"),
  table("imports", "id"),
  table("import_documents", "digest"),
  table("findings", "fingerprint"),
  table("passes", "place sub_locator"),
  table("finding_events", "position"),
  table("exposures", "id"),
  table("import_reports", "snapshot"),
  table("uploads", "id"),
  table("readiness_points", "snapshot"),
  table("people", "pseudonym"),
  table("tokens", "id"),
  table("sessions", "hash"),
  table("reads", "minute person action subject"),
  table("announcements", "position"),
  table("webhooks", "id"),
  table("webhook_deliveries", "id"),
  table("webhook_sources", "id"),
];

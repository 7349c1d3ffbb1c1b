export interface WebhooksTable {
  id: string;
  url: string;
  events: readonly string[];
  note: string;
  sealed: Uint8Array;
  key_id: string;
  created_by: string;
  created_at: string;
  stopped_at: string | null;
  stopped_why: string | null;
  told_ledger: number;
  told_announced: number;
  failing_since: string | null;
  failures: number;
}

export interface WebhookDeliveriesTable {
  id: string;
  webhook: string;
  event: string;
  body: string;
  created_at: string;
  state: string;
  queued_at: string | null;
  tries: number;
  last_at: string | null;
  status: number | null;
  error: string | null;
}

export interface WebhookSourcesTable {
  id: string;
  kind: string;
  name: string;
  sealed: Uint8Array;
  key_id: string;
  created_by: string;
  created_at: string;
  used_at: string | null;
}

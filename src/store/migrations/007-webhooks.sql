-- Who wants to be told what happens, up to where they were told, and what became of it. Secrets are sealed.
create table webhooks (
  id text collate "C" primary key,
  url text collate "C" not null,
  events text[] not null,
  note text collate "C" not null,
  sealed bytea not null,
  key_id text collate "C" not null references data_keys (id),
  created_by text collate "C" not null,
  created_at timestamptz not null,
  stopped_at timestamptz,
  stopped_why text collate "C",
  told_ledger bigint not null,
  told_announced bigint not null
);
create table webhook_deliveries (
  id text collate "C" primary key,
  webhook text collate "C" not null references webhooks (id) on delete cascade,
  event text collate "C" not null,
  body text collate "C" not null,
  created_at timestamptz not null,
  state text collate "C" not null,
  queued_at timestamptz,
  tries integer not null,
  last_at timestamptz,
  status integer,
  error text collate "C"
);
create index webhook_deliveries_of on webhook_deliveries (webhook, created_at desc, id);
create index webhook_deliveries_waiting on webhook_deliveries (queued_at, id) where state = 'waiting';
create index webhook_deliveries_old on webhook_deliveries (created_at);

-- Who may send findings as they happen.
create table webhook_sources (
  id text collate "C" primary key,
  kind text collate "C" not null,
  name text collate "C" not null,
  sealed bytea not null,
  key_id text collate "C" not null references data_keys (id),
  created_by text collate "C" not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index webhook_sources_kind on webhook_sources (kind, id);

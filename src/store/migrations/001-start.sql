-- One installation serves one organisation. PostgreSQL 15 is the oldest that runs this.

create table installation (
  only_one boolean primary key default true check (only_one),
  id text collate "C" not null,
  created_at timestamptz not null
);

-- Keys that data are sealed with; wrapped by the master key, which is in no database.
create table data_keys (
  id text collate "C" primary key,
  wrapped bytea not null,
  master text collate "C" not null,
  created_at timestamptz not null,
  retired_at timestamptz
);

-- Documents: content-addressed, compressed, sealed, in pieces.
create table documents (
  digest text collate "C" primary key,
  blob text collate "C" not null unique,
  size bigint not null,
  stored_size bigint not null,
  key_id text collate "C" not null references data_keys (id),
  stored_at timestamptz not null
);
create index documents_key on documents (key_id);
create table document_parts (
  blob text collate "C" not null references documents (blob) on delete cascade on update cascade deferrable initially deferred,
  part integer not null,
  body bytea not null,
  primary key (blob, part)
);

create table snapshots (
  id text collate "C" primary key,
  kind text collate "C" not null,
  scope text collate "C" not null,
  taken_at timestamptz not null,
  stored_at timestamptz not null
);
create index snapshots_newest on snapshots (kind, scope, taken_at desc, id);
create table snapshot_documents (
  snapshot text collate "C" not null references snapshots (id) on delete cascade,
  path text collate "C" not null,
  digest text collate "C" not null references documents (digest),
  primary key (snapshot, path)
);
create index snapshot_documents_digest on snapshot_documents (digest);

create table imports (
  id text collate "C" primary key,
  at timestamptz not null,
  documents integer not null,
  rows integer not null,
  passing integer not null,
  events integer not null,
  stored_at timestamptz not null
);
create index imports_newest on imports (stored_at desc, id desc);
-- Bytes that were imported to the end: the same again change nothing.
create table import_documents (
  digest text collate "C" primary key,
  path text collate "C" not null,
  import text collate "C" not null references imports (id)
);

-- A finding over all imports. `record` and `latest` are JSON as it was written; columns are what is asked for.
create table findings (
  fingerprint text collate "C" primary key,
  place text collate "C" not null,
  tool text collate "C" not null,
  provider text collate "C" not null,
  "check" text collate "C" not null,
  account text collate "C",
  region text collate "C" not null,
  resource text collate "C" not null,
  weakness text collate "C" not null,
  class text collate "C" not null,
  state text collate "C" not null,
  open boolean not null,
  severity smallint not null,
  level integer not null,
  last_seen text collate "C" not null,
  paths text[] not null,
  accepted_until text collate "C",
  record text collate "C" not null,
  latest text collate "C" not null
);
create index findings_place on findings (place);
create index findings_scope on findings (tool, provider, account, region, "check");
create index findings_exposure on findings (resource, weakness);
create index findings_list on findings (open, severity desc, last_seen desc, fingerprint);
create index findings_all on findings (severity desc, last_seen desc, fingerprint);
create index findings_by_account on findings (account, severity desc, last_seen desc, fingerprint);
create index findings_by_weakness on findings (weakness, severity desc, last_seen desc, fingerprint);
create index findings_by_class on findings (class, severity desc, last_seen desc, fingerprint);
create index findings_by_state on findings (state, severity desc, last_seen desc, fingerprint);
create index findings_by_tool on findings (tool, severity desc, last_seen desc, fingerprint);
create index findings_by_resource on findings (resource, severity desc, last_seen desc, fingerprint);
create index findings_accepted on findings (accepted_until) where accepted_until is not null;
create index findings_closed_paths on findings using gin (paths) where state in ('fixed', 'gone');

-- The last time that a check was seen passing.
create table passes (
  place text collate "C" not null,
  sub_locator text collate "C" not null,
  mark text collate "C" not null,
  primary key (place, sub_locator)
);

create table finding_events (
  position bigint generated always as identity primary key,
  import text collate "C" references imports (id),
  fingerprint text collate "C" not null,
  kind text collate "C" not null,
  at text collate "C" not null,
  event text collate "C" not null
);
create index finding_events_of on finding_events (fingerprint, position);
create index finding_events_import on finding_events (import, position);

-- Exposures: what findings of all tools say of one resource and weakness; worked out from `findings`.
create table exposures (
  id text collate "C" primary key,
  resource text collate "C" not null,
  weakness text collate "C" not null,
  class text collate "C" not null,
  account text collate "C",
  state text collate "C" not null,
  severity smallint not null,
  last_seen text collate "C" not null,
  exposure text collate "C" not null
);
create index exposures_place on exposures (resource, weakness);
create index exposures_all on exposures (severity desc, last_seen desc, id);
create index exposures_by_state on exposures (state, severity desc, last_seen desc, id);
create index exposures_by_account on exposures (account, severity desc, last_seen desc, id);

-- The ledger. `body` is the canonical JSON over which `hash` was computed, as it was written.
create table events (
  position bigint primary key,
  stream text collate "C" not null,
  sequence integer not null,
  kind text collate "C" not null,
  at timestamptz not null,
  body text collate "C" not null,
  previous text collate "C" not null,
  hash text collate "C" not null,
  chain text collate "C" not null,
  unique (stream, sequence)
);
create index events_at on events (at, position);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger `%` is only added to: % is refused', tg_table_name, lower(tg_op)
    using errcode = 'RM001';
end $$;
create trigger events_only_added before update or delete on events
  for each row execute function refuse_change();
create trigger events_never_emptied before truncate on events
  for each statement execute function refuse_change();

-- Commands that were carried out, by the key that their sender gave them: the same delivered again does nothing.
create table commands (
  key text collate "C" primary key,
  stream text collate "C" not null,
  first_sequence integer not null,
  last_sequence integer not null,
  request text collate "C" not null,
  at timestamptz not null
);
create index commands_at on commands (at);

create table checkpoints (
  position bigint primary key references events (position) deferrable initially deferred,
  chain text collate "C" not null,
  at timestamptz not null,
  key_id text collate "C" not null,
  signature text collate "C" not null
);
create trigger checkpoints_only_added before update or delete on checkpoints
  for each row execute function refuse_change();
create trigger checkpoints_never_emptied before truncate on checkpoints
  for each statement execute function refuse_change();
create table signing_keys (
  id text collate "C" primary key,
  public_key text collate "C" not null,
  sealed bytea not null,
  key_id text collate "C" not null references data_keys (id),
  created_at timestamptz not null,
  retired_at timestamptz
);

-- Cases as they are now: worked out from `events`, and thrown away and worked out again at will.
create table cases (
  id text collate "C" primary key,
  sequence integer not null,
  kind text collate "C" not null,
  state text collate "C" not null,
  open boolean not null,
  title text collate "C" not null,
  severity smallint not null,
  tier smallint not null,
  level integer not null,
  verdict text collate "C" not null,
  lead text collate "C" not null,
  owner text collate "C",
  team text collate "C",
  account text collate "C",
  due_at timestamptz,
  updated_at timestamptz not null,
  access_path_key text collate "C",
  document text collate "C" not null
);
create index cases_list on cases (open, severity desc, updated_at desc, id);
create index cases_all on cases (severity desc, updated_at desc, id);
create index cases_by_state on cases (state, severity desc, updated_at desc, id);
create index cases_by_owner on cases (owner, severity desc, updated_at desc, id);
create index cases_by_team on cases (team, severity desc, updated_at desc, id);
create index cases_by_account on cases (account, severity desc, updated_at desc, id);
create index cases_by_lead on cases (lead, severity desc, updated_at desc, id);
create index cases_by_kind on cases (kind, severity desc, updated_at desc, id);
create index cases_by_tier on cases (tier, severity desc, updated_at desc, id);
create index cases_by_verdict on cases (verdict, severity desc, updated_at desc, id);
create index cases_due on cases (due_at, id) where open;
create index cases_access_path on cases (access_path_key) where access_path_key is not null;

create table catalogues (
  version integer primary key,
  digest text collate "C" not null references documents (digest),
  stored_at timestamptz not null,
  stored_by text collate "C" not null,
  note text collate "C" not null
);

-- Who is meant by the ids of the ledger. A row can be emptied, and with it the ledger names nobody.
create table people (
  pseudonym text collate "C" primary key,
  lookup bytea unique,
  sealed bytea,
  key_id text collate "C" references data_keys (id),
  created_at timestamptz not null,
  erased_at timestamptz
);

create table tokens (
  id text collate "C" primary key,
  hash bytea not null unique,
  name text collate "C" not null,
  person text collate "C" not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  used_at timestamptz,
  revoked_at timestamptz
);
create index tokens_person on tokens (person, created_at desc, id);

create table sessions (
  hash bytea primary key,
  person text collate "C" not null,
  csrf text collate "C" not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_expiry on sessions (expires_at);
create index sessions_person on sessions (person);

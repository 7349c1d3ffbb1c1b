-- Documents that were sent together, and how far the analysis that is made of them has come. `result` and `failure` are
-- what whoever sent them is told.

create table uploads (
  id text collate "C" primary key,
  at timestamptz not null,
  uploaded_by text collate "C",
  documents integer not null,
  bytes bigint not null,
  -- `waiting`, `running`, `done`, `failed`
  state text collate "C" not null,
  -- Of whoever works on it, and when they last said so, by the clock of the database.
  owner text collate "C",
  beat_at timestamptz,
  tries integer not null default 0,
  phase text collate "C",
  done bigint not null default 0,
  total bigint,
  analysis text collate "C",
  result text collate "C",
  failure text collate "C"
);
create index uploads_open on uploads (at, id) where state in ('waiting', 'running');
create index uploads_newest on uploads (at desc, id desc);

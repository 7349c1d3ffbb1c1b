-- What happened beside the cases (an import, an analysis), for those who listen. Positions are given in the order of
-- commit, as those of the ledger are: whoever has heard everything up to one has missed nothing.
create table announcements (
  position bigint primary key,
  kind text collate "C" not null,
  at timestamptz not null,
  body text collate "C" not null
);
create index announcements_at on announcements (at);

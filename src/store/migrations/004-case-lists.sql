-- What lists of cases are filtered, searched and counted by. Rows from before are worked out again when the
-- installation is opened: their `line` is empty until then.

alter table cases
  add column line text collate "C" not null default '',
  -- 7: comes back by itself … 0: cannot. One number per word.
  add column back smallint not null default 0,
  add column contain text collate "C" not null default '',
  add column plane text collate "C" not null default '',
  add column weakness text collate "C" not null default '',
  add column incident boolean not null default false,
  add column nobody boolean not null default false,
  -- Pseudonyms, and `team:ID`, of those who have open work, and of those whose answer is awaited.
  add column holders text[] not null default '{}',
  add column asked text[] not null default '{}',
  -- Lower-case words of what is searched.
  add column terms text[] not null default '{}';

create index cases_by_weakness on cases (weakness, severity desc, updated_at desc, id desc);
create index cases_back on cases (back desc, severity desc, updated_at desc, id desc);
drop index cases_by_tier;
create index cases_by_tier on cases (tier desc, severity desc, updated_at desc, id desc);
create index cases_updated on cases (updated_at desc, id desc);
create index cases_due_all on cases ((coalesce(due_at, 'infinity'::timestamptz)), id);
create index cases_holders on cases using gin (holders) where open;
create index cases_asked on cases using gin (asked) where open;
create index cases_terms on cases using gin (array_to_tsvector(terms));
create index cases_incidents on cases (updated_at desc, id) where open and incident;
create index cases_nobody on cases (id) where open and nobody;
create index cases_stale on cases (id) where line = '';
-- All that is counted, so that a count reads no rows.
create index cases_counted on cases (open, state, back, lead, contain, plane, account, weakness, tier, kind, verdict);

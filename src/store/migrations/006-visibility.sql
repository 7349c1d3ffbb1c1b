-- Who may see a case, as keys: what the case says itself, and what only a catalogue can tell (worked out with every
-- analysis). Rows from before are worked out again when the installation is opened.

alter table cases
  add column audience text[] not null default '{}',
  add column covered text[] not null default '{}';
update cases set line = '';
create index cases_audience on cases using gin (audience);
create index cases_covered on cases using gin (covered);

-- Who opened which proof, when. Once per minute, person and thing: a page that asks again is the same look.
create table reads (
  minute text collate "C" not null,
  person text collate "C" not null,
  action text collate "C" not null,
  subject text collate "C" not null,
  at timestamptz not null,
  caller text collate "C" not null,
  primary key (minute, person, action, subject)
);
create index reads_of_subject on reads (subject, minute);

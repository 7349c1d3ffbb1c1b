-- What each import was made of and what it changed, and how much of the duties was covered at each analysis.

create table import_reports (
  -- Of the analysis that was made of it.
  snapshot text collate "C" primary key,
  at timestamptz not null,
  imported_by text collate "C",
  report text collate "C" not null
);
create index import_reports_newest on import_reports (at desc, snapshot desc);

create table readiness_points (
  snapshot text collate "C" primary key,
  at timestamptz not null,
  required integer not null,
  covered integer not null,
  unproven integer not null,
  gaps integer not null
);
create index readiness_points_at on readiness_points (at, snapshot);

create index findings_muted on findings (severity desc, last_seen desc, fingerprint) where state = 'muted-external';
create index findings_returned on findings (severity desc, last_seen desc, fingerprint) where level > 0;
create index findings_terms on findings using gin (array_to_tsvector(array_remove(regexp_split_to_array(
  lower(resource || ' ' || "check" || ' ' || weakness), '[^[:alnum:]]+'), '')));

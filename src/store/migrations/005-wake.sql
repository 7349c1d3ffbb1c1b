-- When a case has to be looked at again because of time alone; null: never. What was there before is looked at once.
alter table cases add column wake_at timestamptz default '1970-01-01T00:00:00Z';
create index cases_wake on cases (wake_at, id) where wake_at is not null;

-- What was decided of a case names people and quotes what was uploaded: from now on it is sealed as these are. Rows from
-- before are sealed when they are written next, or when keys are rotated.
alter table cases
  add column sealed bytea,
  add column key_id text collate "C" references data_keys (id);
alter table cases alter column document drop not null;

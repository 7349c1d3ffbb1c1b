-- Which cases changed when: what a process holds of cases to count them is brought up to date from here. Numbers of
-- transactions, not times: one that is lower than all that still run will never be given to a change again. Follows from
-- `cases` and this database, so that archives leave it out.

create table case_changes (
  id text collate "C" primary key,
  changed_in xid8 not null
);
create index case_changes_last on case_changes (changed_in);

create function note_case_changes() returns trigger language plpgsql as $$
begin
  insert into case_changes (id, changed_in)
    select distinct id, pg_current_xact_id() from changed
    on conflict (id) do update set changed_in = excluded.changed_in;
  return null;
end $$;
create trigger cases_added after insert on cases
  referencing new table as changed for each statement execute function note_case_changes();
create trigger cases_changed after update on cases
  referencing new table as changed for each statement execute function note_case_changes();
create trigger cases_removed after delete on cases
  referencing old table as changed for each statement execute function note_case_changes();

-- Nothing is counted in the database any more.
drop index cases_counted;

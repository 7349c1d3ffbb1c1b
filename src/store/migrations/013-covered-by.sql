-- By which version of the rules it was last worked out whom a catalogue lets see which case. 0: before they had one, or
-- thrown away with the rows: it is worked out again by a job.

alter table installation add column covered_by integer not null default 0;

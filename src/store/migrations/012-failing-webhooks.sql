-- Since when nothing gets through to a webhook, and how many tries have failed since.
alter table webhooks
  add column failing_since timestamptz,
  add column failures integer not null default 0;

-- What a session may do, how it began, and the token that it rests on: revoked, the session ends with it. Those from
-- before say none of it, and are ended.

delete from sessions;
alter table sessions
  add column scopes text[] not null,
  add column method text collate "C" not null,
  add column token text collate "C" references tokens (id) on delete cascade;

-- Ids are made before a statement waits for its connection and its locks: only what the insert itself counts is in order.
alter table event_outbox add column position bigint generated always as identity;
create unique index event_outbox_position on event_outbox (position);

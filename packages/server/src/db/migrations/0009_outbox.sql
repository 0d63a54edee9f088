create table event_outbox (
	id uuid primary key, -- UUIDv7: in order of time
	type text not null,
	payload jsonb not null,
	actor_user_id uuid,
	at timestamptz not null default now()
);
comment on table event_outbox is 'owner: jobs. What happened, written in the transaction in which it happened.';

create table sweep (
	id uuid primary key,
	project_id uuid not null references project,
	name text not null, -- the sweep id that the client prints: 8 characters
	display_name text,
	description text,
	state text not null check (state in ('PENDING', 'RUNNING', 'PAUSED', 'FINISHED', 'CANCELED')),
	method text not null,
	config text not null, -- YAML, as the client sent it
	controller text,
	scheduler text,
	created_by uuid references user_account,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	unique (project_id, name)
);
create index sweep_created_by on sweep (created_by);
comment on table sweep is 'owner: sweep. A search over run configurations.';

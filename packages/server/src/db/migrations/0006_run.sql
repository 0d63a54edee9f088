create table run (
	id uuid primary key,
	project_id uuid not null references project,
	name text not null, -- the run id in addresses
	display_name text not null,
	state text not null check (state in ('pending', 'running', 'finished', 'failed', 'crashed', 'killed', 'preempting', 'preempted')),
	description text,
	notes text,
	group_name text,
	job_type text,
	sweep_id uuid references sweep,
	tags text[] not null default '{}',
	config jsonb not null default '{}', -- {key: {"value": …}}, whole, as the client keeps it
	summary_metrics jsonb not null default '{}',
	system_metrics jsonb not null default '{}',
	commit text,
	host text,
	program text,
	repo text,
	exit_code integer,
	stop_requested boolean not null default false,
	history_line_count integer not null default 0,
	events_line_count integer not null default 0,
	log_line_count integer not null default 0,
	created_by uuid references user_account,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	heartbeat_at timestamptz not null default now(),
	finished_at timestamptz,
	unique (project_id, name)
);
create index run_sweep on run (sweep_id);
create index run_created_by on run (created_by);
create index run_project_created on run (project_id, created_at, id);
comment on table run is 'owner: run. One execution of a script.';

create table run_line_chunk (
	run_id uuid not null references run,
	stream text not null check (stream in ('history', 'events', 'log')),
	first_line integer not null,
	line_count integer not null,
	first_step bigint, -- of history lines; null elsewhere
	last_step bigint,
	lines text[] not null,
	primary key (run_id, stream, first_line)
);
comment on table run_line_chunk is 'owner: run. Lines of a file stream, as many to a row as one request carried.';

create table run_file (
	run_id uuid not null references run,
	name text not null,
	id uuid not null unique,
	sha256 text references blob, -- null: announced, bytes not here yet
	md5 text,
	size bigint not null default 0,
	mimetype text,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	primary key (run_id, name)
);
create index run_file_sha256 on run_file (sha256);
comment on table run_file is 'owner: run. Files saved with a run.';

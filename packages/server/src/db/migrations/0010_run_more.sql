alter table run
	add column deleted_at timestamptz, -- set: a ghost, which keeps its name taken and its edges' other end
	add column inherited_line_count integer not null default 0, -- lines of history from the run it was forked from
	add column history_rewrites integer not null default 0; -- how often history that was there has been changed

comment on column run_line_chunk.first_line is 'Below 0: history from the run it was forked from, which ends at line -1.';

create table run_history_facts (
	run_id uuid primary key references run,
	line_count integer not null, -- the lines before this one are counted
	facts text not null -- JSON: what historyKeys answers of those lines
);
comment on table run_history_facts is 'owner: run. What keys the beginning of a long history has, so that it is read once.';

create table run_alert (
	id uuid primary key,
	run_id uuid not null references run,
	title text not null,
	text text not null,
	level text not null check (level in ('INFO', 'WARN', 'ERROR')),
	at timestamptz not null
);
create index run_alert_run on run_alert (run_id, at, id);
comment on table run_alert is 'owner: run. What scripts told their people with run.alert().';

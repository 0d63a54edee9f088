-- A deleted project keeps its row: what is left of its versions goes on being called something.
alter table project alter column name_key drop not null; -- null: deleted, and found under no name
alter table project add column deleted_at timestamptz;
alter table project add column deleted_by uuid references user_account;
create index project_deleted_by on project (deleted_by);

create table project_former_name (
	entity_id uuid not null references entity,
	name_key text not null, -- as of project
	project_id uuid not null references project,
	created_at timestamptz not null default now(),
	primary key (entity_id, name_key)
);
create index project_former_name_project on project_former_name (project_id);
comment on table project_former_name is 'owner: project. Names that projects had: they lead on until something else takes them.';

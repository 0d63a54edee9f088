create table project_number (
	id integer primary key check (id = 1), -- one row
	last integer not null
);
insert into project_number (id, last) values (1, 0);
comment on table project_number is 'owner: project. Last number given; the wire carries Run.projectId as a 32-bit integer.';

create table project (
	id uuid primary key,
	number integer not null unique,
	entity_id uuid not null references entity,
	name text not null,
	name_key text not null, -- the name itself; lower case under an org entity, where look-up ignores case
	description text,
	access text not null check (access in ('PRIVATE', 'USER_READ', 'USER_WRITE', 'RESTRICTED')),
	created_by uuid references user_account,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	unique (entity_id, name_key)
);
create index project_created_by on project (created_by);
comment on table project is 'owner: project. Holds runs and artifacts; a registry is a project of an org entity.';

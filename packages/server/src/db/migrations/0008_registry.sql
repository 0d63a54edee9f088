create table registry (
	project_id uuid primary key references project,
	organization_id uuid not null references organization,
	core boolean not null default false, -- model and dataset: there from the start
	allow_all_types boolean not null default true,
	default_role text not null check (default_role in ('viewer', 'member')),
	created_at timestamptz not null default now()
);
create index registry_organization on registry (organization_id);
comment on table registry is 'owner: registry. What a project of an org entity is besides a project.';

create table registry_accepted_type (
	project_id uuid not null references registry,
	type_name text not null,
	created_at timestamptz not null default now(),
	primary key (project_id, type_name)
);
comment on table registry_accepted_type is 'owner: registry. Artifact types that may be linked, where not all may.';

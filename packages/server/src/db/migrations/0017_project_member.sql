-- Roles that a person or a team is given in one project: in a registry, or in a restricted project.

alter table project add column owner_user_id uuid references user_account; -- who is responsible; grants nothing
create index project_owner_user on project (owner_user_id);
update project set owner_user_id = created_by;

create table project_member (
	project_id uuid not null references project,
	user_id uuid not null references user_account,
	role text not null check (role in ('admin', 'member', 'viewer', 'restricted_viewer')),
	created_at timestamptz not null default now(),
	primary key (project_id, user_id)
);
create index project_member_user on project_member (user_id);
comment on table project_member is 'owner: project. Role given to a person in a registry or in a restricted project.';

create table project_team_member (
	project_id uuid not null references project,
	team_entity_id uuid not null references entity,
	role text not null check (role in ('admin', 'member', 'viewer', 'restricted_viewer')),
	created_at timestamptz not null default now(),
	primary key (project_id, team_entity_id)
);
create index project_team_member_team on project_team_member (team_entity_id);
comment on table project_team_member is 'owner: project. Role given to all of a team in a registry or in a restricted project.';

-- Whoever made a custom registry was its admin for that reason alone; from now on because it is written here.
insert into project_member (project_id, user_id, role)
select p.id, p.created_by, 'admin' from registry r join project p on p.id = r.project_id
where not r.core and p.created_by is not null;

-- Organisations, and the entities that own projects: a person''s own, a team''s, an organisation''s.

create table organization (
	id uuid primary key,
	name text not null,
	name_key text not null unique,
	entity_id uuid not null, -- the org entity: its registries live there
	created_at timestamptz not null default now()
);
comment on table organization is 'owner: org. The body that shares registries.';

create table entity (
	id uuid primary key,
	name text not null,
	name_key text not null unique, -- users, teams and org entities share one name space, compared without case
	kind text not null check (kind in ('user', 'team', 'organization')),
	user_id uuid references user_account, -- kind user
	organization_id uuid references organization, -- kinds team and organization
	created_at timestamptz not null default now()
);
create index entity_organization on entity (organization_id);
create index entity_user on entity (user_id);
comment on table entity is 'owner: org. Whatever can own projects.';

create table organization_member (
	organization_id uuid not null references organization,
	user_id uuid not null references user_account,
	role text not null check (role in ('admin', 'member', 'viewer')),
	created_at timestamptz not null default now(),
	primary key (organization_id, user_id)
);
create index organization_member_user on organization_member (user_id);
comment on table organization_member is 'owner: org. Role of a person in an organisation.';

create table team_member (
	entity_id uuid not null references entity,
	user_id uuid not null references user_account,
	role text not null check (role in ('admin', 'member', 'viewer')),
	created_at timestamptz not null default now(),
	primary key (entity_id, user_id)
);
create index team_member_user on team_member (user_id);
comment on table team_member is 'owner: org. Role of a person in a team.';

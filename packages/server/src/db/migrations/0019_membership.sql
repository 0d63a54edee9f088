-- Invitations, names that lead on, and what stays of teams and organisations that are gone.
create table invite (
	id uuid primary key,
	organization_id uuid not null references organization,
	entity_id uuid references entity, -- the team; null: the organisation alone
	email text,
	user_id uuid references user_account, -- whom it is for, where he has an account; else whoever has the link
	role text not null check (role in ('admin', 'member', 'viewer')),
	organization_role text not null check (organization_role in ('admin', 'member', 'viewer')), -- which it brings who is not in the organisation
	token_hash text not null unique, -- hex SHA-256 of what the link carries, which is derived from the server's secret
	created_by uuid references user_account,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null,
	accepted_at timestamptz,
	accepted_by uuid references user_account,
	revoked_at timestamptz
);
create index invite_organization on invite (organization_id);
create index invite_entity on invite (entity_id);
create index invite_user on invite (user_id);
create index invite_created_by on invite (created_by);
create index invite_accepted_by on invite (accepted_by);
comment on table invite is 'owner: org. Invitations into a team or an organisation, by link.';

create table entity_former_name (
	name_key text primary key,
	entity_id uuid not null references entity,
	created_at timestamptz not null default now()
);
create index entity_former_name_entity on entity_former_name (entity_id);
comment on table entity_former_name is 'owner: org. Names that entities and organisations had: they lead on until something takes them.';

alter table entity alter column name_key drop not null; -- null: deleted, and found under no name
alter table entity add column deleted_at timestamptz;
alter table organization alter column name_key drop not null;
alter table organization add column deleted_at timestamptz;

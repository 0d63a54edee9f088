create table registry_protected_alias (
	project_id uuid not null references registry,
	alias text not null,
	created_by uuid references user_account,
	created_at timestamptz not null default now(),
	primary key (project_id, alias)
);
create index registry_protected_alias_created_by on registry_protected_alias (created_by);
comment on table registry_protected_alias is 'owner: registry. Aliases that only the admins of a registry put on versions, or take from them.';

-- People and the ways they prove who they are.

create table user_account (
	id uuid primary key,
	username text not null,
	username_key text not null unique, -- lower case: user names are compared without case
	email text not null,
	name text not null,
	password_hash text, -- argon2id; null: no password sign-in
	instance_admin boolean not null default false,
	default_entity_id uuid not null,
	created_at timestamptz not null default now()
);
create index user_account_email on user_account (lower(email));
comment on table user_account is 'owner: identity. One row a person or service account.';

create table api_key (
	id uuid primary key,
	user_id uuid not null references user_account,
	description text not null default '',
	secret_hash text not null unique, -- hex SHA-256 of the key; the key itself is shown once and never kept
	created_at timestamptz not null default now(),
	last_used_at timestamptz
);
create index api_key_user on api_key (user_id);
comment on table api_key is 'owner: identity. Keys the wandb client sends as the password of Basic auth.';

create table session (
	token_hash text primary key, -- hex SHA-256 of the cookie's value
	user_id uuid not null references user_account,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null
);
create index session_user_id on session (user_id);
comment on table session is 'owner: identity. Browser sessions.';

create table artifact_type (
	id uuid primary key,
	project_id uuid not null references project,
	name text not null,
	description text,
	created_at timestamptz not null default now(),
	unique (project_id, name)
);
comment on table artifact_type is 'owner: artifact. The kinds of artifact in a project.';

create table artifact_collection (
	id uuid primary key,
	project_id uuid not null references project,
	type_id uuid not null references artifact_type,
	kind text not null check (kind in ('SEQUENCE', 'PORTFOLIO')), -- versions are logged to a sequence, linked to a portfolio
	name text not null,
	name_key text not null, -- lower case: look-up ignores case and keeps the spelling
	description text,
	next_version_index integer not null default 0, -- numbers are never reused
	created_by uuid references user_account,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	unique (project_id, name_key)
);
create index artifact_collection_type on artifact_collection (type_id);
create index artifact_collection_created_by on artifact_collection (created_by);
comment on table artifact_collection is 'owner: artifact. Versions under one name.';

create table artifact (
	id uuid primary key,
	project_id uuid not null references project,
	collection_id uuid not null references artifact_collection, -- the sequence it was logged to
	state text not null check (state in ('PENDING', 'COMMITTED', 'DELETED')),
	digest text not null, -- 32 hex, of the manifest''s entries
	description text,
	metadata jsonb,
	ttl_seconds integer, -- null: inherit; -2: never
	history_step bigint,
	size bigint not null default 0,
	file_count integer not null default 0,
	manifest_sha256 text references blob, -- the merged manifest, once committed
	base_artifact_id uuid references artifact,
	distributed_id text,
	requested_aliases text[] not null default '{}', -- put on at commit
	requested_tags text[] not null default '{}',
	run_id uuid references run, -- the run that logged it first
	merged_into_id uuid references artifact, -- equal content won the race to be committed: this one stands for that
	created_by uuid references user_account,
	created_at timestamptz not null default now(),
	committed_at timestamptz,
	updated_at timestamptz not null default now()
);
create index artifact_collection_digest on artifact (collection_id, digest);
create index artifact_project on artifact (project_id);
create index artifact_run on artifact (run_id);
create index artifact_merged_into on artifact (merged_into_id);
create index artifact_base on artifact (base_artifact_id);
create index artifact_created_by on artifact (created_by);
create index artifact_manifest on artifact (manifest_sha256);
create index artifact_not_committed on artifact (id) where state <> 'COMMITTED'; -- the few that counts leave out
create unique index artifact_distributed on artifact (collection_id, distributed_id) where state = 'PENDING';
comment on table artifact is 'owner: artifact. One version: immutable content, and what is said of it.';

create table artifact_client_id (
	client_id text primary key, -- chosen by the client before the server knows the thing
	project_id uuid not null references project,
	artifact_id uuid references artifact,
	collection_id uuid references artifact_collection
);
create index artifact_client_id_artifact on artifact_client_id (artifact_id);
create index artifact_client_id_collection on artifact_client_id (collection_id);
create index artifact_client_id_project on artifact_client_id (project_id);
comment on table artifact_client_id is 'owner: artifact. Names the client gave to unsaved artifacts.';

create table artifact_member (
	id uuid primary key,
	collection_id uuid not null references artifact_collection,
	artifact_id uuid not null references artifact,
	version_index integer not null,
	created_by uuid references user_account,
	created_at timestamptz not null default now(),
	unique (collection_id, version_index),
	unique (collection_id, artifact_id)
);
create index artifact_member_artifact on artifact_member (artifact_id);
create index artifact_member_created_by on artifact_member (created_by);
comment on table artifact_member is 'owner: artifact. A version''s place in a collection: its own sequence''s, and one a link.';

create table artifact_alias (
	collection_id uuid not null references artifact_collection,
	alias text not null,
	id uuid not null unique,
	member_id uuid not null references artifact_member,
	created_at timestamptz not null default now(),
	primary key (collection_id, alias) -- one holder each
);
create index artifact_alias_member on artifact_alias (member_id);
comment on table artifact_alias is 'owner: artifact. Movable names of versions, one set a collection.';

create table artifact_tag (
	artifact_id uuid not null references artifact,
	name text not null,
	id uuid not null unique,
	created_at timestamptz not null default now(),
	primary key (artifact_id, name)
);
comment on table artifact_tag is 'owner: artifact. Tags of a version.';

create table artifact_pending_link (
	artifact_id uuid not null references artifact,
	collection_id uuid not null references artifact_collection,
	aliases text[] not null default '{}',
	created_by uuid references user_account,
	created_at timestamptz not null default now(),
	primary key (artifact_id, collection_id)
);
create index artifact_pending_link_collection on artifact_pending_link (collection_id);
create index artifact_pending_link_created_by on artifact_pending_link (created_by);
comment on table artifact_pending_link is 'owner: artifact. Links asked for before the version was committed; made at commit.';

create table manifest (
	id uuid primary key,
	artifact_id uuid not null references artifact,
	name text not null,
	writer text not null default '', -- tells apart the patches of distributed writers
	type text not null check (type in ('FULL', 'INCREMENTAL', 'PATCH')),
	digest text not null default '', -- base64 MD5 of the manifest file, as announced
	base_artifact_id uuid references artifact,
	sha256 text references blob, -- once uploaded
	created_at timestamptz not null default now(),
	unique (artifact_id, name, writer)
);
create index manifest_base on manifest (base_artifact_id);
create index manifest_sha256 on manifest (sha256);
comment on table manifest is 'owner: artifact. Manifest files as the client uploaded them.';

create table manifest_entry (
	artifact_id uuid not null references artifact,
	path text not null,
	digest text not null, -- base64 MD5 of the bytes, or whatever a reference carries
	size bigint not null,
	ref text, -- a reference''s target; null: the bytes are here
	extra jsonb,
	birth_artifact_id uuid, -- the version that first held the bytes
	sha256 text references blob, -- null for references
	primary key (artifact_id, path)
);
create index manifest_entry_sha256 on manifest_entry (sha256);
create index manifest_entry_digest on manifest_entry (artifact_id, digest);
comment on table manifest_entry is 'owner: artifact. Files and references of a committed version.';

create table run_artifact (
	run_id uuid not null references run,
	artifact_id uuid not null references artifact,
	direction text not null check (direction in ('USED', 'PRODUCED')),
	collection_id uuid not null references artifact_collection, -- through which name: the sequence, or a link
	used_as text,
	at timestamptz not null default now(),
	primary key (run_id, artifact_id, direction)
);
create index run_artifact_artifact on run_artifact (artifact_id, direction);
create index run_artifact_collection on run_artifact (collection_id);
comment on table run_artifact is 'owner: artifact. The edges of the lineage graph: a run used, or produced, a version.';

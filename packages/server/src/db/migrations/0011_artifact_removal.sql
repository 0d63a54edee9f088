-- A deleted version keeps its row, its edges and its places: lineage goes on through it, and it can be restored.
alter table artifact add column deleted_at timestamptz;
alter table artifact add column deleted_by uuid references user_account;
create index artifact_deleted_by on artifact (deleted_by);

alter table artifact_member add column freed_aliases text[] not null default '{}'; -- those it had when its version was deleted

alter table artifact_collection alter column name_key drop not null; -- null: deleted, and found under no name
alter table artifact_collection add column deleted_at timestamptz;
alter table artifact_collection add column deleted_by uuid references user_account;
create index artifact_collection_deleted_by on artifact_collection (deleted_by);

create table artifact_former_member (
	collection_id uuid not null references artifact_collection,
	version_index integer not null,
	artifact_id uuid not null references artifact,
	aliases text[] not null,
	created_by uuid references user_account,
	created_at timestamptz not null,
	primary key (collection_id, version_index)
);
create index artifact_former_member_artifact on artifact_former_member (artifact_id);
create index artifact_former_member_created_by on artifact_former_member (created_by);
comment on table artifact_former_member is 'owner: artifact. Links that went with the collection they were in.';

create table artifact_former_name (
	project_id uuid not null references project,
	name_key text not null, -- lower case, as of artifact_collection
	collection_id uuid not null references artifact_collection,
	created_at timestamptz not null default now(),
	primary key (project_id, name_key)
);
create index artifact_former_name_collection on artifact_former_name (collection_id);
comment on table artifact_former_name is 'owner: artifact. Names that collections had: they lead on until something else takes them.';

create table artifact_collection_tag (
	collection_id uuid not null references artifact_collection,
	name text not null,
	id uuid not null unique,
	created_at timestamptz not null default now(),
	primary key (collection_id, name)
);
comment on table artifact_collection_tag is 'owner: artifact. Tags of a collection.';

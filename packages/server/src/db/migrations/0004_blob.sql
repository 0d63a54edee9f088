create table blob (
	sha256 text primary key, -- 64 hex
	md5 text not null, -- 32 hex: the client''s digest
	size bigint not null,
	created_at timestamptz not null default now()
);
comment on table blob is 'owner: blob. Verified bytes in the blob store.';

create table project_blob (
	project_id uuid not null references project,
	md5 text not null, -- 32 hex
	sha256 text not null references blob,
	size bigint not null,
	created_at timestamptz not null default now(),
	primary key (project_id, md5)
);
create index project_blob_sha256 on project_blob (sha256);
comment on table project_blob is 'owner: blob. Which verified bytes a project possesses: naming a digest gives nobody bytes that his project does not hold.';

alter table entity add column xxhash_digests boolean not null default false; -- whether versions may be logged with XXH128 digests

alter table artifact add column digest_algorithm text not null default 'MANIFEST_MD5'
	check (digest_algorithm in ('MANIFEST_MD5', 'MANIFEST_XXH128')); -- of its own digest; each entry says in `extra` which its digest is

create table project_blob_xxh128 (
	project_id uuid not null references project,
	xxh128 text not null, -- 32 hex
	sha256 text not null references blob,
	size bigint not null,
	created_at timestamptz not null default now(),
	primary key (project_id, xxh128)
);
create index project_blob_xxh128_sha256 on project_blob_xxh128 (sha256);
comment on table project_blob_xxh128 is 'owner: blob. By which XXH128 digests a project possesses bytes: computed here, for those that were uploaded with one.';

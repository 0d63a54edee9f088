-- What lists are filtered by. Nothing here is on the way of a statement that logs a version but as an index to keep.

create index artifact_alias_alias on artifact_alias (alias);
create index artifact_tag_name on artifact_tag (name);
create index artifact_collection_tag_name on artifact_collection_tag (name);
-- Newest collections of a project first, in an order that no renaming changes.
create index artifact_collection_project on artifact_collection (project_id, id);

-- Equality inside metadata. Pending versions stay out: each would be indexed twice. A short pending list keeps reads fast.
create index artifact_metadata on artifact using gin ((metadata::jsonb) jsonb_path_ops)
	with (gin_pending_list_limit = 1024)
	where state = 'COMMITTED' and metadata is not null;

-- Substrings and patterns in names. A server without the extension answers all the same, only slower.
do $$
begin
	create extension if not exists pg_trgm;
exception when others then
	raise notice 'pg_trgm is not available: searching by a part of a name reads all names';
end $$;
do $$
begin
	if exists (select from pg_extension where extname = 'pg_trgm') then
		execute 'create index artifact_collection_name_trgm on artifact_collection using gin (name gin_trgm_ops)';
		execute 'create index artifact_tag_name_trgm on artifact_tag using gin (name gin_trgm_ops)';
		-- Every version moves "latest": it alone would be most of the index, and is found without it.
		execute 'create index artifact_alias_trgm on artifact_alias using gin (alias gin_trgm_ops) where alias <> ''latest''';
		execute 'create index run_name_trgm on run using gin (display_name gin_trgm_ops)';
		execute 'create index project_name_trgm on project using gin (name gin_trgm_ops)';
	end if;
end $$;

create table packed_blob (
	sha256 text primary key, -- 64 hex
	pack uuid not null, -- the file, in the store's folder of packs
	start bigint not null, -- where its record starts in the file
	size integer not null -- of the bytes, without the record's header
);
create index packed_blob_pack on packed_blob (pack);
comment on table packed_blob is 'owner: blob-store. Where small bytes are that share a file with others.';

alter table entity add column artifact_ttl_seconds integer; -- null: versions without a TTL of their own live for ever

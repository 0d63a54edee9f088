create index artifact_gone on artifact (collection_id) where state <> 'COMMITTED'; -- a collection's few that counts leave out

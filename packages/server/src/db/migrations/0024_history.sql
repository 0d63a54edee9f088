-- History is read from the outbox: by what happened in a project, and by what happened to a collection.

update event_outbox o set payload = o.payload || jsonb_build_object('projectId', c.project_id)
from artifact_collection c where o.type = 'alias.moved' and c.id = (o.payload->>'collectionId')::uuid;

create index event_outbox_project on event_outbox (((payload->>'projectId')::uuid), position)
	where type not in ('run.created', 'run.finished'); -- those of runs are many, and no change of anything shared
create index event_outbox_collection on event_outbox (((payload->>'collectionId')::uuid), position)
	where payload->>'collectionId' is not null;

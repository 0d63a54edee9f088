import { useQueryClient } from "@tanstack/react-query";
import { ask } from "../../graphql-client.ts";
import { useChange } from "../../ui/use-change.ts";
import { SaveRunDocument } from "./run.graphql.gen.ts";
import type { Run, RunPlace } from "./run.queries.ts";

export type RunChange = { tags?: string[]; notes?: string; displayName?: string };

/** Changes what people say of a run; the page shows it before the server has answered, and takes it back on a refusal. */
export function useSaveRun(run: Run, place: RunPlace): (change: RunChange) => void {
	const client = useQueryClient();
	const queryKey = ["run", place];
	const { mutate } = useChange((change: RunChange) => ask(SaveRunDocument, { id: run.id, ...change }), {
		stale: [queryKey, ["project-runs", place.entity, place.project]],
	});
	return (change) => {
		const before = client.getQueryData<Run>(queryKey);
		client.setQueryData<Run>(queryKey, (old) => old && { ...old, ...change });
		mutate(change, { onError: () => client.setQueryData(queryKey, before) });
	};
}

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { RunInLinkFragment } from "./collection.graphql.gen.ts";

/** A run where it is, by the name people gave it. */
export function RunLink({ run, withJobType }: { run: RunInLinkFragment; withJobType?: boolean }): ReactNode {
	const { name, displayName, jobType, project } = run;
	return (
		<>
			<Link
				to="/$entity/$project/runs/$run"
				params={{ entity: project.entityName, project: project.name, run: name }}
				className="link run"
			>
				{displayName ?? name}
			</Link>
			{withJobType && jobType ? <span className="quiet"> · {jobType}</span> : null}
		</>
	);
}

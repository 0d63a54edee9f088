import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** The crumbs that every page of a project begins with. */
export function projectCrumbs(entity: string, project?: string): ReactNode[] {
	const first = (
		<Link to="/$entity" params={{ entity }} className="link">
			{entity}
		</Link>
	);
	if (project === undefined) return [first];
	return [
		first,
		<Link key="project" to="/$entity/$project" params={{ entity, project }} className="link">
			{project}
		</Link>,
	];
}

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

type Props = { entity: string; project: string; run: { name: string; displayName: string | null } };

/** A run by the name people gave it. */
export function RunLink({ entity, project, run }: Props): ReactNode {
	return (
		<Link to="/$entity/$project/runs/$run" params={{ entity, project, run: run.name }} className="link run">
			{run.displayName || run.name}
		</Link>
	);
}

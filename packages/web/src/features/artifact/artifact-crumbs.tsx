import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { projectCrumbs } from "../../app-shell/crumbs.tsx";

type Place = { entity: string; project: string; type?: string };

/** Crumbs down to a project's artifacts, and to one type when it is given. */
export function artifactCrumbs({ entity, project, type }: Place, word: string): ReactNode[] {
	const crumbs = [
		...projectCrumbs(entity, project),
		<Link key="artifacts" to="/$entity/$project/artifacts" params={{ entity, project }} className="link">
			{word}
		</Link>,
	];
	if (type === undefined) return crumbs;
	return [
		...crumbs,
		<Link key="type" to="/$entity/$project/artifacts/$type" params={{ entity, project, type }} className="link">
			{type}
		</Link>,
	];
}

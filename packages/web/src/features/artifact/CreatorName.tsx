import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { RunLink } from "../run/RunLink.tsx";
import type { Creator } from "./version.queries.ts";

type Person = { username: string | null; name: string };

/** A person, by user name; nothing where nobody is known. */
export function PersonLink({ person }: { person: Person | null }): ReactNode {
	if (person === null) return null;
	const entity = person.username ?? person.name;
	return (
		<Link to="/$entity" params={{ entity }} className="link">
			{entity}
		</Link>
	);
}

/** The run that logged a version, or the person who made it without one. */
export function CreatorName({ creator }: { creator: Creator | null }): ReactNode {
	if (creator === null) return null;
	if (creator.__typename === "User") return <PersonLink person={creator} />;
	return <RunLink entity={creator.project.entityName} project={creator.project.name} run={creator} />;
}

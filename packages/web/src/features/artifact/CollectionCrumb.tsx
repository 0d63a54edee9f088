import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** The crumb that leads from a version to its collection. */
export function CollectionCrumb(place: { entity: string; project: string; type: string; name: string }): ReactNode {
	return (
		<Link to="/$entity/$project/artifacts/$type/$name" params={place} className="link">
			{place.name}
		</Link>
	);
}

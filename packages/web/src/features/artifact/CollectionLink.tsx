import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { CollectionRow } from "./browser.queries.ts";

type Props = { entity: string; project: string; collection: CollectionRow };

/** A collection in its project. */
export function CollectionLink({ entity, project, collection }: Props): ReactNode {
	const params = { entity, project, type: collection.defaultArtifactType.name, name: collection.name };
	return (
		<Link to="/$entity/$project/artifacts/$type/$name" params={params} className="link artifact">
			{collection.name}
		</Link>
	);
}

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { versionName } from "../artifact/ArtifactLink.tsx";
import type { VersionSourceFragment } from "./collection.graphql.gen.ts";

/** Where a linked version was logged; without a way there when the viewer may not see that project. */
export function SourceLink({ artifact }: { artifact: VersionSourceFragment | null }): ReactNode {
	if (artifact === null) return null;
	const { name, project } = artifact.artifactSequence;
	const version = versionName(artifact.versionIndex);
	const text = `${name}:${version}`;
	if (project === null || artifact.versionIndex === null) return text;
	const params = {
		entity: project.entityName,
		project: project.name,
		type: artifact.artifactType.name,
		name,
		version,
	};
	return (
		<Link
			to="/$entity/$project/artifacts/$type/$name/$version"
			params={params}
			className="link artifact"
			title={`${project.entityName}/${project.name}/${text}`}
		>
			{text}
		</Link>
	);
}

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ArtifactBrief } from "./artifact-brief.ts";

/** `vN`; a version still being uploaded has no number. */
export function versionName(index: number | null): string {
	return index === null ? "–" : `v${index}`;
}

/** A version where it was logged; without a way there when the viewer may not see that project. */
export function ArtifactLink({ artifact, text }: { artifact: ArtifactBrief; text?: string }): ReactNode {
	const { name, project } = artifact.artifactSequence;
	const label = text ?? `${name}:${versionName(artifact.versionIndex)}`;
	if (project === null || artifact.versionIndex === null) return <span>{label}</span>;
	const params = {
		entity: project.entityName,
		project: project.name,
		type: artifact.artifactType.name,
		name,
		version: `v${artifact.versionIndex}`,
	};
	return (
		<Link to="/$entity/$project/artifacts/$type/$name/$version" params={params} className="link artifact">
			{label}
		</Link>
	);
}

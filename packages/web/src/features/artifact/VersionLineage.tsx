import type { ReactNode } from "react";
import { LineageView } from "../lineage/LineageView.tsx";
import { runCode } from "./usage-code.ts";
import type { Version } from "./version.queries.ts";

/** Where a version comes from and what came of it. */
export function VersionLineage({ artifact, fullName }: { artifact: Version; fullName: string }): ReactNode {
	const project = artifact.artifactSequence.project?.name ?? "my-project";
	return (
		<LineageView focus={{ kind: "artifact", id: artifact.id }} name={fullName} code={runCode(fullName, project)} />
	);
}

import { lazy, type ReactNode, Suspense } from "react";
import { LineSkeleton } from "../../ui/LineSkeleton.tsx";
import { runCode } from "./usage-code.ts";
import { useRunHome } from "./use-run-home.ts";
import type { Version } from "./version.queries.ts";

const LineageView = lazy(async () => ({ default: (await import("../lineage/LineageView.tsx")).LineageView }));

/** Where a version comes from and what came of it; a deleted one has no name to be used by any more. */
export function VersionLineage({ artifact, fullName }: { artifact: Version; fullName?: string }): ReactNode {
	const home = useRunHome(artifact.artifactSequence.project);
	const name = fullName ?? artifact.artifactSequence.name;
	return (
		<Suspense fallback={<LineSkeleton />}>
			<LineageView focus={{ kind: "artifact", id: artifact.id }} name={name} code={runCode(name, home)} />
		</Suspense>
	);
}

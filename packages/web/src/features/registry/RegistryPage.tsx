import { CatchBoundary, type ErrorComponentProps, useParams, useSearch } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense } from "react";
import { found } from "../../app-shell/missing-error.ts";
import { LineSkeleton } from "../../ui/LineSkeleton.tsx";
import { MissingVersion } from "./MissingVersion.tsx";
import { RegistryHome } from "./RegistryHome.tsx";
import "../../ui/chips.css";
import "../../ui/editable-chips.css";
import "./registry.css";
import { parseSelectionPath } from "./registry-paths.ts";

const route = "/frame/orgs/$org/registry/$registry";

// A first visit to a registry fetches neither of these.
const RegistryCollectionPage = lazy(async () => ({
	default: (await import("./RegistryCollectionPage.tsx")).RegistryCollectionPage,
}));
const RegistryVersionPage = lazy(async () => ({
	default: (await import("./RegistryVersionPage.tsx")).RegistryVersionPage,
}));

function VersionFault({ error }: ErrorComponentProps): ReactNode {
	const place = useParams({ from: route });
	const { selectionPath = "", version = "" } = useSearch({ from: route });
	const path = found(parseSelectionPath(selectionPath), "collection", selectionPath);
	return <MissingVersion {...{ place, path, version, error }} />;
}

/** A registry, one of its collections, or a version there: the address tells which. */
export function RegistryPage(): ReactNode {
	const place = useParams({ from: route });
	const { selectionPath, version } = useSearch({ from: route });
	if (selectionPath === undefined) return <RegistryHome place={place} />;
	const path = found(parseSelectionPath(selectionPath), "collection", selectionPath);
	return (
		<Suspense fallback={<LineSkeleton />}>
			{version === undefined ? (
				<RegistryCollectionPage place={place} path={path} />
			) : (
				<CatchBoundary getResetKey={() => `${selectionPath}:${version}`} errorComponent={VersionFault}>
					<RegistryVersionPage place={place} path={path} version={version} />
				</CatchBoundary>
			)}
		</Suspense>
	);
}

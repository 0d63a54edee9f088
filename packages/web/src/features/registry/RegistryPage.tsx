import { useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { found } from "../../app-shell/missing-error.ts";
import { RegistryCollectionPage } from "./RegistryCollectionPage.tsx";
import { RegistryHome } from "./RegistryHome.tsx";
import { RegistryVersionPage } from "./RegistryVersionPage.tsx";
import "../../ui/editable.css";
import "./registry.css";
import { parseSelectionPath } from "./registry-paths.ts";

const route = "/frame/orgs/$org/registry/$registry";

/** A registry, one of its collections, or a version there: the address tells which. */
export function RegistryPage(): ReactNode {
	const place = useParams({ from: route });
	const { selectionPath, version } = useSearch({ from: route });
	if (selectionPath === undefined) return <RegistryHome place={place} />;
	const path = found(parseSelectionPath(selectionPath), "collection", selectionPath);
	return version === undefined ? (
		<RegistryCollectionPage place={place} path={path} />
	) : (
		<RegistryVersionPage place={place} path={path} version={version} />
	);
}

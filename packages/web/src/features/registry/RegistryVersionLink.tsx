import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { printSelectionPath, type SelectionPath } from "./registry-paths.ts";

type Props = { org: string; registry: string; path: SelectionPath; version?: string; text: string };

/** A collection of a registry, or one of its versions, in the address form that the client prints. */
export function RegistryVersionLink({ org, registry, path, version, text }: Props): ReactNode {
	const selectionPath = printSelectionPath(path);
	return (
		<Link
			to="/orgs/$org/registry/$registry"
			params={{ org, registry }}
			search={version === undefined ? { selectionPath } : { selectionPath, view: "membership", version }}
			className="link artifact"
		>
			{text}
		</Link>
	);
}

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { registryTitle } from "./registry-paths.ts";

/** Crumbs down to a registry. */
export function registryCrumbs(org: string, registry: string, word: string): ReactNode[] {
	return [
		<Link key="all" to="/registry" className="link">
			{word}
		</Link>,
		<Link key="org" to="/orgs/$org/registry" params={{ org }} className="link">
			{org}
		</Link>,
		<Link key="registry" to="/orgs/$org/registry/$registry" params={{ org, registry }} className="link">
			{registryTitle(registry)}
		</Link>,
	];
}

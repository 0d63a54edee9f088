import { type LinkProps, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { VersionView } from "../artifact/VersionView.tsx";
import { readTab, type VersionTab } from "../artifact/version-tabs.ts";
import { RegistryVersionLink } from "./RegistryVersionLink.tsx";
import { registryCrumbs } from "./registry-crumbs.tsx";
import { printSelectionPath, type SelectionPath } from "./registry-paths.ts";

type Props = { place: { org: string; registry: string }; path: SelectionPath; version: string };

/** A linked version: its number, aliases and names are the registry's own. */
export function RegistryVersionPage({ place, path, version }: Props): ReactNode {
	const { t } = useTranslation();
	const navigate = useNavigate();
	const { tab: word } = useSearch({ from: "/frame/orgs/$org/registry/$registry" });
	const tab = readTab(word) ?? "version";
	const searchOf = (target: string, to: VersionTab) => ({
		selectionPath: printSelectionPath(path),
		view: "membership",
		version: target,
		...(to === "version" ? {} : { tab: to }),
	});
	const link = (target: string, to: VersionTab): LinkProps => ({
		to: "/orgs/$org/registry/$registry",
		params: place,
		search: searchOf(target, to),
	});
	return (
		<VersionView
			place={{ entity: path.entity, project: path.project, collection: path.collection, version }}
			tab={tab}
			fullName={(target) => `${path.project}/${path.collection}:${target}`}
			crumbs={[
				...registryCrumbs(place.org, place.registry, t("nav.registry")),
				<RegistryVersionLink key="collection" {...place} path={path} text={path.collection} />,
			]}
			collectionLink={{
				to: "/orgs/$org/registry/$registry",
				params: place,
				search: { selectionPath: printSelectionPath(path) },
			}}
			link={link}
			onVersion={(target) =>
				void navigate({ to: "/orgs/$org/registry/$registry", params: place, search: searchOf(target, tab) })
			}
		/>
	);
}
